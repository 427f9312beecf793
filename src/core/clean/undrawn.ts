/** Takes out what a page is given but does not draw as it stands. */
import type { Part } from './comments.ts'
import { withoutUnshown, withoutUnshownInside } from './fences.ts'
import { withoutMathematics } from './mathematics.ts'
import { withoutExtraCells } from './tables.ts'

/** Cells without a column, words beside the name of a language, and mathematics and diagrams that can hide words. */
export function withoutUndrawn(parts: readonly Part[]): string {
  let page = ''
  let text = ''
  for (const part of parts) {
    if (part.kind === 'code') {
      page += ofText(text) + withoutUnshown(part.text)
      text = ''
    } else text += part.text
  }
  return page + ofText(text)
}

/** All that stands between two blocks of code: a paragraph or a table may be of several parts. */
function ofText(text: string): string {
  return withoutMathematics(withoutUnshownInside(withoutExtraCells(text)))
}
