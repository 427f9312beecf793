/** Where the next of the signs stands that end something in Markdown. */

type Find = (from: number) => number

/** What a title begins with. */
export type Mark = '"' | "'" | '('

/** Where the next one stands, infinitely far where there is none. Asked for places further and further on, so it goes over the text once. */
function next(given: string, pattern: RegExp): Find {
  let found = -1
  return (from) => {
    if (found >= from) return found
    pattern.lastIndex = from
    found = pattern.exec(given)?.index ?? Number.POSITIVE_INFINITY
    return found
  }
}

/** One for each sign. */
export function finders(given: string) {
  return {
    newline: next(given, /\n/g),
    emptyLine: next(given, /\n[ \t]*\n/g),
    angle: next(given, />/g),
    word: next(given, /\S/g),
    plain: addressEnds(given, /\s/g),
    angled: addressEnds(given, /(?<=>)/g),
  }
}

/** `edge`: behind the address. */
function addressEnds(given: string, edge: RegExp) {
  const ends: { [M in Mark]: Find } = {
    '"': next(given, /"\s*\)/g),
    "'": next(given, /'\s*\)/g),
    '(': next(given, /\)\s*\)/g),
  }
  return { edge: next(given, edge), word: next(given, /\S/g), ends }
}
