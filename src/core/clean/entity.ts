/** An entity of HTML: a character by its number or name. */

const ENTITY = /&(?:#\d{1,8};?|#x[\da-f]{1,7};?|[a-z]{2,31};)/iy
const UNSEEN = /^(?:[\p{Cf}\p{Default_Ignorable_Code_Point}]|[^\P{Cc}\t\n\r])$/u
const UNSEEN_NAMES =
  /^&(?:shy|zwnj|zwj|lrm|rlm|ZeroWidthSpace|Negative(?:VeryThin|Thin|Medium|Thick)Space|NoBreak|ApplyFunction|af|InvisibleTimes|it|InvisibleComma|ic);$/

/** How long the entity that begins here is, and whether it stands for a character that nobody sees. */
export function readEntity(given: string, at: number): { length: number; isUnseen: boolean } {
  ENTITY.lastIndex = at
  const found = ENTITY.test(given) ? given.slice(at, ENTITY.lastIndex) : '&'
  return { length: found.length, isUnseen: UNSEEN_NAMES.test(found) || UNSEEN.test(numbered(found)) }
}

/** The character that a number names, or ''. */
function numbered(entity: string): string {
  const point = Number(entity.replace(/^&#|;$/g, '').replace(/^x/i, '0x'))
  return point <= 0x10ffff ? String.fromCodePoint(point) : ''
}
