/** Intent → Observed: reads only. What has been read and cannot change is not read again. */
import { randomBytes } from 'node:crypto'
import { choose } from '../core/decision/choose.ts'
import { EMPTY_DIGEST } from '../core/decision/digest.ts'
import type { Observed, Request, Tracking } from '../core/decision/observed.ts'
import type { Applied } from '../core/effect/effect.ts'
import { type PullSeen, readThread } from './github/read.ts'
import { accessOfIntent } from './observe/access.ts'
import { readGround } from './observe/ground.ts'
import { findMaker, type Maker } from './observe/maker.ts'
import { emptyMemory, type Memory, remember } from './observe/memory.ts'
import { hashOf, keyOf, openRequests, requestOfIntent } from './observe/requests.ts'
import { findByKey, lookAtSession, type SessionSeen } from './observe/session.ts'
import { lookAtThread, lookForNotes } from './observe/thread.ts'
import type { Parties } from './parties.ts'
import { toTrouble } from './problem.ts'
import { ServiceError } from './service-error.ts'

export type Observer = {
  /** Looks at the world. It is told what the last effects came to. */
  look(applied: Applied[]): Promise<Observed>
  /** What is known without looking. */
  recall(applied: Applied[]): Observed
}

/** Looks at the world, and remembers between its looks. */
export function observer(parties: Parties): Observer {
  const memory = emptyMemory()
  let home: Home | undefined
  return {
    look: async (applied) => {
      remember(memory, applied, parties.elapsed())
      const access = await accessOfIntent(parties, memory)
      if (!access.allowed) return { ...seen(parties, memory, applied), access }
      home ??= await homeOf(parties)
      if (home.thread !== undefined) await lookAtThread(parties, memory, home.thread)
      if (home.askedOn !== undefined) await lookForNotes(parties, memory, home.askedOn)
      return { ...(await lookAtWork(parties, memory, applied)), askedOn: home.askedOn, maker: home.maker }
    },
    recall: (applied) => {
      remember(memory, applied, parties.elapsed())
      const base = { ...seen(parties, memory, applied), trackings: trackingsOf(memory) }
      const current = choose(base.trackings, base.key)?.record.session === memory.session?.id
      return { ...base, session: current ? memory.session : undefined }
    },
  }
}

/** The thread that the tracking comment stands in, which is not always the one that was asked on. */
type Home = { thread: number | undefined; askedOn: number | undefined; maker: string | undefined }

async function homeOf(parties: Parties): Promise<Home> {
  const asked = parties.intent.thread?.number
  const maker = await makerOf(parties)
  const elsewhere = maker?.thread !== undefined && maker.thread !== asked
  return { thread: maker?.thread ?? asked, askedOn: elsewhere ? asked : undefined, maker: maker?.session }
}

/** Only a command on a pull request can be meant for the session that made it. */
async function makerOf(parties: Parties): Promise<Maker | undefined> {
  const { thread, because } = parties.intent
  if (thread?.kind !== 'pull-request' || because.kind !== 'command') return undefined
  const { head } = await readThread(parties.github, thread.number)
  return head?.ofThisRepository ? findMaker(parties, head as PullSeen) : undefined
}

async function lookAtWork(parties: Parties, memory: Memory, applied: Applied[]): Promise<Observed> {
  const trackings = trackingsOf(memory)
  const requests = await openRequests(parties, memory, trackings)
  const base = { ...seen(parties, memory, applied), trackings, requests }
  const tracking = choose(trackings, base.key)
  const asked = askedFor(parties, requests, tracking)
  try {
    const work = tracking?.record.session
      ? { session: await lookAtSession(parties, memory, tracking) }
      : await lookForStart(parties, memory, applied, tracking, asked ?? requests.at(0))
    return { ...base, ...worked(memory), ...work, asked }
  } catch (error) {
    if (!(error instanceof ServiceError) || error.facts.party !== 'jules') throw error
    return { ...base, ...worked(memory), session: memory.session, asked, trouble: toTrouble(error) }
  }
}

/** The words that a claim was made for, where this run knows them. */
function askedFor(parties: Parties, requests: Request[], tracking: Tracking | undefined): Request | undefined {
  const candidates = [...requests, requestOfIntent(parties)]
  return candidates.find((request) => request !== undefined && String(request.comment) === tracking?.record.request.id)
}

type Start = Pick<Observed, 'ground' | 'found' | 'digest' | 'files' | 'settledLooks'> & { session?: SessionSeen }

/** Commands that never start a session on a thread without one, so Jules is not asked about it. */
const TALKS_ONLY: readonly string[] = ['approve', 'reject', 'reply', 'status', 'retry', 'stop', 'help', 'unclear']

async function lookForStart(
  parties: Parties,
  memory: Memory,
  applied: Applied[],
  tracking: Tracking | undefined,
  request: Request | undefined,
): Promise<Start> {
  const wanted = tracking !== undefined || request === undefined || !TALKS_ONLY.includes(request.command.verb)
  if (wanted) memory.ground ??= await readGround(parties, memory.thread, request)
  const known = tracking === undefined || applied.some(({ effect, ok }) => effect.do === 'create' && ok)
  const found = known ? undefined : await findByKey(parties, tracking.record.key)
  // What an earlier session of the thread did is not told of the new one.
  return { ground: memory.ground, found, digest: EMPTY_DIGEST, files: [], settledLooks: 0 }
}

function trackingsOf(memory: Memory): Tracking[] {
  return [...memory.trackings.values()].sort((a, b) => (a.comment ?? 0) - (b.comment ?? 0))
}

function worked({ settledLooks, digest, files, session, ground }: Memory) {
  return { settledLooks, digest, files, ground, earlierPrompt: session?.prompt ?? '' }
}

/** Everything that needs no further reading. */
function seen(parties: Parties, memory: Memory, applied: Applied[]): Observed {
  const { intent, run } = parties
  return {
    now: parties.github.now(),
    elapsed: parties.elapsed(),
    cancelled: parties.cancelled(),
    run: { id: run.runId, attempt: run.attempt, url: run.runUrl },
    repository: run.repository,
    key: keyOf(parties, intent.origin.kind, intent.origin.id),
    hash: hashOf(
      intent.subject?.title ?? '',
      intent.subject?.body ?? '',
      intent.because.kind === 'prompt' ? intent.because.instruction : '',
    ),
    boundary: randomBytes(12).toString('hex'),
    access: { allowed: true },
    thread: memory.thread,
    askedOn: undefined,
    trackings: [],
    newestComment: Math.max(0, ...memory.comments.keys()),
    requests: [],
    asked: undefined,
    notes: [...memory.notes],
    found: undefined,
    maker: undefined,
    session: undefined,
    ...worked(memory),
    trouble: undefined,
    applied,
    unsure: memory.unsure,
    lost: memory.lost,
    shown: memory.shown,
  }
}
