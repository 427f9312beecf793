/** Links and pictures of Markdown: what stands in place of a picture, and titles, are taken out. */
import { normal } from './definitions.ts'
import type { Mark } from './finders.ts'
import { copy, type Walk } from './walk.ts'

/** The name of a link is short; a longer one may say something. */
const NAME_LIMIT = 40

/** A bracket opens: what it is of is seen where it closes. */
export function opening(walk: Walk): void {
  walk.lastBracket = walk.out.length
  walk.open.push(walk.out.length)
  copy(walk, 1)
}

/** A bracket closes: words in place of a picture, and names that are none, go. */
export function bracket(walk: Walk): void {
  const { given, at, out, open, html } = walk
  const start = open.pop()
  const next = given.charAt(at + 1)
  if (start !== undefined && start === walk.lastBracket && next !== ':') refer(walk, out.slice(start + 1).join(''))
  if (start !== undefined && !html) {
    const before = out[start - 1] ?? ''
    const picture = before.endsWith('!') && before !== '\\!'
    const words = (picture && (next === '(' || next === '[')) || ((picture || before === ']') && isLong(out, start))
    if (words) out.length = start + 1
  }
  walk.lastBracket = out.length
  copy(walk, 1)
  if (next === '(' && !html) address(walk)
}

/** A note needs one of these to be shown, so what may be code does not count; a link is seen anyway. */
function refer({ at, html, unsureUntil, page }: Walk, label: string): void {
  const isSure = !html && at >= unsureUntil
  if (isSure || !label.startsWith('^')) page.labels.add(normal(label))
}

function isLong(out: string[], start: number): boolean {
  return out.slice(start + 1, start + NAME_LIMIT + 2).join('').length > NAME_LIMIT
}

/** `(address "title")`: the address alone. Anything else is left to be read as text. */
function address(walk: Walk): void {
  const { given, at } = walk
  const start = walk.word(at + 1)
  const angled = given.charAt(start) === '<'
  const { edge, word, ends } = angled ? walk.angled : walk.plain
  const end = edge(start)
  const title = word(end)
  const mark = given.charAt(title)
  const close = isMark(mark) ? ends[mark](title + 1) : title
  const closed = isMark(mark) || (angled && mark === ')')
  if (!closed || close > walk.emptyLine(at) || close >= given.length) return
  const place = given.slice(start, end)
  walk.out.push(`(${/\s/.test(place) ? '#' : place})`)
  walk.at = given.indexOf(')', isMark(mark) ? close + 1 : close) + 1
}

function isMark(mark: string): mark is Mark {
  return mark === '"' || mark === "'" || mark === '('
}
