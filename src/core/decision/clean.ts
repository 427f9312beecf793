/** Takes out of foreign text what a reader of the rendered page would not see: HTML comments and invisible characters. */

export type Cleaned = {
  text: string
  /** UTF-16 units of HTML comments that were taken out. */
  hidden: number
  /** Invisible characters that were taken out. */
  invisible: number
}

/** Tags, zero-width, bidi and other characters without a picture of their own; tab and newlines stay. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]|[^\P{Cc}\t\n]/gu

/** Linear. Code blocks keep their HTML comments, for there they are visible. */
export function clean(foreign: string): Cleaned {
  const cleaned = { text: foreign.replace(/\r\n?/g, '\n'), hidden: 0, invisible: 0 }
  // Taking something out may join a new comment together, so once more until nothing changes.
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    const { text, hidden } = withoutComments(cleaned.text)
    const visible = text.replace(INVISIBLE, () => {
      cleaned.invisible += 1
      return ''
    })
    cleaned.hidden += hidden
    if (visible === cleaned.text) break
    cleaned.text = visible
  }
  return cleaned
}

/** Words of somebody who may ask: kept as they are, but for what cannot have been meant. */
export function withoutInvisible(words: string): Cleaned {
  const text = words.replace(/\r\n?/g, '\n')
  const visible = text.replace(INVISIBLE, '')
  return { text: visible, hidden: 0, invisible: [...text].length - [...visible].length }
}

const MOST_PASSES = 8

function withoutComments(given: string): { text: string; hidden: number } {
  const out: string[] = []
  const page = { fence: '', html: false, plain: true }
  let hidden = 0
  let from = 0
  while (from < given.length) {
    const end = lineEnd(given, from)
    const line = given.slice(from, end)
    if (isCode(page, line)) {
      out.push(line)
      from = end
      continue
    }
    const cut = strip(given, from, end, out)
    hidden += cut.hidden
    // What was taken out may have held the opening of a block whose closing is still to come.
    if (cut.hidden > 0) page.plain = false
    from = cut.next
  }
  return { text: out.join(''), hidden }
}

type Page = { fence: string; html: boolean; plain: boolean }

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
  page.html = !/^[ \t]*\n?$/.test(line) && (page.html || /^ {0,3}</.test(line))
  if (/^ {0,3}<(?:pre|script|style|textarea|[!?])/i.test(line)) page.plain = false
  return page.fence !== ''
}

/** Copies one line without its comments; a comment may run on over many lines. */
function strip(given: string, start: number, end: number, out: string[]): { next: number; hidden: number } {
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
  out.push(kept.join(''))
  return { next: from, hidden }
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
