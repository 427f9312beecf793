/** Reads the session: its state, and its activities as far as they are new. Only a session that proves to be ours is shown. */

import { EMPTY_DIGEST, lastLine, millis } from '../../core/decision/activities/digest.ts'
import { digestOfKept, keepNeeded, nothingKept } from '../../core/decision/activities/keep.ts'
import { isMereProgress } from '../../core/decision/calm.ts'
import { readCorrelation } from '../../core/decision/prompt/prompt.ts'
import { censusOf } from '../../core/decision/quota.ts'
import { pullRequestLink } from '../../core/report/markdown.ts'
import { type Activity, NOTHING_LEFT_OUT, type Session } from '../../core/session.ts'
import { bytesOf, isSameBulk } from '../bulk.ts'
import { getSession, getSource, listActivities, newestSessions } from '../jules/read.ts'
import type { Parties } from '../parties.ts'
import { changedFilesOf } from '../patch.ts'
import { isOf, sourceNames } from './ground.ts'
import type { Memory } from './memory.ts'
import { missing, type SessionSeen } from './missing.ts'

/** Activities may come in late, with an earlier time than some we have. */
const OVERLAP_MS = 2 * 60_000
/** Where there are changes, their pull request may be out without a word, so the session is asked for at every third look. */
const CHANGED_EVERY = 3

/**
 * Reads its activities and its state. While it is at work new progress says enough, so the state is asked for only where the
 * activities tell of anything else, or of nothing; `eager`: both are read whatever they say.
 */
export async function lookAtSession(
  parties: Parties,
  memory: Memory,
  id: string,
  eager: boolean,
): Promise<SessionSeen> {
  if (memory.activitiesOf !== id) forgetSession(memory, id)
  // One look is all that a sweep has for each, unless it has done something there.
  else if (parties.intent.because.kind === 'sweep' && memory.session?.id === id && !eager) return memory.session
  memory.looks += 1
  memory.searches += 1
  const ahead = isAtWork(memory.session, id) && !eager
  if (ahead) {
    const before = memory.digest
    await readActivities(parties, memory, id)
    const mayBeOut = memory.digest.patch !== '' && memory.looks % CHANGED_EVERY === 0
    if (isMereProgress(before, memory.digest) && !mayBeOut) {
      countFiles(memory, memory.digest)
      return memory.session
    }
  }
  const found = await getSession(parties.jules, id)
  if (found === undefined) return missing(parties, memory, id)
  const session = withOwnPullRequest(found, parties.run.repository)
  memory.missingSince = undefined
  memory.missingTimes = 0
  if (!(await isOurs(parties, session))) return 'foreign'
  memory.settledLooks = session.state === 'COMPLETED' ? memory.settledLooks + 1 : 0
  // An end is told with all that led to it; a session that has not begun has nothing to tell.
  const isRead = isAtWork(session, id) ? ahead || session.state === 'QUEUED' : ahead && memory.digest.over
  if (eager || !isRead) await readActivities(parties, memory, id)
  memory.session = session
  countFiles(memory, session.patch === '' ? memory.digest : session)
  return session
}

/** What another session of the thread did is not told of this one, which Jules may not know so far. */
function forgetSession(memory: Memory, id: string): void {
  memory.activitiesOf = id
  memory.session = undefined
  memory.settledLooks = 0
  memory.files = []
  memory.filesOf = { patch: '' }
  memory.missingSince = undefined
  memory.missingTimes = 0
  memory.kept = nothingKept()
  memory.digest = EMPTY_DIGEST
}

function isAtWork(session: Session | undefined, id: string): boolean {
  return session?.id === id && ['QUEUED', 'PLANNING', 'IN_PROGRESS', 'UNKNOWN'].includes(session.state)
}

/** Of a pull request anywhere but in this repository no address is told, only that there is one. */
function withOwnPullRequest(session: Session, repository: string): Session {
  const { pullRequest } = session
  if (pullRequest === undefined || pullRequestLink(pullRequest.url, repository) !== undefined) return session
  return { ...session, pullRequest: { ...pullRequest, url: '' } }
}

