/** The event's own command, with the text of the payload: what was written can be changed after it was given. */
import type { Request } from '../../core/decision/observed.ts'
import { type Asked, askedByReview, isPartOfReview } from '../../core/decision/review.ts'
import type { LineComment } from '../../core/event/event.ts'
import type { Because } from '../../core/intent/intent.ts'
import type { Reason } from '../../core/outcome.ts'
import { placeOf } from '../../core/record.ts'
import { getReview, listReviewLines } from '../github/read-review.ts'
import type { Parties } from '../parties.ts'
import { accessOf } from './access.ts'
import type { Memory } from './memory.ts'
import { requestFor } from './request.ts'

export type Own = { request: Request | undefined } | { dismissed: Reason<'ignored'> }

type Spoken = Extract<Because, { kind: 'command' }>

/** No request where the event is no command. */
export async function readOwn(parties: Parties, memory: Memory): Promise<Own> {
  const { because, asker, subject } = parties.intent
  if (because.kind !== 'command' || asker === undefined) return { request: undefined }
  const asked = await askedBy(parties, because).catch(async (error: unknown) => {
    // Whoever may not ask anyway makes no run red.
    const access = await accessOf(parties, memory, asker)
    if (access.allowed) throw error
    return access.reason
  })
  if (typeof asked === 'string') return { dismissed: asked }
  const request = requestFor(parties, asked, { by: asker, subject, at: because.part?.at ?? '' })
  return { request: { ...request, on: parties.intent.thread?.number } }
}

async function askedBy(parties: Parties, because: Spoken): Promise<Asked | Reason<'ignored'>> {
  const { command, comment, of, part } = because
  const word = parties.config.command
  const pull = parties.intent.thread?.number ?? 0
  if (of === 'review')
    return (
      askedByReview(comment, command, await linesOf(parties, pull, comment, part?.at ?? ''), word) ?? 'not-a-command'
    )
  if (command === undefined) return 'not-a-command'
  if (part?.passage === undefined) return { place: placeOf(because), command, remarks: [] }
  if (part.review > 0 && (await isPart(parties, pull, part.review, comment))) return 'part-of-review'
  return { place: placeOf(because), command, remarks: [{ passage: part.passage, text: '' }] }
}

async function isPart(parties: Parties, pull: number, review: number, comment: number): Promise<boolean> {
  const [whole, lines] = await Promise.all([
    getReview(parties.github, pull, review),
    listReviewLines(parties.github, pull, review),
  ])
  return isPartOfReview(comment, whole?.body ?? '', lines, parties.config.command)
}

/** Those that nobody has changed since the review was submitted. */
export async function linesOf({ github }: Parties, pull: number, review: number, at: string): Promise<LineComment[]> {
  const submitted = Date.parse(at)
  return (await listReviewLines(github, pull, review)).filter(({ changed }) => Date.parse(changed) <= submitted)
}
