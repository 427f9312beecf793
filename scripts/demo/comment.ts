/** The tracking comment as a person sees it, without a browser. */
import type { Line } from './teller.ts'

/** The line with the links and the session’s state. */
const STATE = 'state'
const HIDDEN = /^<!-- [\s\S]*?-->\s*$/gm

/** The comment's Markdown as plain lines; what GitHub hides is left out. */
export function readable(body: string): Line[] {
  const lines: Line[] = []
  let depth = 0
  let isCode = false
  for (const raw of visible(body).split('\n')) {
    if (raw.startsWith('</details>')) depth = 0
    if (/^\s*(```|~~~)/.test(raw)) isCode = !isCode
    else
      for (const line of isCode ? [{ text: raw }] : linesOf(raw))
        lines.push({ ...line, indent: depth + indentOf(line) })
    if (raw.startsWith('<details>')) depth = 2
  }
  const isDoubled = (at: number) => lines[at]?.text === '' && (lines[at + 1]?.text ?? '') === ''
  return lines.filter((_, at) => !isDoubled(at))
}

/** The first line: what the comment says above all. */
export function headline(body: string): string {
  return withoutLinks(readable(body)[0]?.text ?? '')
}

/** All that it says, in one line. */
export function words(body: string): string {
  return withoutLinks(
    readable(body)
      .map(({ text }) => text)
      .join(' '),
  )
}

/** What an edit has changed, in a few words; empty where a reader sees no difference. */
export function changeIn(before: string, after: string): string {
  const [old, present] = [sections(before), sections(after)]
  const names = [...new Set([...present.keys(), ...old.keys()])]
  const changed = names.filter((name) => old.get(name) !== present.get(name))
  const worthSaying = changed.filter((name) => name !== STATE)
  const said = (worthSaying.length > 0 ? worthSaying : changed).map(lowerFirst)
  if (headline(before) === headline(after)) return said.join(', ')
  const isNew = (name: string) => /^\p{Lu}/u.test(name) && !old.has(name)
  return [headline(after), ...worthSaying.filter(isNew).map(lowerFirst)].join(' · ')
}

/** The lines that were not there before, but for links and small print. */
export function newLines(before: string, after: string): Line[] {
  const old = new Set(readable(before).map(({ text }) => text))
  return readable(after).filter(({ text, style }) => style !== 'dim' && !old.has(text) && !text.includes('://'))
}

/** Whether it holds the action's hidden record, as only the tracking comment does. */
export function isTracking(body: string): boolean {
  return body.includes('<!-- jules-relay ')
}

/** Paragraphs under their bold titles, and those that have none under a name of ours. */
function sections(body: string): Map<string, string> {
  const found = new Map<string, string>()
  let name = 'what to do'
  for (const line of visible(body).split('\n')) {
    name = nameOf(line) ?? name
    if (line !== '') found.set(name, `${found.get(name) ?? ''}${line}\n`)
  }
  return found
}

function nameOf(line: string): string | undefined {
  if (/^\[.+\) · |^\[run\]/.test(line)) return STATE
  if (line.startsWith('<sub>')) return 'small print'
  if (line.startsWith('Took ')) return 'duration'
  return /^\*\*(.+?)\*\*/.exec(line)?.[1]
}

function linesOf(raw: string): Line[] {
  if (/^\[.+\) · /.test(raw))
    return raw.split(' · ').map((part) => ({ text: plain(part).replace(/ \((.+)\)$/, ': $1') }))
  const text = plain(raw)
  if (/^#+ /.test(raw) || /^\*\*.+\*\*/.test(raw)) return [{ text, style: 'bold' }]
  return [/^<sub>/.test(raw) ? { text, style: 'dim' } : { text }]
}

function indentOf({ text }: Line): number {
  return /^([-*]|\d+\.) /.test(text) ? 1 : 0
}

function plain(markdown: string): string {
  return markdown
    .replace(/^#+ /, '')
    .replace(/<summary>/g, '▾ ')
    .replace(/<\/?(?:details|summary|sub|sup|b|i)>/g, '')
    .replace(/\*\*(.+?)\*\*/g, '$1')
    .replace(/(?<!`)(`+)(?!`) ?(.+?) ?(?<!`)\1(?!`)/g, '$2')
    .replace(/\[([^\]]*)\]\(([^)\s]*)\)/g, '$1 ($2)')
    .trimEnd()
}

function withoutLinks(text: string): string {
  return text.replace(/ \(https?:[^)]*\)/g, '')
}

function visible(body: string): string {
  return body.replace(HIDDEN, '').trimEnd()
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
