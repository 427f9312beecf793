/**
 * The one way for foreign text into Markdown. Agent text stands inside fences or code spans only: there it links, mentions,
 * commands and draws nothing. Every function is linear.
 */

import { clip } from '../outside.ts'

/** Terminal sequences: colours, cursor moves, titles and links. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
const TERMINAL = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g
/** Characters that cannot be seen, or that turn the text around them; tab and newline stay. */
const UNSEEN = /[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\p{Cs}]|[^\P{Cc}\t\n]/gu

/** Text with every invisible character named, and line breaks of one kind. */
export function visible(text: string): string {
  return (
    text
      .replace(TERMINAL, '')
      // Our own hidden lines begin so; nobody else's words may.
      .replace(/<!--(?=[ \t]*jules-)/g, '<! --')
      .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
      .replace(UNSEEN, (character) => `⟨U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}⟩`)
  )
}

/** A block of foreign text, fence included at most `limit` UTF-16 units. The fence is longer than any run of back-ticks inside. */
export function fence(text: string, options: { language?: 'diff' | 'text'; limit: number; wrap?: number }): string {
  const { limit, language = 'text' } = options
  // Naming what cannot be seen makes a text longer, so what is too long is cut before.
  const whole = visible(cut(text, limit))
  const shown = options.wrap === undefined ? whole : wrap(whole, options.wrap)
  // Back-ticks cost thrice: once as text, and once in each of the two marks.
  const room = limit - language.length - 2 - 2 * Math.max(3, longestRun(shown) + 1)
  const body = cut(shown, Math.max(room, Math.floor(limit / 3) - 10))
  const marks = '`'.repeat(Math.max(3, longestRun(body) + 1))
  return `${marks}${language}\n${body}\n${marks}`
}

/** One line of foreign text in a code span, at most `limit` UTF-16 units. */
export function span(text: string, limit = 200): string {
  const line = cut(
    visible(cut(text, 4 * limit))
      .replace(/\s+/g, ' ')
      .trim(),
    limit,
  )
  if (line === '') return '` `'
  const marks = '`'.repeat(longestRun(line) + 1)
  const edge = line.startsWith('`') || line.endsWith('`') ? ' ' : ''
  return `${marks}${edge}${line}${edge}${marks}`
}

/** A span for a table cell: a bar would end the cell even inside code. */
export function cell(text: string, limit = 200): string {
  return span(text.replaceAll('|', '¦'), limit)
}

/** At most so many UTF-16 units, never half a character, and says that something is missing. */
export function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${clip(text, Math.max(0, limit - 1))}…`
}

/** A link to a pull request of this repository, or undefined where the URL is anything else. */
export function pullRequestLink(url: string, repository: string): { url: string; number: number } | undefined {
  const found = /^https:\/\/github\.com\/([\w.-]+\/[\w.-]+)\/pull\/([1-9]\d{0,9})$/.exec(url)
  if (found === null || found[1]?.toLowerCase() !== repository.toLowerCase()) return undefined
  return { url, number: Number(found[2]) }
}

/** A link to a session of Jules, or undefined where the URL is anything else. */
export function sessionLink(url: string): string | undefined {
  return /^https:\/\/jules\.google\.com\/(?:session|task)\/[\w-]{1,128}$/.test(url) ? url : undefined
}

function longestRun(text: string): number {
  let longest = 0
  let run = 0
  for (const character of text) {
    run = character === '`' ? run + 1 : 0
    if (run > longest) longest = run
  }
  return longest
}

/** Prose in fences does not wrap by itself. Breaks at blanks; a longer word stays whole. */
function wrap(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => (line.length <= width ? line : wrapLine(line, width)))
    .join('\n')
}

function wrapLine(line: string, width: number): string {
  const lines: string[] = []
  let current: string[] = []
  let length = 0
  for (const word of line.split(' ')) {
    if (length > 0 && length + word.length > width) {
      lines.push(current.join(' '))
      current = []
      length = 0
    }
    current.push(word)
    length += word.length + 1
  }
  return [...lines, current.join(' ')].join('\n')
}

/** A part of a page that can be left out where it gets too long. */
export type Section = { text: string; needed: boolean }

/** Joins sections to at most `limit` UTF-16 units: leaves out the last that is not needed, then the one before, and says so. */
export function within(sections: readonly Section[], limit: number, leftOut: string): string {
  const kept = sections.filter(({ text }) => text !== '')
  const joined = (): string => kept.map(({ text }) => text).join('\n\n')
  while (joined().length > limit) {
    const last = kept.findLastIndex(({ needed }) => !needed)
    if (last === -1) return cut(joined(), limit)
    const note = { text: leftOut, needed: true }
    kept.splice(last, 1, ...(kept.some(({ text }) => text === leftOut) ? [] : [note]))
  }
  return joined()
}
