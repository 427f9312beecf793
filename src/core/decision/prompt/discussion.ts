/** Which comments of the thread go into a prompt: from before which moment, whose, how much of them. */

import { clean } from '../../clean/clean.ts'
import type { Person } from '../../event/event.ts'
import { parseCommand } from '../../intent/command.ts'
import { clip } from '../../outside.ts'
import type { RelayRecord } from '../../record.ts'
import type { Discussion, Said } from '../observed.ts'
import type { Piece } from './removed.ts'

const MOST_AUTHORS = 5
const ROOM_BYTES = 20 * 1024
/** Longer than any comment at GitHub that is worth reading to its end. */
const READ_LIMIT = 60 * 1024

/** When a request was made. What was written or changed from then on, nobody has seen who made it. */
export type Moment = { at: number; comment: number }

/** The moment of a recorded request, or undefined where it cannot be told: then nothing of the discussion is known to be older. */
export function momentOf(
  { kind, id }: RelayRecord['request'],
  comments: ReadonlyMap<number, Pick<Said, 'created'>>,
): Moment | undefined {
  if (kind === 'prompt') return undefined
  // Comments on lines, reviews and labels have no place among the ids of the thread's comments.
  const comment = kind === 'comment' ? Number(id) : Number.POSITIVE_INFINITY
  const at = kind === 'comment' ? comments.get(comment)?.created : Date.parse(id.slice(id.lastIndexOf('/') + 1))
  return at === undefined || Number.isNaN(at) ? undefined : { at, comment }
}

/** Comments that were written and last changed strictly before the moment and are no commands, oldest first. */
export function saidBefore(moment: Moment, comments: Iterable<Said>, command: string): Said[] {
  return [...comments]
    .filter(({ id, created, updated }) => id < moment.comment && created < moment.at && updated < moment.at)
    .filter(({ author, body }) => author !== undefined && parseCommand(body, command) === undefined)
    .sort((a, b) => a.id - b.id)
}

/** Whoever wrote them, each once, the one who spoke last first. */
export function authorsOf(comments: readonly Said[]): Person[] {
  const authors = comments.map(({ author }) => author).filter((author) => author !== undefined)
  return [...new Map(authors.reverse().map((author) => [author.id, author])).values()]
}

/** A comment as it stands in the prompt. */
export type Quote = Piece & { author: Person; text: string; cut: boolean }

/** The newest comments of at most five people who may ask, as far as there is room, oldest first; the rest is counted. */
export function chooseQuotes({ comments, passing }: Discussion): { quotes: Quote[]; leftOut: number } {
  const authors = new Set<number>()
  const quotes: Quote[] = []
  let room = ROOM_BYTES
  let leftOut = 0
  for (const { author, body } of comments.toReversed()) {
    if (author === undefined || !passing.includes(author.id)) continue
    const welcome = authors.has(author.id) || authors.size < MOST_AUTHORS
    const quote = welcome && room > 0 ? quoteOf(author, body, room) : undefined
    // A comment that does not fit whole ends the list, unless it is the only one.
    if (quote === undefined || (quote.cut && quotes.length > 0)) {
      leftOut += 1
      if (welcome) room = 0
      continue
    }
    authors.add(author.id)
    quotes.push(quote)
    room = quote.cut ? 0 : room - bytesWithin(quote.text, ROOM_BYTES).bytes
  }
  return { quotes: quotes.reverse(), leftOut }
}

function quoteOf(author: Person, body: string, room: number): Quote {
  const given = clip(body, READ_LIMIT)
  const cleaned = clean(given)
  const whole = cleaned.text.trim()
  const text = whole.slice(0, bytesWithin(whole, room).units)
  return { author, given, cleaned, text, cut: given.length < body.length || text.length < whole.length }
}

/** How much of a text fits into so many bytes of UTF-8, never half a character. */
function bytesWithin(text: string, limit: number): { units: number; bytes: number } {
  const { read, written } = new TextEncoder().encodeInto(text, new Uint8Array(limit))
  return { units: read, bytes: written }
}
