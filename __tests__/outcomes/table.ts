/** The tables of the stories: every outcome with each of its reasons, but for those that nothing comes to so far. */
import type { Outcome, Reason } from '../../src/core/outcome.ts'
import type { Reach } from '../support/reached.ts'

/** Parts of the contract that the action cannot come to yet: each waits for its row in one of the tables. */
export const NOT_YET = {
  queued: ['daily-quota-full'],
  ignored: ['part-of-review'],
  answered: ['changed-since-request'],
  healthy: ['done'],
  unhealthy: ['done'],
} as const satisfies { [O in Outcome]?: readonly Reason<O>[] }

type Gap<O extends Outcome> = O extends keyof typeof NOT_YET ? (typeof NOT_YET)[O][number] : never

/** Every reason of some outcomes: one that is missing does not compile, nor one that is still called not yet. */
export type Table<O extends Outcome> = { [P in O]: { [R in Exclude<Reason<P>, Gap<P>>]: Reach } }