/** The session that an unsigned record of this thread is about: the one that it names, or else the newest that was asked for right here. */
export async function provenSuspect(
  parties: Parties,
  memory: Memory,
  thread: number | undefined,
): Promise<string | undefined> {
  if (memory.changed === undefined || memory.trackings.size > 0) return undefined
  const named = memory.suspect === '' ? undefined : await getSession(parties.jules, memory.suspect)
  if (named !== undefined && (await wasAskedIn(parties, named, thread))) return named.id
  memory.suspect = memory.isIllegible ? await newestAskedIn(parties, thread) : ''
  memory.isIllegible = false
  return memory.suspect || undefined
}

async function newestAskedIn(parties: Parties, thread: number | undefined): Promise<string> {
  for (const session of await newestSessions(parties.jules))
    if (await wasAskedIn(parties, session, thread)) return session.id
  return ''
}

async function wasAskedIn(parties: Parties, session: Session, thread: number | undefined): Promise<boolean> {
  const correlation = readCorrelation(lastLine(session.prompt), parties.run.repository)
  return correlation?.thread === thread && correlation !== undefined && (await mayBeHere(parties, session))
}

/** Its source is this repository's, and its prompt ends with our correlation, unless the workflow file itself names it. */
async function isOurs(parties: Parties, session: Session): Promise<boolean> {
  const named = parties.intent.because.kind === 'session' && parties.intent.because.session === session.id
  const asked = readCorrelation(lastLine(session.prompt), parties.run.repository) !== undefined
  if (!named && !asked) return false
  return asked ? mayBeHere(parties, session) : isSourceOfRepository(parties, session.source)
}

/** For a session whose prompt ends with our correlation: an answer may leave its source out, but not name another one. */
async function mayBeHere(parties: Parties, { source }: Session): Promise<boolean> {
  return source === '' || isSourceOfRepository(parties, source)
}

async function isSourceOfRepository({ run, jules, config }: Parties, name: string): Promise<boolean> {
  const known = sourceNames(run.repository).map((form) => form.toLowerCase())
  if (known.includes(name.toLowerCase()) || (config.source !== '' && config.source === name)) return true
  const source = /^sources\/[\w./-]{1,300}$/.test(name) ? await getSource(jules, name) : undefined
  return source !== undefined && isOf(source, run.repository)
}

async function readActivities(parties: Parties, memory: Memory, id: string): Promise<void> {
  const { kept } = memory
  const newest = Math.max(0, ...[...kept.activities.values()].map(({ at }) => millis(at)))
  const since = newest === 0 ? '' : new Date(newest - OVERLAP_MS).toISOString()
  let before = since || memory.session?.created || ''
  await listActivities(parties.jules, id, since, {
    take: (page) => {
      keepNeeded(kept, page)
      before = page.at(-1)?.at ?? before
    },
    leaveOut: (place) => keepNeeded(kept, [tooLarge(`too large: ${place}`, before)]),
  })
  memory.digest = digestOfKept(kept)
}

/** Stands for an activity that could not be read, right behind the one before it. */
function tooLarge(id: string, at: string): Activity {
  const happening = { kind: 'unknown' } as const
  return {
    id,
    at,
    by: 'system',
    happening,
    commands: [],
    patch: '',
    media: [],
    leftOut: { ...NOTHING_LEFT_OUT, large: 1 },
  }
}

function countFiles(memory: Memory, { patch, bulk }: Memory['filesOf']): void {
  const { filesOf } = memory
  const known =
    bulk === undefined ? filesOf.bulk === undefined && filesOf.patch === patch : isSameBulk(filesOf.bulk, bulk)
  if (known) return
  memory.filesOf = { patch, bulk }
  memory.files = changedFilesOf(bytesOf({ patch, bulk }))
}

/** The id of a session that was made for this key, or undefined. Lists once: it is among the newest, or not there. */
export async function findByKey(parties: Parties, memory: Memory, key: string): Promise<string | undefined> {
  const newest = await newestSessions(parties.jules)
  memory.searches += 1
  memory.census = censusOf(newest, parties.github.now())
  for (const session of newest) {
    const found = readCorrelation(lastLine(session.prompt), parties.run.repository)
    // Labels of two threads can be put on in the same second: the line names the thread too.
    const isHere = found?.thread === memory.thread?.number
    if (found?.key === key && isHere && (await mayBeHere(parties, session))) return session.id
  }
  return undefined
}
