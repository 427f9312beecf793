/** Reads the thread: what it is, our tracking comments, our short comments, and the commands nobody has dealt with. */
import { isSameRun } from '../../core/decision/choose.ts'
import type { RelayRecord } from '../../core/record.ts'
import { decodeRecord, isOfLaterVersion } from '../../core/record-text.ts'
import { type CommentSeen, readComments, readIdentity, readOneComment, readThread } from '../github/read.ts'
import { hasRecord, makeSeal, noteKey, unsealed } from '../github/seal.ts'
import { CHANGED_AGAIN, KEPT_BY_NEWER } from '../github-problem.ts'
import type { Parties } from '../parties.ts'
import { howFarBehind } from './behind.ts'
import type { Memory } from './memory.ts'

/** Looks at the thread: all of it the first time, then only what has changed. */
export async function lookAtThread(parties: Parties, memory: Memory, number: number): Promise<void> {
  const again = memory.behind === 'thread'
  // A sweep has chosen the thread by what stands in it; only our own comment is looked at once more.
  const isSwept = again && parties.intent.because.kind === 'sweep'
  const whole = memory.thread === undefined || (again && !isSwept)
  const [thread, listed] = await Promise.all([
    whole ? readThread(parties.github, number) : memory.thread,
    isSwept ? [] : readComments(parties.github, number, again ? undefined : memory.commentsUntil || undefined),
  ])
  memory.thread = thread
  // Lists lag behind more than what is asked for by its id.
  const known = again ? [...memory.trackings.keys()] : []
  const asked = await Promise.all(known.map((comment) => readOneComment(parties.github, comment)))
  const comments = [...listed, ...asked.filter((comment) => comment !== undefined)]
  for (const comment of comments) {
    memory.comments.set(comment.id, comment)
    memory.commentsUntil = Math.max(memory.commentsUntil, comment.updated || 0)
  }
  const marked = comments.filter(
    ({ id, body }) => hasRecord(body) || noteKey(body) !== undefined || memory.trackings.has(id),
  )
  if (marked.length > 0) await recognise(parties, memory, number, marked)
  memory.behind = howFarBehind(parties, memory)
}

/** The pull request that was asked on, where the tracking comment stands elsewhere: our short comments, and the commands. */
export async function lookAside(parties: Parties, memory: Memory, number: number): Promise<void> {
  const comments = await readComments(parties.github, number)
  memory.askedOn = number
  memory.aside = new Map(comments.map((comment) => [comment.id, comment]))
  const marked = comments.filter(({ body }) => noteKey(body) !== undefined)
  if (marked.length > 0) await recognise(parties, memory, number, marked)
}

/** Who wrote it comes first: what others wrote is not even read. */
async function recognise(parties: Parties, memory: Memory, number: number, marked: CommentSeen[]): Promise<void> {
  memory.identity ??= await readIdentity(parties.github)
  const seal = makeSeal(parties.config.julesKey, parties.run.repositoryId, number)
  for (const comment of marked) {
    const encoded = seal.open(comment.body)
    const record = encoded === undefined ? undefined : decodeRecord(encoded)
    if (record !== undefined && isByUs(comment, record, memory)) recall(memory, comment, record, parties)
    if (encoded !== undefined && isOfLaterVersion(encoded) && comment.author?.id === memory.identity)
      memory.silence = KEPT_BY_NEWER
    if (record === undefined) markBroken(memory, comment.id)
    if (encoded === undefined && comment.author?.id === memory.identity) suspect(memory, comment)
    const key = comment.author?.id === memory.identity ? noteKey(comment.body) : undefined
    if (key !== undefined) memory.notes.add(key)
  }
}

/** A changed record, or one that was signed with another key, may still say where to look; the API has to prove the rest. */
function suspect(memory: Memory, comment: CommentSeen): void {
  if (!hasRecord(comment.body) || memory.trackings.has(comment.id)) return
  const record = decodeRecord(unsealed(comment.body) ?? '')
  memory.suspect = record?.session || memory.suspect
  memory.isIllegible ||= record === undefined
  memory.changed = comment.id
}

/** The record that this run knows is put into one new comment. Where that one is changed too, nothing more is written. */
function markBroken(memory: Memory, comment: number): void {
  const known = memory.trackings.get(comment)
  if (known === undefined || known.broken) return
  if ([...memory.trackings.values()].some(({ broken }) => broken)) memory.silence = CHANGED_AGAIN
  else memory.trackings.set(comment, { ...known, broken: true })
}

/** By the account that the token stands for, or by the one that the signed record itself names. */
export function isByUs(comment: CommentSeen, record: RelayRecord, memory: Pick<Memory, 'identity'>): boolean {
  const author = comment.author?.id
  return author !== undefined && (author === memory.identity || author === record.author)
}

/** What a comment says first. */
export function firstLineOf({ body }: CommentSeen): string {
  return body.slice(0, 1000).split('\n', 1)[0] ?? ''
}

/** A list may lag behind what we have just written: the higher sequence number counts, and of two equal ones what stands there. */
function recall(memory: Memory, comment: CommentSeen, record: RelayRecord, { run }: Parties): void {
  memory.shownSeq.set(comment.id, record.seq)
  const known = memory.trackings.get(comment.id)
  const sameHand = isSameRun(known?.record.run, record.run)
  if (known !== undefined && (known.record.seq > record.seq || (known.record.seq === record.seq && sameHand))) return
  const isOurs = (one: RelayRecord) => isSameRun(one.run, { id: run.runId, attempt: run.attempt, job: run.job })
  const ended = record.phase === 'closed' || record.phase === 'stopped'
  if (known !== undefined && isOurs(known.record) && !isOurs(record) && (record.run !== undefined || ended))
    memory.lost = true
  // The claim whose answer was lost stands after all.
  if (isOurs(record) && memory.unsure?.effect === 'claim') memory.unsure = undefined
  memory.trackings.set(comment.id, {
    comment: comment.id,
    url: comment.url,
    record,
    written: comment.updated,
    headline: firstLineOf(comment),
  })
}
