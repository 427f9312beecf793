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

/** One pass, linear. Code blocks keep their HTML comments: there they are visible. */
export function clean(foreign: string): Cleaned {
  const given = foreign.replace(/\r\n?/g, '\n')
  const { text, hidden } = withoutComments(given)
  let invisible = 0
  const visible = text.replace(INVISIBLE, () => {
    invisible += 1
    return ''
  })
  // Taking characters out may have joined a new comment together.
  const again = withoutComments(visible)
  return { text: again.text, hidden: hidden + again.hidden, invisible }
}

function withoutComments(given: string): { text: string; hidden: number } {
  const out: string[] = []
  let hidden = 0
  let fence = ''
  let from = 0
  while (from < given.length) {
    const end = lineEnd(given, from)
    const line = given.slice(from, end)
    const mark = fenceMark(line)
    if (fence !== '' || mark !== '') {
      fence = fence === '' ? mark : closes(line, fence) ? '' : fence
      out.push(line)
      from = end
      continue
    }
    const cut = strip(given, from, end, out)
    hidden += cut.hidden
    from = cut.next
  }
  return { text: out.join(''), hidden }
}

/** Copies one line without its comments; a comment may run on over many lines. */
function strip(given: string, start: number, end: number, out: string[]): { next: number; hidden: number } {
  const kept: string[] = []
  let from = start
  let hidden = 0
  let stop = end
  while (from < stop) {
    kept.push(given[from] ?? '')
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
  return /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[1] ?? ''
}

function closes(line: string, fence: string): boolean {
  const found = /^ {0,3}(`{3,}|~{3,})[ \t]*\n?$/.exec(line)?.[1] ?? ''
  return found.length >= fence.length && found[0] === fence[0]
}
