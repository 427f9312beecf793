/** Definitions of links and footnotes: nobody sees those that no text refers to, nor the titles of the others. */

/** `[label]: address "title"`; address and title may stand on lines of their own. */
const LINK =
  /^([ \t>*+\-\d.)]*)\[(?!\^)([^[\]]{1,999})\]:(?:[ \t]*\n)?[ \t]*(<[^<>\n]*>|[^\s<]\S*)(?:(?:[ \t]*\n[ \t]*|[ \t]+)(?:"[^"]*"|'[^']*'|\([^()]*\)))?[ \t]*$/gm
/** `[^label]: words`, up to a blank line, and with what is indented behind that. */
const FOOTNOTE =
  /^[ \t>*+\-\d.)]*\[(\^[^[\]\s]{1,999})\]:[^\n]*(?:\n(?![ \t]*\n)[^\n]+|(?:\n[ \t]*)+\n(?: {4}|\t)[^\n]+)*/gm
/** The name of a link is short; a longer one may say something. */
const NAME_LIMIT = 40

/** Linear. `used`: the labels of the whole page, and only the first definition of each is shown: it is taken out of them. */
export function withoutDefinitions(text: string, used: Set<string>): string {
  return text
    .replace(LINK, (_, before: string, label: string, address: string) => {
      if (label.length > NAME_LIMIT || !used.delete(normal(label))) return ''
      return `${before}[${label}]: ${/\s/.test(address) ? '#' : address}`
    })
    .replace(FOOTNOTE, (whole, label: string) => (used.delete(normal(label)) ? whole : ''))
}

/** How names are compared. */
export function normal(label: string): string {
  return label.replace(/\s+/g, ' ').trim().toLowerCase()
}
