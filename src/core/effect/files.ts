/** Files of a session that a run has kept, as data; the words are found in core/report. */
import type { LeftOut } from '../session.ts'

export type Files = {
  /** '' where there is nothing to keep. */
  folder: string
  names: string[]
  leftOut: LeftOut
  /** The disk did not take them. */
  failed: boolean
}
