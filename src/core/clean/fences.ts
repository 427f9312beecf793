/** Takes out what the page does not show of a fence: words behind the name of its language, and what it draws instead of showing it. */
import { hides } from './mathematics.ts'

/** Mathematics, diagrams, maps and models. Markdown reads a name first, so one with an entity or a backslash may be any. */
const DRAWN = /^(?:math|mermaid|geojson|topojson|stl)$|[&\\]/i
/** The name of a language is short; a longer one may say something. */
const NAME_LIMIT = 40

const MARKS = /^(?:`+|~+)[ \t]*/

/** A block of code with its fences, as the page shows it. */
export function withoutUnshown(block: string): string {
  const end = `${block}\n`.indexOf('\n')
  const info = block.slice(0, end).replace(MARKS, '')
  const name = nameIn(info)
  const body = drawn(name.toLowerCase(), block.slice(end))
  if (body === undefined) return ''
  if (name.length <= NAME_LIMIT && name === info.trimEnd()) return block.slice(0, end) + body
  return block.slice(0, end - info.length) + (name.length <= NAME_LIMIT ? name : '') + body
}

function nameIn(info: string): string {
  return info.replace(/\s.*/s, '')
}

/** Styles, settings, and colours behind the words can hide words of a diagram. */
const STYLED =
  /^[ \t>]*---[ \t]*$|%%\{|(?:^|;)[ \t>]*(?:(?:style|classDef|linkStyle|cssClass|Update(?:Element|Rel)Style)\b|(?:rect|box)[ \t]+\w)|@\{/im
/** Tags with attributes, and those whose words a diagram leaves out or makes small. */
const TAG =
  /<(?:!|[a-z][\w-]*[\s/]+[a-z]|(?:audio|colgroup|desc|details|foreignobject|head|iframe|math|no(?:embed|frames|script)|plaintext|rp|script|small|style|su[bp]|svg|template|thead|title|video|xmp)\b)/i
/** Remarks, and what only a pointer or a screen reader finds. */
const ASIDE =
  /^[ \t>]*%%[^\n]*\n?|(?:^|;)[ \t>]*(?:(?:click|callback|links?|properties|details)[ \t]+[\w"]|acc(?:Title|Descr)\b)(?:[ \t]*\{[^}]*\}?|[^\n;]*)/gim

/** Undefined where all of it has to go. */
function drawn(name: string, body: string): string | undefined {
  if (!DRAWN.test(name)) return body
  if (name === 'math') return hides(body) ? undefined : body
  if (name === 'mermaid') return STYLED.test(body) || TAG.test(body) ? undefined : body.replace(ASIDE, '')
  // Nothing of a map or a model can be read on the page.
  return undefined
}

const LINE = /^([ \t>*+\-\d.)]*)((?:`{3,}(?=[^`\n]*$)|~{3,})[^\n]*)/gm
const BEGINS = /`{3}|~{3}/

/** Fences in lists and quotes: what is drawn goes on to the next line that surely ends it, or to the end. */
export function withoutUnshownInside(text: string): string {
  const lines = [...text.matchAll(LINE)]
  let kept = ''
  let from = 0
  for (const [at, { index, 0: line }] of lines.entries()) {
    const before = line.slice(0, line.search(BEGINS))
    if (index < from || !DRAWN.test(nameIn(line.slice(before.length).replace(MARKS, '')))) continue
    const close = lines[at + 1]
    const end = close !== undefined && ends(close[0], line, before) ? close.index + close[0].length : text.length
    kept += text.slice(from, index) + before + withoutUnshown(text.slice(index + before.length, end))
    from = end
  }
  kept += text.slice(from)
  return kept.replace(LINE, (_, before: string, fence: string) => before + withoutUnshown(fence))
}

/** In the same columns, where the mark of a list has become blanks. */
function ends(close: string, line: string, before: string): boolean {
  const fence = line.slice(before.length)
  const marks = fence.slice(0, fence.length - fence.replace(/^(?:`+|~+)/, '').length)
  const own = close.slice(before.length).trimEnd()
  return close.startsWith(before.replace(/[^>]/g, ' ')) && own.startsWith(marks) && /^(?:`+|~+)$/.test(own)
}
