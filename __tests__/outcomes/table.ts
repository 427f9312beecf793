/** The tables of the stories: every outcome with each of its reasons. */
import type { Outcome, Reason } from '../../src/core/outcome.ts'
import type { Reach } from '../support/reached.ts'

/** Every reason of some outcomes: one that is missing does not compile. */
export type Table<O extends Outcome> = { [P in O]: { [R in Reason<P>]: Reach } }
