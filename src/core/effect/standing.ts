/** How a thread stands, and what makes sense to say to it then. */
import type { Verb } from '../intent/command.ts'

export const THREAD_PHASES = [
  'none',
  'queued',
  'working',
  'plan',
  'question',
  'paused',
  'expired',
  'unanswered',
  'completed',
  'failed',
  'over',
] as const
/**
 * How a thread stands, as far as its newest session goes. `queued`: its request waits for room at Jules, or its run died before
 * it had a session. `expired`: completed, for nobody approved its plan. `unanswered`: completed with a question and nothing
 * else. `failed`: there is no session, or it came to nothing. `over`: it was stopped or is gone, or its pull request was merged
 * or closed; it can no longer be talked to.
 */
export type ThreadPhase = (typeof THREAD_PHASES)[number]

/** `say`: free words. */
export type Sayable = Verb | 'say'

export type Standing = { phase: ThreadPhase; sayable: Sayable[] }
