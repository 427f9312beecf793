/** Definitions of links and footnotes: nobody sees those that no text refers to, nor the titles of the others. */

const LABEL = /\[([^[\]]{1,999})\](?!:)/g
/** `[label]: address "title"`; address and title may stand on lines of their own. */
const LINK =
  /^([ \t>*+\-\d.)]*)\[(?!\^)([^[\]]{1,999})\]:(?:[ \t]*\n)?[ \t]*(<[^<>\n]*>|[^\s<]\S*)(?:(?:[ \t]*\n[ \t]*|[ \t]+)(?:"[^"]*"|'[^']*'|\([^()]*\)))?[ \t]*$/gm
/** `[^label]: words`, up to a blank line, and with what is indented behind that. */
const FOOTNOTE =
  /^[ \t>*+\-\d.)]*\[(\^[^[\]\s]{1,999})\]:[^\n]*(?:\n(?![ \t]*\n)[^\n]+|(?:\n[ \t]*)+\n(?: {4}|\t)[^\n]+)*/gm
/** The name of a link is short; a longer one may say something. */
const NAME_LIMIT = 40

/** The labels that some text refers to. */
export function usedLabels(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.flatMap((text) => [...text.matchAll(LABEL)].map(([label]) => normal(label))))
}

/** Linear. `used`: the labels of the whole page. */
export function withoutDefinitions(text: string, used: ReadonlySet<string>): string {
  return text
    .replace(LINK, (_, before: string, label: string, address: string) => {
      if (label.length > NAME_LIMIT || !used.has(normal(`[${label}]`))) return ''
      return `${before}[${label}]: ${/\s/.test(address) ? '#' : address}`
    })
    .replace(FOOTNOTE, (whole, label: string) => (used.has(normal(`[${label}]`)) ? whole : ''))
}

/** The label in brackets. */
function normal(label: string): string {
  return label.slice(1, -1).replace(/\s+/g, ' ').trim().toLowerCase()
}
