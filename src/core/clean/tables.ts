/** Takes out the cells of a table that the page leaves out: those behind its last column. */

const BORDER = /^[ \t>]*(?:\|[ \t]*)?:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*(?:\|[ \t]*)?$/
const BLANK = /^[ \t]*$/

/** Linear. A table ends at a blank line at the latest. */
export function withoutExtraCells(text: string): string {
  if (!text.includes('|')) return text
  const lines = text.split('\n')
  let columns = 0
  let header = ''
  for (const [at, line] of lines.entries()) {
    if (BLANK.test(line)) columns = 0
    else if (columns > 0) lines[at] = firstCells(line, columns)
    else if (/[|:]/.test(line) && BORDER.test(line)) columns = columnsOf(line, header)
    header = line
  }
  return lines.join('\n')
}

/** 0 where the line above cannot have as many cells; the marks of lists and quotes make it unsure how many it has. */
function columnsOf(border: string, header: string): number {
  const columns = border.replace(/^[ \t>]*\|?|\|?[ \t]*$/g, '').split('|').length
  const bars = header.split('|').length - 1
  if (BLANK.test(header)) return 0
  return header.includes('\\') || Math.abs(columns - bars) <= 1 ? columns : 0
}

/** A bar behind a backslash is part of its cell. */
const BAR = /\\.|\|/g

function firstCells(line: string, columns: number): string {
  const start = line.length - line.replace(/^[ \t>]*\|?/, '').length
  let bars = 0
  for (const { 0: sign, index } of line.slice(start).matchAll(BAR)) {
    if (sign === '|') bars += 1
    const end = start + index + 1
    if (bars === columns) return BLANK.test(line.slice(end)) ? line : line.slice(0, end)
  }
  return line
}
