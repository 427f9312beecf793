/** A tag of HTML without what the page does not show of it: nobody sees attributes, and words can stand in them. */

export type Tag = {
  /** What is left of it. */
  kept: string
  /** Behind it. */
  end: number
}

const NAME = /<\/?[a-z][a-z\d-]*/iy
const EDGE = /(?=[\s/>])/y
/** Browsers take anything for a part of the name. */
const REST = /[^\s/>]*/y
/** An attribute as Markdown knows it, without its value. */
const ATTRIBUTE = /\s+[a-z_:][\w.:-]*/iy
/** In an HTML block anything may be one. */
const ANYTHING = /[\s/]*(?:[^\s/>="']+|["'=])/y
const EQUALS = /\s*=\s*/y
const CLOSING = /\s*\/?>/y
const VALUE = /[^\s"'=<>`]*/y

/** The tag that begins here; undefined where none does. `html`: in an HTML block, where tags are read as browsers do. */
export function readTag(given: string, at: number, html: boolean): Tag | undefined {
  const named = behind(NAME, given, at)
  const from = named === undefined ? undefined : behind(html ? REST : EDGE, given, named)
  if (from === undefined) return undefined
  const { kept, end, isWhole, values } = readAttributes(given, from, html)
  const closed = isWhole ? behind(CLOSING, given, end) : undefined
  const tag = given.slice(at, named) + kept
  if (closed !== undefined) return { kept: tag + given.slice(end, closed).trim(), end: closed }
  if (html) return { kept: tag, end: given.length }
  // What is no tag is text; but who knows where its values would have ended.
  return isWhole && values > 0 ? { kept: tag, end } : undefined
}

type Attributes = { kept: string; end: number; values: number; isWhole: boolean }

function readAttributes(given: string, from: number, html: boolean): Attributes {
  const read = { kept: '', end: from, values: 0, isWhole: true }
  for (;;) {
    const closes = behind(CLOSING, given, read.end) !== undefined
    const named = closes ? undefined : behind(html ? ANYTHING : ATTRIBUTE, given, read.end)
    if (named === undefined) return read
    const name = given.slice(read.end, named).replace(/^[\s/]+/, '')
    const equals = behind(EQUALS, given, named)
    read.end = equals ?? named
    if (equals === undefined) continue
    const value = valueAt(given, equals)
    if (value === undefined) return { ...read, isWhole: false }
    read.kept += shown(name, value.text)
    read.end = value.end
    read.values += 1
  }
}

/** Undefined where the quotes are never closed. */
function valueAt(given: string, at: number): { text: string; end: number } | undefined {
  const quote = given.charAt(at)
  if (quote !== '"' && quote !== "'") {
    const text = given.slice(at, behind(VALUE, given, at))
    return { text, end: at + text.length }
  }
  const close = given.indexOf(quote, at + 1)
  return close === -1 ? undefined : { text: given.slice(at + 1, close), end: close + 1 }
}

/** Where a link leads and where a picture is; how large it is says nothing. */
function shown(name: string, value: string): string {
  const known = /^(?:href|src)$/i.test(name) ? /^\S+$/ : /^(?:width|height)$/i.test(name) ? /^\d{1,5}%?$/ : undefined
  return known?.test(value) ? ` ${name}="${value}"` : ''
}

/** Where what the pattern finds here ends; undefined where it finds nothing. */
function behind(pattern: RegExp, given: string, at: number): number | undefined {
  pattern.lastIndex = at
  return pattern.test(given) ? pattern.lastIndex : undefined
}
