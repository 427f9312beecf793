/** One request, and what names it for ever. */
import { createHash } from 'node:crypto'
import type { Request } from '../../core/decision/observed.ts'
import type { Asked } from '../../core/decision/review.ts'
import type { Parties } from '../parties.ts'

/** 20 hex digits that name a request for ever: the same event gives the same key, whichever run handles it. */
export function keyOf(parties: Parties, kind: string, id: string): string {
  return createHash('sha256').update(`${parties.run.repositoryId}/${kind}/${id}`).digest('hex').slice(0, 20)
}

/** Of the event's own request. One run can hold several prompts, in steps or in a matrix: each is a request of its own. */
export function ownKey(parties: Parties): string {
  const { origin, because } = parties.intent
  const more = because.kind === 'prompt' ? `/${hashOf(because.instruction)}` : ''
  return keyOf(parties, origin.kind, `${origin.id}${more}`)
}

/** Of the words of a request, so that a change is seen. */
export function hashOf(...words: string[]): string {
  return createHash('sha256').update(JSON.stringify(words)).digest('hex')
}

/** A request for what was asked, named by where it stands. */
export function requestFor(
  parties: Parties,
  { place, command, remarks }: Asked,
  { by, subject, at }: Pick<Request, 'by' | 'subject' | 'at'>,
): Request {
  // Ticks of different comments may come in the same second.
  const id = place.of === 'tick' ? parties.intent.origin.id : String(place.comment)
  const key = keyOf(parties, place.of ?? 'comment', id)
  const words = [JSON.stringify(command), ...(remarks.length === 0 ? [] : [JSON.stringify(remarks)])]
  return {
    ...place,
    command,
    remarks,
    by,
    subject,
    at,
    key,
    hash: hashOf(subject?.title ?? '', subject?.body ?? '', ...words),
  }
}
