/** Takes out what the markup of a page keeps to itself: attributes of tags, texts in place of pictures, titles of links, invisible entities. */
import { bracket, opening } from './brackets.ts'
import type { Part } from './comments.ts'
import { readEntity } from './entity.ts'
import { isUnseen, leave, nest, type Page } from './nesting.ts'
import { readTag } from './tag.ts'
import { beginWalk, copy, type Walk } from './walk.ts'

/** What a page shows, and how much of it was taken out. */
export type Seen = { text: string; hidden: number; invisible: number }

/** Linear. In an HTML block Markdown means nothing. */
export function withoutAsides({ kind, text: given }: Part, page: Page): Seen {
  if (isUnseen(page)) return { text: '', hidden: given.length, invisible: 0 }
  if (kind === 'code') return { text: given, hidden: 0, invisible: 0 }
  const walk = beginWalk(given, kind === 'html', page)
  while (walk.at < given.length) step(walk)
  leave(walk)
  const text = walk.out.join('')
  return { text, hidden: given.length - text.length - walk.entities, invisible: walk.invisible }
}

const STEPS = new Map([
  // In an HTML block a backslash is only a backslash.
  ['\\', (walk: Walk) => copy(walk, walk.html ? 1 : 2)],
  ['`', code],
  ['<', tag],
  ['&', entity],
  ['[', opening],
  [']', bracket],
])
const PLAIN = /[^\\`<&[\]]+/y

function step(walk: Walk): void {
  const act = STEPS.get(walk.given.charAt(walk.at))
  if (act === undefined) copy(walk, lengthOf(PLAIN, walk))
  else act(walk)
}

/** Of what the pattern finds here. */
function lengthOf(pattern: RegExp, { given, at }: Walk): number {
  pattern.lastIndex = at
  pattern.test(given)
  return Math.max(0, pattern.lastIndex - at)
}

const RUN = /`+/y

/** A code span counts where it ends on its line and no back-tick before it is left over. */
function code(walk: Walk): void {
  const { given, at, html, unsureUntil } = walk
  const marks = lengthOf(RUN, walk)
  const sure = !html && at >= unsureUntil
  const end = sure ? spanEnd(given.slice(at + marks, walk.newline(at)), marks) : undefined
  if (sure && end === undefined) walk.unsureUntil = walk.emptyLine(at)
  copy(walk, marks + (end ?? 0))
}

/** Behind the next run of exactly so many back-ticks. */
export function spanEnd(line: string, marks: number): number | undefined {
  for (const { 0: run, index } of line.matchAll(/`+/g)) if (run.length === marks) return index + marks
  return undefined
}

/** A back-tick in it belongs to no code. */
const AUTOLINK = /<[a-z\d.!#$%&'*+/=?^_`{|}~-]+[:@][^\s<>]*>/iy
const DECLARATION = /<(?:[!?]|\/[^a-z>])/iy

function tag(walk: Walk): void {
  const { given, at, html } = walk
  const found = readTag(given, at, html)
  if (found !== undefined) {
    walk.out.push(found.kept)
    walk.at = found.end
    nest(walk, found.kept)
    return
  }
  if (!html && lengthOf(AUTOLINK, walk) > 0) {
    copy(walk, lengthOf(AUTOLINK, walk))
    return
  }
  DECLARATION.lastIndex = at
  const end = walk.angle(at)
  if (!DECLARATION.test(given)) copy(walk, 1)
  else if (end < walk.emptyLine(at)) walk.at = end + 1
  else if (html) walk.at = given.length
  else copy(walk, 1)
}

/** Entities are never decoded; one that nobody would see is taken out. */
function entity(walk: Walk): void {
  const { length, isUnseen } = readEntity(walk.given, walk.at)
  if (!isUnseen) {
    copy(walk, length)
    return
  }
  walk.at += length
  walk.invisible += 1
  walk.entities += length
}
