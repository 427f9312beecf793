/** Everything a run can come to, and why: the closed list of the public contract (docs/design.md). */
export const OUTCOMES = {
  'pull-request': ['completed', 'still-working', 'merged', 'closed-unmerged'],
  changes: ['not-published'],
  'no-changes': ['nothing-produced'],
  'waiting-for-approval': ['plan-ready', 'plan-expired', 'plan-changed'],
  'waiting-for-reply': ['question', 'open-question', 'paused'],
  running: ['handed-over', 'cancelled', 'taken-over', 'nobody-follows', 'stalled'],
  queued: ['quota-full', 'daily-quota-full', 'jules-unavailable'],
  failed: [
    'session-failed',
    'source-not-connected',
    'branch-not-found',
    'key-missing',
    'key-rejected',
    'message-refused',
    'request-rejected',
    'quota-full',
    'gone',
    'foreign-session',
    'github-permission-missing',
    'jules-unavailable',
    'github-unavailable',
    'needs-attention',
    'inputs-invalid',
    'not-github-com',
    'bug',
  ],
  stopped: ['by-command', 'thread-closed'],
  ignored: [
    'event-not-handled',
    'not-a-command',
    'permission-too-low',
    'permission-unknown',
    'bot-not-allowed',
    'label-gone',
    'already-running',
    'already-handled',
    'edited',
    'fork',
    'not-our-pull-request',
    'part-of-review',
    'no-secrets-here',
    'thread-locked',
    'other-repository',
  ],
  answered: ['help', 'status', 'did-you-mean', 'unknown-flag', 'ambiguous', 'nothing-to-do', 'changed-since-request'],
  swept: ['done'],
  healthy: ['done'],
  unhealthy: ['done'],
  'dry-run': ['done'],
  deleted: ['done'],
  archived: ['done'],
} as const

export type Outcome = keyof typeof OUTCOMES
export type Reason<O extends Outcome = Outcome> = (typeof OUTCOMES)[O][number]

/** An outcome with one of its own reasons. */
export type Verdict = { [O in Outcome]: { outcome: O; reason: Reason<O> } }[Outcome]

/** Why a run fails. */
export type Failure = Reason<'failed'>

/** Does the step fail? Only a failure of ours or the user's, and a bad set-up, turn a run red. */
export function failsTheStep(verdict: Verdict, failOnSessionFailure: boolean): boolean {
  if (verdict.reason === 'session-failed') return failOnSessionFailure
  return verdict.outcome === 'failed' || verdict.outcome === 'unhealthy'
}
