/** A review asks all at once: its own words, and what it says about lines of code. */
import type { LineComment } from '../event/event.ts'
import { type Command, parseCommand, VERBS } from '../intent/command.ts'
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
  const all = [own, ...commanding.map(({ body }) => parseCommand(body, word))].filter((one) => one !== undefined)
  const alone = all.find((one) => !tells(one))
  if (alone !== undefined && all.some((one) => !isSame(one, alone)))
    return { place, command: bothAtOnce(alone), remarks: [] }
  if (own === undefined) return askedOnLines(place, commanding, word)
  const command: Command = own.verb === 'bare' && lines.length > 0 ? SAY_THESE : own
  return { place, command, remarks: 'text' in command ? lines.map((line) => remarkOf(line, word)) : [] }
}

/** Has it words for Jules? The bare command stands for the words around it. */
function tells(command: Command): boolean {
  return 'text' in command || command.verb === 'bare'
}

function isSame(one: Command, other: Command): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** One that stands alone, and others beside it: which of them counts, only their author knows. */
function bothAtOnce(alone: Command): Command {
  const verb = VERBS.find((known) => known === alone.verb)
  return verb === undefined ? alone : { verb: 'unclear', why: 'ambiguous', words: `${verb} …`, verbMeant: verb }
}

/** The words of the command are those of the remarks. */
const SAY_THESE: Command = { verb: 'say', text: '', flags: {}, cut: false }

function askedOnLines(place: Place, lines: readonly LineComment[], word: string): Asked | undefined {
  const [first, second] = lines
  if (first === undefined) return undefined
  if (second === undefined) return askedOnLine(first, word)
  const asked = askedOnLine(first, word)
  if (asked !== undefined && !tells(asked.command)) return asked
  return { place, command: SAY_THESE, remarks: lines.map((line) => remarkOf(line, word)) }
}

/** A command on one line of code; undefined where it holds none. */
function askedOnLine({ id, body, passage }: LineComment, word: string): Asked | undefined {
  const command = parseCommand(body, word)
  return command && { place: { comment: id, of: 'line' }, command, remarks: [{ passage, text: '' }] }
}

function remarkOf({ body, passage }: LineComment, word: string): Remark {
  const command = parseCommand(body, word)
  if (command === undefined) return { passage, text: body }
  return { passage, text: 'text' in command ? command.text : '' }
}

/** Is a command on one line seen to together with others of its review? */
export function isPartOfReview(line: number, body: string, others: readonly LineComment[], word: string): boolean {
  const elsewhere = others.filter(({ id }) => id !== line).map((other) => other.body)
  return [body, ...elsewhere].some((text) => parseCommand(text, word) !== undefined)
}
