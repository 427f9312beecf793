/** What was taken out of the text of a prompt because no reader of the page would have seen it. */

import type { Cleaned } from '../../clean/clean.ts'
import type { Removed } from '../../effect/story.ts'

/** Issue templates hide a few words of advice; more than this may be meant for Jules. */
const HARMLESS_HIDDEN = 200
/** Tag characters spell whole sentences that nobody sees; bidi controls make them read otherwise. */
const SUSPICIOUS = /[\u{e0000}-\u{e007f}\p{Bidi_Control}]/u

/** One text of a prompt, as it was given and as it was cleaned. */
export type Piece = { given: string; cleaned: Cleaned }

export function tally(pieces: readonly Piece[]): Removed {
  const hidden = pieces.reduce((sum, { cleaned }) => sum + cleaned.hidden, 0)
  const invisible = pieces.reduce((sum, { cleaned }) => sum + cleaned.invisible, 0)
  const suspicious = hidden > HARMLESS_HIDDEN || pieces.some(({ given }) => SUSPICIOUS.test(given))
  return { hidden, invisible, suspicious }
}
