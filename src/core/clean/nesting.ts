/** Tags in tags: enough of them make words too small to be seen, and one of them is never shown. */
import type { Walk } from './walk.ts'

/** Where nobody closes them they go on in the next paragraph. */
const LASTING = new Map(['small', 'code', 'tt'].map((name) => [name, 0.85]))
/** How large the page shows what stands inside, beside what stands around it. */
const SCALES = new Map([...LASTING, ['samp', 0.85], ['kbd', 0.85], ['sub', 0.75], ['sup', 0.75], ['rt', 0.5]])
/** What is smaller nobody sees. */
const SMALLEST = 1 / 3
/** What stands in these is for browsers that do not know them. */
const FALLBACK = new Set(['rp', 'video'])
const EMPTY = new Set(['br', 'hr', 'img', 'wbr', 'input', 'source', 'col'])

/** What is open, each with the size of what stands inside. */
export type Nesting = { open: { name: string; scale: number }[]; paragraphEnd: number }

/** What the parts of a page know of those before them. */
export type Page = {
  /** The size of what comes next. */
  scale: number
  /** Names that some text refers to. */
  labels: Set<string>
}

/** A tag was read: takes out what nobody would see of what it holds. */
export function nest(walk: Walk, tag: string): void {
  const { given, at, html, nesting, page } = walk
  const name = tag.toLowerCase().replace(/^<\/?|[^a-z\d</-].*/gs, '')
  if (at > nesting.paragraphEnd && !html) leave(walk)
  nesting.paragraphEnd = walk.emptyLine(at)
  if (tag.startsWith('</')) {
    // Browsers ignore some that close more than the last one, so none of those counts.
    if (nesting.open.at(-1)?.name === name) nesting.open.pop()
    return
  }
  if (EMPTY.has(name)) return
  let scale = (nesting.open.at(-1)?.scale ?? page.scale) * (SCALES.get(name) ?? 1)
  if (FALLBACK.has(name)) {
    const next = given.indexOf('<', at)
    if (given.slice(next, next + 2 + name.length).toLowerCase() === `</${name}`) walk.at = next
    else scale = 0
  }
  nesting.open.push({ name, scale })
  if (scale >= SMALLEST) return
  walk.at = html || LASTING.has(name) ? given.length : Math.min(nesting.paragraphEnd, given.length)
}

/** A paragraph closes what is open in it, a block of HTML nothing. */
export function leave({ nesting: { open }, html, page }: Walk): void {
  if (html) page.scale = open.at(-1)?.scale ?? page.scale
  else for (const { name } of open) page.scale *= LASTING.get(name) ?? 1
  open.length = 0
}

/** Is it too small to be seen? */
export function isUnseen({ scale }: Page): boolean {
  return scale < SMALLEST
}
