/** The words people write → a command. One pass over at most 4 KiB for the command, whatever the comment holds. */

import { clip, clipBytes, oneOf } from '../outside.ts'
import { isEnd, nextValue, nextWord, splitOnce } from './line.ts'

export const VERBS = ['new', 'plan', 'approve', 'reject', 'reply', 'status', 'retry', 'stop', 'help'] as const
export type Verb = (typeof VERBS)[number]

export type Flags = { branch?: string; title?: string; noPullRequest?: true }

/** What a comment asks. `say`: free words. `bare`: the command word alone. */
export type Command =
  | { verb: 'bare' | 'status' | 'retry' | 'stop' | 'help' }
  | { verb: 'say' | 'new' | 'plan'; text: string; flags: Flags; cut: boolean }
  | { verb: 'reject' | 'reply'; text: string; cut: boolean }
  | { verb: 'approve'; plan: string }
  /** Nothing is done: `words` is the part that was not understood. */
  | { verb: 'unclear'; why: 'did-you-mean' | 'ambiguous'; words: string; verbMeant: Verb }
  | { verb: 'unclear'; why: 'unknown-flag'; words: string }

/** Bytes of UTF-8. */
const LINE_LIMIT = 4 * 1024
const TEXT_LIMIT = 60 * 1024
/** Verbs that stand alone. */
const LONE = ['approve', 'status', 'retry', 'stop', 'help'] as const
type Lone = (typeof LONE)[number]

/** The command in a comment, or undefined where it holds none. `word` is the command word, such as `/jules`. */
export function parseCommand(comment: string, word: string): Command | undefined {
  const start = firstLine(comment)
  if (start === undefined || !comment.startsWith(word, start)) return undefined
  const after = start + word.length
  if (!isEnd(comment[after])) return undefined
  const end = lineEnd(comment, start)
  const line = clipBytes(comment.slice(start, Math.min(end, start + LINE_LIMIT)), LINE_LIMIT).slice(word.length)
  // A line longer than we look for flags in is still wholly text.
  return interpret({ line, rest: comment.slice(after + line.length, after + line.length + TEXT_LIMIT + 1) })
}

/** Where the first non-blank line begins, looking no further than 4 KiB. */
function firstLine(comment: string): number | undefined {
  let start = comment.startsWith('\uFEFF') ? 1 : 0
  while (start < Math.min(comment.length, LINE_LIMIT)) {
    const end = lineEnd(comment, start)
    if (comment.slice(start, Math.min(end, start + LINE_LIMIT)).replace(/[ \t]+/g, '') !== '') return start
    start = end + (comment.startsWith('\r\n', end) ? 2 : 1)
  }
  return undefined
}

function lineEnd(comment: string, start: number): number {
  let end = start
  while (end < comment.length && comment[end] !== '\n' && comment[end] !== '\r') end += 1
  return end
}

type Words = { line: string; rest: string }

function interpret(words: Words): Command {
  const [first, afterFirst] = nextWord(words.line)
  const after: Words = { line: afterFirst, rest: words.rest }
  const lone = oneOf(LONE, first.toLowerCase())
  if (lone !== undefined) return alone(lone, after, first)
  const starts = oneOf(['new', 'plan'], first.toLowerCase())
  if (starts !== undefined) return withFlags(starts, after)
  const talks = oneOf(['reject', 'reply'], first.toLowerCase())
  return talks === undefined ? free(words, first, afterFirst) : { verb: talks, ...textOf(after) }
}

function free(words: Words, first: string, afterFirst: string): Command {
  if (isBlank(words.line) && isBlank(words.rest)) return { verb: 'bare' }
  if (first.length >= 4 && isBlank(afterFirst) && isBlank(words.rest)) {
    const meant = VERBS.find((known) => isOneSlip(first.toLowerCase(), known))
    if (meant !== undefined) return { verb: 'unclear', why: 'did-you-mean', words: first, verbMeant: meant }
  }
  return withFlags('say', words)
}

/** Verbs that take no free words: `/jules stop being silly` may be an instruction, so nothing is done. */
function alone(verb: Lone, after: Words, written: string): Command {
  const { text } = textOf(after)
  const unclear: Command = {
    verb: 'unclear',
    why: 'ambiguous',
    words: clip(`${written} ${text}`, 200),
    verbMeant: verb,
  }
  if (verb === 'approve') return isPlanId(text) ? { verb, plan: text } : unclear
  return text === '' ? { verb } : unclear
}

/** Nothing, or one word with a digit in it, as ids have: `/jules approve everything` is not the id of a plan. */
function isPlanId(text: string): boolean {
  return text === '' || (/^[A-Za-z0-9_-]{4,64}$/.test(text) && /\d/.test(text))
}

function withFlags(verb: 'say' | 'new' | 'plan', words: Words): Command {
  const flags: Flags = {}
  let line = words.line
  for (;;) {
    const [word, after] = nextWord(line)
    if (!word.startsWith('--')) return { verb, flags, ...textOf({ line, rest: words.rest }) }
    const [name, given] = splitOnce(word, '=')
    if (name === '--no-pr' && given === undefined) {
      flags.noPullRequest = true
      line = after
      continue
    }
    const [value, left] = given === undefined ? nextValue(after) : nextValue(`${given}${after}`)
    const known = readFlag(name, value, flags)
    if (!known) return { verb: 'unclear', why: 'unknown-flag', words: clip(word, 100) }
    line = left
  }
}

/** Notes a flag that takes a value; false where we do not know it or its value cannot be. */
function readFlag(name: string, value: string, flags: Flags): boolean {
  if (name === '--branch' && /^[\w][\w./@+#-]{0,254}$/.test(value)) flags.branch = value
  else if (name === '--title' && value !== '' && value.length <= 200) flags.title = value
  else return false
  return true
}

function textOf(words: Words): { text: string; cut: boolean } {
  const whole = `${words.line}${words.rest}`
  const kept = clipBytes(whole, TEXT_LIMIT)
  return { text: isBlank(kept) ? '' : kept.replaceAll('\r\n', '\n').trim(), cut: kept.length < whole.length }
}

/** Nothing in it can be seen. */
function isBlank(text: string): boolean {
  return /^[\s\p{Cf}\p{Default_Ignorable_Code_Point}]*$/u.test(text)
}

/** One letter added, left out, changed, or two neighbours swapped. */
function isOneSlip(typed: string, verb: string): boolean {
  if (typed === verb || Math.abs(typed.length - verb.length) > 1) return false
  let same = 0
  while (same < typed.length && typed[same] === verb[same]) same += 1
  const [a, b] = [typed.slice(same), verb.slice(same)]
  const swapped = a.length === b.length && a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2)
  return swapped || a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1)
}
