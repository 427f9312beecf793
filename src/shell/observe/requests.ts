/** The commands that nobody has dealt with: the event's own, and on a thread with a tracking comment every later one. */
import { createHash } from 'node:crypto'
import { isOurs } from '../../core/decision/choose.ts'
import { isOpen } from '../../core/decision/decide.ts'
import type { Request, Tracking } from '../../core/decision/observed.ts'
import { parseCommand } from '../../core/intent/command.ts'
import type { CommentSeen } from '../github/read.ts'
import type { Parties } from '../parties.ts'
import { accessOf } from './access.ts'
import type { Memory } from './memory.ts'

/** 20 hex digits that name a request for ever: the same event gives the same key, whichever run handles it. */
export function keyOf(parties: Parties, kind: string, id: string): string {
  return createHash('sha256').update(`${parties.run.repositoryId}/${kind}/${id}`).digest('hex').slice(0, 20)
}

/** Of the words of a request, so that a change is seen. */
export function hashOf(...words: string[]): string {
  return createHash('sha256').update(JSON.stringify(words)).digest('hex')
}

/** The event's own command, with the text of the payload: a comment can be edited after it was given. */
export function requestOfIntent(parties: Parties): Request | undefined {
  const { because, asker, subject, origin } = parties.intent
  if (because.kind !== 'command' || asker === undefined) return undefined
  const hash = hashOf(subject?.title ?? '', subject?.body ?? '', JSON.stringify(because.command))
  return {
    comment: because.comment,
    command: because.command,
    by: asker,
    subject,
    key: keyOf(parties, origin.kind, origin.id),
    hash,
  }
}

/** Every open command of the thread from people who may give it, oldest first. Edited comments are never commands. */
export async function openRequests(parties: Parties, memory: Memory, trackings: Tracking[]): Promise<Request[]> {
  const own = requestOfIntent(parties)
  const requests = new Map(own === undefined ? [] : [[own.comment, own]])
  const watermark = Math.max(0, ...trackings.map(({ record }) => record.handled))
  for (const comment of trackings.length === 0 ? [] : memory.comments.values()) {
    if (comment.id <= watermark || requests.has(comment.id)) continue
    const request = await readRequest(parties, memory, comment)
    if (request !== undefined) requests.set(comment.id, request)
  }
  const notes = [...memory.notes]
  return [...requests.values()]
    .filter(({ comment }) => isOpen(comment, standing(parties, trackings), notes))
    .sort((a, b) => a.comment - b.comment)
}

/** A mere claim of another run may be taken back yet, and then this run has to see to its command. */
function standing({ run }: Parties, trackings: Tracking[]): Tracking[] {
  const self = { id: run.runId, attempt: run.attempt, url: run.runUrl }
  return trackings.filter((tracking) => tracking.record.phase !== 'claimed' || isOurs(tracking, self))
}

async function readRequest(parties: Parties, memory: Memory, comment: CommentSeen): Promise<Request | undefined> {
  const { author, id, body } = comment
  const command = parseCommand(body, parties.config.command)
  if (command === undefined || author === undefined || comment.created !== comment.updated) return undefined
  const access = await accessOf(parties, memory, author)
  if (!access.allowed) return undefined
  const key = keyOf(parties, 'comment', String(id))
  return { comment: id, command, by: author, subject: undefined, key, hash: hashOf(JSON.stringify(command)) }
}
