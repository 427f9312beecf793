/** The commands that nobody has dealt with: the event's own, and on a thread with a tracking comment every later one. */
import { isFree } from '../../core/decision/choose.ts'
import { isOpen } from '../../core/decision/notice.ts'
import type { Request, Tracking } from '../../core/decision/observed.ts'
import { parseCommand } from '../../core/intent/command.ts'
import { isSamePlace } from '../../core/record.ts'
import type { CommentSeen } from '../github/read.ts'
import type { Parties } from '../parties.ts'
import { accessOf } from './access.ts'
import type { Memory } from './memory.ts'
import { requestFor } from './request.ts'

/** Every open command of the thread from people who may give it, oldest first. Edited comments are never commands. */
export async function openRequests(parties: Parties, memory: Memory, trackings: Tracking[]): Promise<Request[]> {
  const { own } = memory
  const requests: Request[] = []
  const watermark = Math.max(0, ...trackings.map(({ record }) => record.handled))
  for (const { comment, on } of trackings.length === 0 ? [] : saidIn(memory)) {
    if (comment.id <= watermark || (own !== undefined && isSamePlace(own, { comment: comment.id }))) continue
    const request = await readRequest(parties, memory, comment)
    if (request !== undefined) requests.push({ ...request, on })
  }
  const notes = [...memory.notes]
  return [...(own === undefined ? [] : [own]), ...requests]
    .filter((request) => isOpen(request, standing(parties, trackings), notes))
    .sort(byPlace)
}

/** The comments of the thread and of the pull request that was asked on, each with where it stands. */
function saidIn({ comments, thread, aside, askedOn }: Memory) {
  return [
    ...[...comments.values()].map((comment) => ({ comment, on: thread?.number })),
    ...[...aside.values()].map((comment) => ({ comment, on: askedOn })),
  ]
}

/** In the order of the threads; what was said about lines of code comes after it. */
function byPlace(a: Request, b: Request): number {
  return Number(a.of !== undefined) - Number(b.of !== undefined) || a.comment - b.comment
}

/** A mere claim of another run at work may be taken back yet, and then this run has to see to its command. */
function standing({ run, github }: Parties, trackings: Tracking[]): Tracking[] {
  const self = { id: run.runId, attempt: run.attempt, job: run.job, url: run.runUrl }
  const here = { run: self, now: github.now() }
  return trackings.filter((tracking) => tracking.record.phase !== 'claimed' || isFree(tracking, here))
}

async function readRequest(parties: Parties, memory: Memory, comment: CommentSeen): Promise<Request | undefined> {
  const { author, id, body } = comment
  const command = parseCommand(body, parties.config.command)
  if (command === undefined || author === undefined || comment.created !== comment.updated) return undefined
  const access = await accessOf(parties, memory, author)
  if (!access.allowed) return undefined
  return requestFor(
    parties,
    { place: { comment: id }, command, remarks: [] },
    { by: author, subject: undefined, at: '' },
  )
}
