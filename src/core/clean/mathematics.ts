/**
 * Takes out mathematics that can hide words: the page draws it, and what it draws need not be what stands there. The
 * commands are those of MathJax, which GitHub draws it with, that hide, move, shrink, cover or recolour what they are given.
 */
import { spanEnd } from './asides.ts'
import { HTML_BEGINS } from './comments.ts'

const COMMAND =
  /\\(?:[hv]?phantom|smash|(?:math|text|cramped)?(?:[rl]lap|clap)|[Tt]iny|m?kern|[hm](?:skip|space)|neg(?:thin|med|thick)space|raise(?:box)?|lower|move(?:left|right)|MoveEqLeft|(?:up|left)root|[Rr]ule|Space|mathchoice|mmlToken|(?:re|provide)?new(?:command|environment|tagform)|[egx]?def|let|Declare[A-Za-z]+|mathtoolsset|(?:define|cell|row|column)color|f?colorbox)(?![A-Za-z])/
const WITH_WORDS =
  /\\(?:label|(?:eq)?ref|tag|href|class|cssId|style|unicode|require|toggle|mathtip|texttip|bbox|enclose)\s*[{[]/
/** These can be read on a light page and on a dark one. */
const COLOUR =
  /\\(?:text)?color(?![A-Za-z]|\s{0,9}\{\s{0,9}(?:red|green|blue|orange|purple|magenta|teal|brown)\s{0,9}\})/
/** What is said of columns and lines is not shown. */
const FRAME =
  /\\begin\s{0,9}\{(?:(?:cramped)?(?:sub)?array\}\s{0,9}(?:\[[^\]]?\])?\s{0,9}\{[^{}]*[abd-km-qs-zA-Z@!<>]|[^{}]*(?:array|ed|\*)\}\s{0,9}\[[^\]][^\]]|spreadlines)|\\\\\*?\s{0,9}\[\s{0,9}-/
/** Each moves back by a sixth of a letter, what comes after it as well. */
const BACKWARDS = /(?:\\!\s{0,9}){9}/
/** The page is read before it is drawn: an entity may stand for the sign that a command or a remark begins with. */
const SIGN_AS_ENTITY = /&(?:bsol|percnt|#0{0,5}(?:37|92)|#[xX]0{0,4}(?:25|5[cC]))(?![\da-fA-F])/
/** The rest of the line is a remark of its author. */
const REMARK = /(?<!\\)(?:\\\\)*%/
const HIDING = [COMMAND, WITH_WORDS, COLOUR, FRAME, BACKWARDS, SIGN_AS_ENTITY]

/** Can mathematics that says this hide any of it? */
export function hides(mathematics: string): boolean {
  return REMARK.test(mathematics) || hasHidingCommand(mathematics)
}

function hasHidingCommand(text: string): boolean {
  // An entity may also stand for a letter of a command.
  return HIDING.some((pattern) => pattern.test(text)) || (text.includes('\\') && text.includes('&#'))
}

/** Linear. What stands between the first and the last dollar of a paragraph may be mathematics; where any of it hides something, all goes. */
export function withoutMathematics(text: string): string {
  if (!hides(text)) return text
  return text
    .split(/(\n[ \t]*\n)/)
    .map(ofParagraph)
    .join('')
}

function ofParagraph(paragraph: string): string {
  const { first, last } = dollars(paragraph)
  const between = paragraph.slice(first, last)
  if (!hasHidingCommand(between) && !hasRemark(between, paragraph.charAt(last))) return paragraph
  return paragraph.slice(0, first) + paragraph.slice(last)
}

/** Prices and the names of variables stand beside percents too, so only what is mathematics by every rule counts. */
function hasRemark(between: string, next: string): boolean {
  if (!REMARK.test(between)) return false
  if (holdsPair(between, '$$', '$$') || holdsPair(between, '$`', '`$')) return true
  const pieces = [...between.split('$').slice(0, -1), next]
  return pieces.some((piece, at) => at > 0 && isInline(piece, pieces[at + 1]) && REMARK.test(piece))
}

function holdsPair(text: string, opening: string, closing: string): boolean {
  const at = text.indexOf(opening)
  return at !== -1 && text.lastIndexOf(closing) > at + 1
}

function isInline(piece: string, behind: string | undefined): boolean {
  return behind !== undefined && !/^\s|\s$|^$/.test(piece) && !/^[a-z\d]/i.test(behind)
}

const SIGN = /`+|\$|&(?:#0{0,5}36|#[xX]0{0,4}24|dollar);?/g
/** In the middle of an address a back-tick begins no code. */
const AUTOLINK = /<[^\s<>`]+`/

/** From the first dollar that is not code for sure to behind the last. */
function dollars(paragraph: string): { first: number; last: number } {
  const found = { first: paragraph.length, last: 0 }
  const lines = paragraph.split('\n')
  let sure = !lines.some((line) => HTML_BEGINS.test(line) || AUTOLINK.test(line))
  let from = 0
  for (const line of lines) {
    for (let match = SIGN.exec(line); match !== null; match = SIGN.exec(line)) {
      const [text] = match
      if (!text.startsWith('`')) {
        found.first = Math.min(found.first, from + match.index)
        found.last = from + SIGN.lastIndex
      } else if (sure) {
        const end = line.charAt(match.index - 1) === '\\' ? undefined : spanEnd(line.slice(SIGN.lastIndex), text.length)
        sure = end !== undefined
        SIGN.lastIndex += end ?? 0
      }
    }
    from += line.length + 1
  }
  return found
}
