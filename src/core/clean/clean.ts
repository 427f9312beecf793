/** Takes out of foreign text what a reader of the rendered page would not see: comments, asides of the markup, what is drawn unseen, invisible characters. */
import { withoutAsides } from './asides.ts'
import { withoutComments } from './comments.ts'
import { withoutDefinitions } from './definitions.ts'
import type { Page } from './nesting.ts'
import { withoutUndrawn } from './undrawn.ts'

export type Cleaned = {
  text: string
  /** UTF-16 units of comments, attributes and the like that were taken out. */
  hidden: number
  /** Invisible characters that were taken out. */
  invisible: number
}

/** Tags, zero-width, bidi and other characters without a picture of their own; tab and newlines stay. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]|[^\P{Cc}\t\n]/gu
const MOST_PASSES = 8

/** Linear. Code keeps what stands in it, for there it is visible. */
export function clean(foreign: string): Cleaned {
  let cleaned = { text: foreign.toWellFormed().replace(/\r\n?/g, '\n'), hidden: 0, invisible: 0 }
  // Taking something out may join something new together, so once more until nothing changes.
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    const next = once(cleaned)
    if (next.text === cleaned.text) return cleaned
    cleaned = next
  }
  return { ...cleaned, ...blunted(cleaned) }
}

function once({ text: given, hidden, invisible }: Cleaned): Cleaned {
  const { parts, hidden: comments } = withoutComments(given)
  const drawn = withoutUndrawn(parts)
  const undrawn = given.length - comments - drawn.length
  // What is left may be read in another way by now.
  if (undrawn > 0) return { text: drawn, hidden: hidden + comments + undrawn, invisible }
  const page: Page = { scale: 1, labels: new Set() }
  const cleaned = { text: '', hidden: hidden + comments, invisible }
  for (const { kind, ...seen } of parts.map((part) => ({ kind: part.kind, ...withoutAsides(part, page) }))) {
    const kept = kind === 'code' ? seen.text : withoutDefinitions(seen.text, page.labels)
    const visible = withoutInvisible(kept)
    cleaned.text += visible.text
    cleaned.hidden += seen.hidden + seen.text.length - kept.length
    cleaned.invisible += seen.invisible + visible.invisible
  }
  return cleaned
}

/** Nobody who means well hides things so deep: without these signs nothing can be hidden. */
function blunted({ text, hidden }: Cleaned): Pick<Cleaned, 'text' | 'hidden'> {
  const blunt = text.replace(/[<[\]&$|`~]/g, '')
  return { text: blunt, hidden: hidden + text.length - blunt.length }
}

/** Words of somebody who may ask: kept as they are, but for what cannot have been meant. */
export function withoutInvisible(words: string): Cleaned {
  let invisible = 0
  const text = words.replace(/\r\n?/g, '\n').replace(INVISIBLE, () => {
    invisible += 1
    return ''
  })
  return { text, hidden: 0, invisible }
}
