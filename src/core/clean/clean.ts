/** Takes out of foreign text what a reader of the rendered page would not see: comments, asides of the markup, invisible characters. */
import { withoutAsides } from './asides.ts'
import { withoutComments } from './comments.ts'
import { usedLabels, withoutDefinitions } from './definitions.ts'

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
  const page = withoutComments(given)
  const labels = usedLabels(page.parts.filter(({ kind }) => kind !== 'code').map(({ text }) => text))
  const cleaned = { text: '', hidden: hidden + page.hidden, invisible }
  for (const { kind, text } of page.parts) {
    const seen = kind === 'code' ? { text, hidden: 0, invisible: 0 } : withoutAsides(text, kind === 'html')
    const kept = kind === 'code' ? seen.text : withoutDefinitions(seen.text, labels)
    const visible = withoutInvisible(kept)
    cleaned.text += visible.text
    cleaned.hidden += seen.hidden + seen.text.length - kept.length
    cleaned.invisible += seen.invisible + visible.invisible
  }
  return cleaned
}

/** Nobody who means well hides things so deep: without these signs nothing can be hidden. */
function blunted({ text, hidden }: Cleaned): Pick<Cleaned, 'text' | 'hidden'> {
  const blunt = text.replace(/[<[\]&]/g, '')
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
