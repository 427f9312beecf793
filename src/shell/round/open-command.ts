/** A command that nobody has dealt with, such as one whose event was lost. */
import { isOpen } from '../../core/decision/notice.ts'
import { accessOf } from '../observe/access.ts'
import type { Known } from '../observe/memory.ts'
import type { Parties } from '../parties.ts'
import type { Heard, Said } from './comments.ts'

/** What somebody who may ask has said, and nobody has dealt with. */
export async function openCommand(
  parties: Parties,
  known: Known,
  { trackings, notes, commands }: Heard,
): Promise<Said | undefined> {
  const watermark = Math.max(...trackings.map(({ record }) => record.handled))
  for (const said of commands) {
    const { comment, by } = said
    if (comment <= watermark || !isOpen({ comment }, trackings, notes)) continue
    const isKnown = known.access.has(by.id) || known.access.size < MOST_LOOKED_UP
    if (isKnown && (await accessOf(parties, known, by)).allowed) return said
  }
  return undefined
}

/** People whose permission is looked up at most, so that a crowd cannot use up our calls. */
const MOST_LOOKED_UP = 20
