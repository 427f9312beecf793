/** Reads what a start needs: where it would begin, whether it has happened already, and which words it was asked with. */
import { EMPTY_DIGEST } from '../../core/decision/activities/digest.ts'
import type { Observed, Request, Tracking } from '../../core/decision/observed.ts'
import type { Applied } from '../../core/effect/effect.ts'
import { parseCommand } from '../../core/intent/command.ts'
import type { Parties } from '../parties.ts'
import { readDiscussion } from './discussion.ts'
import { readGround } from './ground.ts'
import type { Memory } from './memory.ts'
import type { SessionSeen } from './missing.ts'
import { ownKey } from './request.ts'
import { findByKey, lookAtSession } from './session.ts'
import { readWitness } from './witness.ts'

/** The words that a claim was made for, where this run knows them. */
export function askedFor(memory: Memory, requests: Request[], tracking: Tracking | undefined): Request | undefined {
  return [...requests, memory.own].find((request) => request !== undefined && request.key === tracking?.record.key)
}

/** The words of the comment that a request was made in, unless they were edited since. */
export function wordsOf({ config }: Parties, memory: Memory, tracking: Tracking | undefined): string {
  const comment = memory.comments.get(Number(tracking?.record.request.id))
  const command =
    comment && comment.created === comment.updated ? parseCommand(comment.body, config.command) : undefined
  return command !== undefined && 'text' in command ? command.text : ''
}

type Start = Pick<Observed, 'ground' | 'found' | 'digest' | 'files' | 'settledLooks'> &
  Partial<Pick<Observed, 'discussion' | 'witness' | 'census'>> & { session?: SessionSeen }

/** Events that only report. */
const ASKS_NOTHING: readonly string[] = ['news', 'thread-closed', 'sweep']

/** A request without a session that may yet get one. */
const UNFINISHED: readonly string[] = ['claimed', 'creating', 'queued']

/** … or may have one that nobody could find so far. */
const UNSETTLED: readonly string[] = [...UNFINISHED, 'failed']

/** Commands that never start a session on a thread without one, so Jules is not asked about it. */
const TALKS_ONLY: readonly string[] = ['approve', 'reject', 'reply', 'status', 'retry', 'stop', 'help', 'unclear']

export async function lookForStart(
  parties: Parties,
  memory: Memory,
  applied: Applied[],
  tracking: Tracking | undefined,
  request: Request | undefined,
): Promise<Start> {
  const unfinished = tracking !== undefined && UNFINISHED.includes(tracking.record.phase)
  const unsettled = tracking !== undefined && UNSETTLED.includes(tracking.record.phase)
  const pointless = memory.silence !== undefined && memory.ground === undefined
  if (pointless || (ASKS_NOTHING.includes(parties.intent.because.kind) && !unsettled))
    return { ground: undefined, found: undefined, digest: EMPTY_DIGEST, files: [], settledLooks: 0 }
  const wanted = tracking !== undefined || request === undefined || !TALKS_ONLY.includes(request.command.verb)
  const { replaces = '' } = tracking?.record ?? {}
  if (replaces !== '' && memory.session?.id !== replaces) await lookAtSession(parties, memory, replaces, true)
  const earlier = replaces === '' ? '' : (memory.session?.branch ?? '')
  if (wanted) memory.ground ??= await readGround(parties, memory.thread, request, earlier)
  const known = tracking === undefined || applied.some(({ effect, ok }) => effect.do === 'create' && ok)
  const found = known ? undefined : await findByKey(parties, memory, tracking.record.key)
  const discussion = known || found !== undefined ? undefined : await discussionFor(parties, memory, tracking)
  const witness = unfinished ? await witnessFor(parties, memory, tracking, request) : undefined
  // What an earlier session of the thread did is not told of the new one.
  const nothing = { digest: EMPTY_DIGEST, files: [], settledLooks: 0 }
  return { ...nothing, ground: memory.ground, discussion, found, witness, census: memory.census }
}

/** Only where this run does not know what was asked, by its own event or by the session before. */
async function witnessFor(
  parties: Parties,
  memory: Memory,
  tracking: Tracking,
  request: Request | undefined,
): Promise<Observed['witness']> {
  const { key, replaces } = tracking.record
  const own = ownKey(parties)
  const isAgain = replaces !== '' && memory.session?.id === replaces
  return isAgain || [own, request?.key].includes(key) ? undefined : readWitness(parties, memory, tracking)
}

/** Only where a session is about to be created: each person in it costs a call. */
async function discussionFor(parties: Parties, memory: Memory, tracking: Tracking): Promise<Observed['discussion']> {
  const { key, phase } = tracking.record
  if (memory.ground?.kind !== 'ready' || !UNFINISHED.includes(phase)) return undefined
  if (memory.discussion?.key !== key) memory.discussion = { key, seen: await readDiscussion(parties, memory, tracking) }
  return memory.discussion.seen
}
