/**
 * The two tables that every decision about a request goes through: what is asked × how the thread stands.
 * A new command is a row here.
 */
import type { ThreadPhase } from '../effect/standing.ts'
import type { Session } from '../session.ts'
import type { Digest } from './activities/digest.ts'
import type { Observed, Tracking } from './observed.ts'

export { THREAD_PHASES, type ThreadPhase } from '../effect/standing.ts'

export const MOVES = ['start', 'send', 'approve', 'look', 'stop', 'restart', 'help', 'busy', 'nothing'] as const
export type Move = (typeof MOVES)[number]

type Row = Readonly<Record<ThreadPhase, Move>>

const row = (...moves: readonly [Move, Move, Move, Move, Move, Move, Move, Move, Move, Move, Move]): Row => {
  const [none, queued, working, plan, question, paused, expired, unanswered, completed, failed, over] = moves
  return { none, queued, working, plan, question, paused, expired, unanswered, completed, failed, over }
}

// biome-ignore format: a table is read by its columns
export const ON_COMMAND = {
  //                      none        queued      working     plan        question    paused      expired     unanswered  completed   failed      over
  say: row(               'start',    'start',    'send',     'send',     'send',     'send',     'send',     'send',     'send',     'start',    'start'),
  new: row(               'start',    'start',    'busy',     'busy',     'busy',     'busy',     'start',    'start',    'start',    'start',    'start'),
  plan: row(              'start',    'start',    'busy',     'busy',     'busy',     'busy',     'start',    'start',    'start',    'start',    'start'),
  approve: row(           'nothing',  'nothing',  'nothing',  'approve',  'nothing',  'nothing',  'approve',  'nothing',  'nothing',  'nothing',  'nothing'),
  reject: row(            'nothing',  'nothing',  'nothing',  'send',     'nothing',  'nothing',  'send',     'nothing',  'nothing',  'nothing',  'nothing'),
  reply: row(             'nothing',  'nothing',  'send',     'send',     'send',     'send',     'send',     'send',     'send',     'nothing',  'nothing'),
  status: row(            'nothing',  'look',     'look',     'look',     'look',     'look',     'look',     'look',     'look',     'look',     'look'),
  retry: row(             'nothing',  'restart',  'busy',     'busy',     'busy',     'busy',     'restart',  'restart',  'restart',  'restart',  'restart'),
  stop: row(              'nothing',  'stop',     'stop',     'stop',     'stop',     'stop',     'stop',     'stop',     'nothing',  'nothing',  'nothing'),
  help: row(              'help',     'help',     'help',     'help',     'help',     'help',     'help',     'help',     'help',     'help',     'help'),
  'bare on issue': row(   'start',    'look',     'look',     'look',     'look',     'look',     'look',     'look',     'look',     'start',    'start'),
  'bare on pull request': row('help',     'help',     'help',     'help',     'help',     'help',     'help',     'help',     'help',     'help',     'help'),
} as const satisfies Record<string, Row>

// biome-ignore format: a table is read by its columns
export const ON_EVENT = {
  //                      none        queued      working     plan        question    paused      expired     unanswered  completed   failed      over
  label: row(             'start',    'start',    'busy',     'busy',     'busy',     'busy',     'start',    'start',    'start',    'start',    'start'),
  prompt: row(            'start',    'start',    'busy',     'busy',     'busy',     'busy',     'start',    'start',    'start',    'start',    'start'),
} as const satisfies Record<string, Row>

/** How the thread stands. */
export function threadPhase(
  tracking: Tracking | undefined,
  { session, digest }: Pick<Observed, 'session' | 'digest'>,
): ThreadPhase {
  if (tracking === undefined) return 'none'
  const { record } = tracking
  if (record.phase === 'stopped' || record.phase === 'closed' || session === 'gone' || session === 'foreign')
    return 'over'
  // A claim whose run died before it had a session waits as well: for the next run.
  if (isUnstarted(tracking)) return 'queued'
  if (record.phase === 'failed' || record.session === '') return 'failed'
  // As long as it cannot be read, what the comment says is the best that is known.
  if (session === undefined) return record.phase === 'settled' ? 'completed' : 'working'
  const phase = PHASE_OF_STATE[session.state]
  if (phase !== 'completed') return phase
  if (isUnapproved(digest)) return 'expired'
  return isUnanswered(session, digest) ? 'unanswered' : phase
}

/** A request that may yet get a session. */
export function isUnstarted({ record }: Tracking): boolean {
  return record.session === '' && ['claimed', 'creating', 'queued'].includes(record.phase)
}

/** Does the session end on a plan that nobody has approved? */
export function isUnapproved(digest: Digest): boolean {
  return digest.endsOn === 'plan' && digest.plan !== undefined && !digest.approved.includes(digest.plan.id)
}

/** Does a completed session end on a question, with nothing to show for itself? */
export function isUnanswered({ pullRequest, patch }: Session, digest: Digest): boolean {
  return pullRequest === undefined && patch === '' && digest.patch === '' && digest.endsOn === 'question'
}

export const PHASE_OF_STATE = {
  QUEUED: 'working',
  PLANNING: 'working',
  IN_PROGRESS: 'working',
  UNKNOWN: 'working',
  AWAITING_PLAN_APPROVAL: 'plan',
  AWAITING_USER_FEEDBACK: 'question',
  PAUSED: 'paused',
  COMPLETED: 'completed',
  FAILED: 'failed',
} as const satisfies Record<Session['state'], ThreadPhase>
