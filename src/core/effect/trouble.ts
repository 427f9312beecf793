/** What goes wrong, as data; the sentences are found in the shell, where the services are known. */
import type { Verdict } from '../outcome.ts'

/** Something that went wrong with a call: which of our failures it is, and a sentence that says what to do. */
export type Trouble = {
  failure: Extract<Verdict, { outcome: 'failed' }>['reason']
  sentence: string
  /** True: the same call may work later. */
  passing: boolean
  /** True: nobody knows whether the call had its effect. */
  unsure: boolean
  /** How long the service asks to wait, milliseconds. */
  waitMs?: number
  /** True: the refusal may as well mean that the request itself is wrong. */
  mistakable?: boolean
  /** Why the thread takes no more words from this run, where that is so. */
  refusal?: Refusal | undefined
  /** What the service said, where that helps a person; foreign text. */
  said?: string | undefined
}

/**
 * `comment-gone`: somebody has deleted our comment. `newer`: it is kept by a later version of the action. `token`: GitHub no
 * longer knows us.
 */
export type Refusal = 'locked' | 'deleted' | 'moved' | 'comment-gone' | 'newer' | 'token' | 'rate-limit'
