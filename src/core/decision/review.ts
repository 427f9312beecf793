/** A review asks all at once: its own words, and what it says about lines of code. */
import type { LineComment } from '../event/event.ts'
import { type Command, parseCommand } from '../intent/command.ts'
import type { Place } from '../record.ts'
import type { Remark } from './observed.ts'

/** What is asked, and where it stands: a single command on a line is the same request as that comment's own event. */
export type Asked = { place: Place; command: Command; remarks: Remark[] }

/** `own` is the command in the words of the review itself. Undefined: nothing is asked anywhere in it. */
export function askedByReview(
  review: number,
  own: Command | undefined,
  lines: readonly LineComment[],
  word: string,
): Asked | undefined {
  const place: Place = { comment: review, of: 'review' }
  const commanding = lines.filter(({ body }) => parseCommand(body, word) !== undefined)
  if (own === undefined) return askedOnLines(place, commanding, word)
  const command: Command = own.verb === 'bare' && lines.length > 0 ? SAY_THESE : own
  return { place, command, remarks: 'text' in command ? lines.map((line) => remarkOf(line, word)) : [] }
}

/** The words of the command are those of the remarks. */
const SAY_THESE: Command = { verb: 'say', text: '', flags: {}, cut: false }

function askedOnLines(place: Place, lines: readonly LineComment[], word: string): Asked | undefined {
  const [first, second] = lines
  if (first === undefined) return undefined
  if (second === undefined) return askedOnLine(first, word)
  const telling = lines.filter(({ body }) => 'text' in (parseCommand(body, word) ?? {}))
  if (telling.length === 0) return askedOnLine(first, word)
  return { place, command: SAY_THESE, remarks: telling.map((line) => remarkOf(line, word)) }
}

/** A command on one line of code; undefined where it holds none. */
function askedOnLine({ id, body, passage }: LineComment, word: string): Asked | undefined {
  const command = parseCommand(body, word)
  return command && { place: { comment: id, of: 'line' }, command, remarks: [{ passage, text: '' }] }
}

function remarkOf({ body, passage }: LineComment, word: string): Remark {
  const command = parseCommand(body, word)
  return { passage, text: command !== undefined && 'text' in command ? command.text : body }
}

/** Is a command on one line seen to together with others of its review? */
export function isPartOfReview(line: number, body: string, others: readonly LineComment[], word: string): boolean {
  const elsewhere = others.filter(({ id }) => id !== line).map((other) => other.body)
  return [body, ...elsewhere].some((text) => parseCommand(text, word) !== undefined)
}
