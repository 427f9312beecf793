/** Text in columns of a terminal: how wide it is, and how it is broken or cut to fit. */
import { stripVTControlCharacters } from 'node:util'

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
const WIDE =
  /\p{Emoji_Presentation}|\ufe0f|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/u

/** The columns that a text takes up; an emoji takes two. */
export function columns(text: string): number {
  return pieces(stripVTControlCharacters(text)).reduce((sum, piece) => sum + widthOf(piece), 0)
}

/** Breaks a text at its spaces into lines of at most `width` columns; a word that is longer is broken itself. */
export function wrap(text: string, width: number): string[] {
  if (columns(text) <= width) return [text]
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/).flatMap((long) => chop(long, width))) {
    const longer = line === '' ? word : `${line} ${word}`
    if (columns(longer) <= width) {
      line = longer
    } else {
      lines.push(line)
      line = word
    }
  }
  return [...lines, line]
}

/** The beginning of a text, with an ellipsis where something is missing. */
export function cut(text: string, width: number): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (columns(line) <= width) return line
  return `${(chop(line, width - 1)[0] ?? '').trimEnd()}…`
}

/** Fills up with spaces. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)))
}

function chop(word: string, width: number): string[] {
  if (columns(word) <= width) return [word]
  const parts = ['']
  for (const piece of pieces(word)) {
    const part = parts.at(-1) ?? ''
    if (columns(part + piece) <= width) parts[parts.length - 1] = part + piece
    else parts.push(piece)
  }
  return parts
}

function pieces(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment)
}

function widthOf(piece: string): number {
  return WIDE.test(piece) ? 2 : 1
}
