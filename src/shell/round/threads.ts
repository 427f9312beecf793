/**
 * Which threads a sweep visits: those where something has happened that their comments do not tell. The lists say so,
 * and a thread where nothing has changed costs next to nothing.
 */

import { millis } from '../../core/decision/activities/digest.ts'
import { chosen, isFree } from '../../core/decision/choose.ts'
import type { Tracking } from '../../core/decision/observed.ts'
import { isUntold, type Standing } from '../../core/decision/untold.ts'
import type { RelayRecord } from '../../core/record.ts'
import type { ThreadRead } from '../github/read.ts'
import { getSession } from '../jules/read.ts'
import type { Known } from '../observe/memory.ts'
import type { Parties } from '../parties.ts'
import { type Candidate, listCandidates } from './candidates.ts'
import { openCommand } from './open-command.ts'
import { standingOf } from './sessions.ts'

/**
 * `last`: whoever waits for room at Jules comes after all others. `since`: the longest first. `askedOn`: the pull request of its
 * session, where something was said there.
 */
export type Due = {
  number: number
  last: boolean
  since: number
  askedOn?: number | undefined
  thread: ThreadRead | undefined
}

export type Found = { due: Due[]; calm: number; known: Known }

/** In the order in which they are to be visited. */
export async function dueThreads(parties: Parties): Promise<Found> {
  const known: Known = { access: new Map(), identity: undefined }
  const candidates = await listCandidates(parties, known)
  const due: Due[] = []
  for (const one of candidates) {
    if (parties.cancelled()) break
    const found = await judge(parties, known, one)
    if (found !== undefined) due.push({ number: one.number, thread: seed(one, found.last), ...found })
  }
  due.sort((a, b) => Number(a.last) - Number(b.last) || a.since - b.since || a.number - b.number)
  return { due, calm: candidates.length - due.length, known }
}

/** What is started goes by the words of the thread as they are at that moment; all else needs no second look at it. */
function seed({ thread }: Candidate, last: boolean): ThreadRead | undefined {
  return thread?.kind === 'issue' && !last ? thread : undefined
}

type Judgement = Pick<Due, 'last' | 'since' | 'askedOn'>

/** Lists may lag behind, so a label without a record counts only once it has been there for a while. */
const BARE_MS = 10 * 60_000

async function judge(parties: Parties, known: Known, one: Candidate): Promise<Judgement | undefined> {
  const { thread, heard, sessions } = one
  const now = parties.github.now()
  const trackings = heard.trackings.sort((a, b) => (a.comment ?? 0) - (b.comment ?? 0))
  const { runId: id, attempt, job, runUrl: url } = parties.run
  const run = { id, attempt, job, url }
  const tracking = chosen(parties.intent, { trackings, key: '', maker: undefined, run, requests: [] })
  if (thread?.locked) return undefined
  // Where there is a session of it, our comment is one that cannot be read: after a change of the key, say.
  if (tracking === undefined)
    return thread && (sessions.length > 0 || now - thread.updated >= BARE_MS)
      ? { last: false, since: thread.updated }
      : undefined
  if (!isFree(tracking, { run, now })) return undefined
  const told = { last: false, since: tracking.written }
  const asked = await openCommand(parties, known, heard)
  if (asked !== undefined) return { ...told, askedOn: asked.on === one.number ? undefined : asked.on }
  const { record } = tracking
  // A run that died after its last words has left its label.
  if (thread !== undefined && !LIVE.includes(record.phase)) return told
  if (record.session === '') return waiting(one, tracking)
  return (await isNew(parties, one, tracking)) ? told : undefined
}

/** Phases of a request that may yet get a session. */
const UNFINISHED: readonly RelayRecord['phase'][] = ['claimed', 'creating', 'queued']

/** A request without a session. What a workflow file has asked only its own job can start. */
function waiting({ sessions }: Candidate, { record, written }: Tracking): Judgement | undefined {
  const isFound = sessions.some(({ key }) => key === record.key)
  if (isFound && [...UNFINISHED, 'failed'].includes(record.phase)) return { last: false, since: written }
  if (!UNFINISHED.includes(record.phase)) return undefined
  if (record.phase === 'queued' && record.request.kind === 'prompt') return undefined
  return { last: true, since: millis(record.queued?.since ?? '') || written }
}

const OVER: readonly RelayRecord['phase'][] = ['stopped', 'closed']
const LIVE: readonly RelayRecord['phase'][] = [...UNFINISHED, 'following', 'waiting']

async function isNew(parties: Parties, { sessions, of }: Candidate, tracking: Tracking): Promise<boolean> {
  const { github, jules, config, run, patience } = parties
  const { record } = tracking
  if (OVER.includes(record.phase)) return false
  if (record.doing !== undefined) return true
  const listed = sessions.find(({ id }) => id === record.session)?.standing
  const isNews = (standing: Standing) => isUntold(tracking, standing, github.now(), config.waitMs)
  if (listed !== undefined) return isNews(listed)
  if (!LIVE.includes(record.phase) || patience.random() >= MOST_READ / of) return false
  await patience.pause(1000)
  const read = await getSession(jules, record.session)
  // One that Jules does not know may be gone: the visit makes sure.
  return read === undefined || isNews(standingOf(read, run.repository))
}

/** So many are read at most, one a second, where a list does not show them; which ones is left to chance. */
const MOST_READ = 100
