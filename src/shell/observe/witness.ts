/** Reads a request again whose run is gone: only what still stands there as it was recorded is carried on. */
import type { Request, Tracking, Witness } from '../../core/decision/observed.ts'
import { type Asked, askedByReview } from '../../core/decision/review.ts'
import type { Person, Subject } from '../../core/event/event.ts'
import { parseCommand } from '../../core/intent/command.ts'
import { placeOfRequest } from '../../core/record.ts'
import { getLine, getReview } from '../github/read-review.ts'
import type { Parties } from '../parties.ts'
import { accessOf } from './access.ts'
import type { Memory } from './memory.ts'
import { linesOf } from './own.ts'
import { hashOf, requestFor } from './request.ts'

/** Undefined for the instruction of a workflow file, which stands nowhere in the thread. */
export async function readWitness(
  parties: Parties,
  memory: Memory,
  { record }: Tracking,
): Promise<Witness | undefined> {
  const subject = memory.thread && {
    title: memory.thread.title,
    body: memory.thread.body,
    author: memory.thread.author,
  }
  if (record.request.kind === 'prompt') return undefined
  const access = await accessOf(parties, memory, personOf(record.requester))
  if (!access.allowed) return { refused: access.reason }
  if (record.request.kind === 'label') {
    const same = hashOf(subject?.title ?? '', subject?.body ?? '', '') === record.request.hash
    return same ? { request: undefined, subject } : 'changed'
  }
  const asked = await askedAgain(parties, memory, record)
  // A follower knows a command without the payload's text of the thread.
  const request = [subject, undefined]
    .map((about) => asked && requestOf(parties, asked, record.requester, about))
    .find((one) => one?.hash === record.request.hash)
  return request === undefined ? 'changed' : { request, subject: request.subject }
}

function personOf(requester: { login: string; id: number }): Person {
  return { ...requester, bot: requester.login.endsWith('[bot]') }
}

type Found = { asked: Asked; at: string }

function requestOf(
  parties: Parties,
  { asked, at }: Found,
  by: { login: string; id: number },
  subject?: Subject,
): Request {
  return requestFor(parties, asked, { by: personOf(by), subject, at })
}

async function askedAgain(parties: Parties, memory: Memory, record: Tracking['record']): Promise<Found | undefined> {
  const place = placeOfRequest(record)
  if (place === undefined) return undefined
  const word = parties.config.command
  const pull = memory.thread?.number ?? 0
  if (place.of === 'line') {
    const line = await getLine(parties.github, place.comment)
    const command = line && line.at === line.changed ? parseCommand(line.body, word) : undefined
    return line && command && { asked: { place, command, remarks: [{ passage: line.passage, text: '' }] }, at: line.at }
  }
  if (place.of === 'review') {
    const review = await getReview(parties.github, pull, place.comment)
    const lines = await linesOf(parties, pull, place.comment, review?.at ?? '')
    const asked = review && askedByReview(place.comment, parseCommand(review.body, word), lines, word)
    return asked && { asked, at: review.at }
  }
  const comment = memory.comments.get(place.comment)
  const command = comment && comment.created === comment.updated ? parseCommand(comment.body, word) : undefined
  return command && { asked: { place, command, remarks: [] }, at: '' }
}
