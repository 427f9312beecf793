/** What was said about lines of code, as Jules gets it: the piece of the diff that each remark hangs on, and the words. */

import { withoutInvisible } from '../../clean/clean.ts'
import { clip } from '../../outside.ts'
import type { Remark } from '../observed.ts'
import { bordered } from './foreign.ts'

const MOST_REMARKS = 50
/** Characters of one remark, and of the diff above it; the end of the diff is what the remark is about. */
const TEXT_LIMIT = 8000
const HUNK_LIMIT = 4000
/** … and of all of them. */
const ALL_LIMIT = 60 * 1024

/** '' where nothing was said. `words` are those of the command itself, `name` is that of the pull request, `border` stands in none of the texts. */
export function remarksInWords(remarks: readonly Remark[], words: string, name: string, border: string): string {
  const [first] = remarks
  if (first === undefined) return ''
  if (remarks.length === 1 && first.text === '')
    return [
      `${words === '' ? 'It was asked for at' : 'The words above are about'} ${where(first)} of ${name}:`,
      diff(first, border),
    ].join('\n\n')
  const all = remarks.slice(0, MOST_REMARKS).map((remark, at) => remarkInWords(remark, at + 1, border))
  const shown = all.slice(0, howManyFit(all))
  const more = remarks.length - shown.length
  return [
    `What the review of ${name} says about its lines:`,
    ...shown,
    more === 0 ? '' : `${more} more ${more === 1 ? 'remark is' : 'remarks are'} left out; they stand in the review.`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function howManyFit(texts: readonly string[]): number {
  let length = 0
  const over = texts.findIndex((text) => {
    length += text.length
    return length > ALL_LIMIT
  })
  return over === -1 ? texts.length : over
}

function remarkInWords(remark: Remark, number: number, border: string): string {
  const words = clip(withoutInvisible(remark.text).text, TEXT_LIMIT)
  return [`${number}. On ${where(remark)}:`, diff(remark, border), words].filter((part) => part !== '').join('\n\n')
}

function where({ passage: { path, line, before } }: Remark): string {
  const name = `\`${withoutInvisible(path).text.replace(/[\n`]/g, ' ')}\``
  if (line === undefined) return name
  return `${name}, line ${line}${before ? ' before the change' : ''}`
}

function diff({ passage }: Remark, border: string): string {
  const text = withoutInvisible(passage.hunk).text
  if (text === '') return ''
  // Never half a character.
  const end = text.slice(-HUNK_LIMIT).replace(/^[\udc00-\udfff]/, '')
  const whole = end.length === text.length ? end : end.slice(end.indexOf('\n') + 1)
  return bordered({ heading: 'The diff up to there:', text: whole }, border)
}

/** The texts that a border must not stand in. */
export function textsOf(remarks: readonly Remark[]): string[] {
  return remarks.flatMap(({ text, passage }) => [text, passage.hunk, passage.path])
}
