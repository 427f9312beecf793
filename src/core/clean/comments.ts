/** Takes HTML comments out of a page, and tells its parts apart: code, raw HTML, and the rest. */

/** `html`: what may be an HTML block, in which Markdown means nothing. */
export type Part = { kind: 'code' | 'html' | 'text'; text: string }

/** Linear. Code blocks keep their comments, for there they are visible. */
export function withoutComments(given: string): { parts: Part[]; hidden: number } {
  const parts: Part[] = []
  const page: Page = { fence: '', html: false, raw: undefined, plain: true }
  let hidden = 0
  let from = 0
  while (from < given.length) {
    const end = lineEnd(given, from)
    const line = given.slice(from, end)
    const begins = page.fence === ''
    if (isCode(page, line)) {
      if (begins) parts.push({ kind: 'code', text: '' })
      add(parts, 'code', line)
      from = end
      continue
    }
    const cut = strip(given, from, end)
    add(parts, page.html || page.raw !== undefined ? 'html' : 'text', cut.text)
    if (page.raw?.test(line)) page.raw = undefined
    hidden += cut.hidden
    // What was taken out may have held the opening of a block whose closing is still to come.
    if (cut.hidden > 0) page.plain = false
    from = cut.next
  }
  return { parts, hidden }
}

function add(parts: Part[], kind: Part['kind'], text: string): void {
  const last = parts.at(-1)
  if (last?.kind === kind) last.text += text
  else parts.push({ kind, text })
}

type Page = {
  fence: string
  html: boolean
  /** What ends a block that goes on over blank lines. */
  raw: RegExp | undefined
  plain: boolean
}

const BLANK = /^[ \t]*\n?$/
/** The marks of quotes and lists may stand before it; addresses stand in angles too. */
export const HTML_BEGINS = /^[ \t>*+\-\d.)]*<(?![a-z][\w.+-]*[:@])[a-z!?/]/i
const RAW = /^ {0,3}<(?:pre|script|style|textarea)/i
const RAW_ENDS = /<\/(?:pre|script|style|textarea)>/i
const DECLARED = /^ {0,3}<[!?]/
/** The value of an attribute may run on over blank lines. */
const UNCLOSED = [
  { value: /=\s*"[^"]*$/, end: /"/ },
  { value: /=\s*'[^']*$/, end: /'/ },
]

/**
 * Does the line belong to a code block for sure? Only fences in the first column count, and none in what may be an HTML block,
 * up to the next blank line or, for some, to the end: there what looks like a fence may be none, and hide what stands inside.
 */
function isCode(page: Page, line: string): boolean {
  const { fence } = page
  if (fence !== '') {
    if (closes(line, fence)) page.fence = ''
    return true
  }
  if (page.plain && !page.html) page.fence = fenceMark(line)
  page.html = !BLANK.test(line) && (page.html || HTML_BEGINS.test(line))
  if (RAW.test(line)) page.raw = RAW_ENDS
  else if (DECLARED.test(line) && !line.includes('<!--')) page.raw = />/
  else if (page.html) page.raw ??= UNCLOSED.find(({ value }) => value.test(line))?.end
  // A tag that is not closed here may be closed anywhere.
  if (page.raw !== undefined || DECLARED.test(line) || /^[ \t>*+\-\d.)]*<[^>]*$/.test(line)) page.plain = false
  return page.fence !== ''
}

/** Copies one line without its comments; a comment may run on over many lines. */
function strip(given: string, start: number, end: number): { text: string; next: number; hidden: number } {
  if (!given.slice(start, end).includes('<!--')) return { text: given.slice(start, end), next: end, hidden: 0 }
  const kept: string[] = []
  let from = start
  let hidden = 0
  let stop = end
  while (from < stop) {
    kept.push(given.charAt(from))
    from += 1
    if (!endsInOpening(kept)) continue
    const close = commentEnd(given, from)
    hidden += close - from + 4
    kept.length -= 4
    from = close
    stop = lineEnd(given, from - 1)
  }
  return { text: kept.join(''), next: from, hidden }
}

/** Looks at what was kept, not at what was given: a comment taken out may have joined a new opening together. */
function endsInOpening(kept: string[]): boolean {
  return kept.at(-1) === '-' && kept.at(-2) === '-' && kept.at(-3) === '!' && kept.at(-4) === '<'
}

/** Behind `-->` or `--!>`; without either, the rest of the page is hidden. */
function commentEnd(given: string, from: number): number {
  const end = /--!?>/g
  end.lastIndex = from
  return end.exec(given) === null ? given.length : end.lastIndex
}

/** Behind the newline. */
function lineEnd(given: string, from: number): number {
  const found = given.indexOf('\n', Math.max(0, from))
  return found === -1 ? given.length : found + 1
}

/** The back-ticks or tildes that open a code block on this line, or ''. */
function fenceMark(line: string): string {
  return /^(`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[1] ?? ''
}

function closes(line: string, fence: string): boolean {
  const found = /^ {0,3}(`{3,}|~{3,})[ \t]*\n?$/.exec(line)?.[1] ?? ''
  return found.length >= fence.length && found[0] === fence[0]
}
