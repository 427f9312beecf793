import { failsTheStep, OUTCOMES, type Verdict } from '../../src/core/outcome.ts'

/** The public contract, written down by hand on purpose. */
const CONTRACT = {
  'pull-request': 'completed still-working merged closed-unmerged',
  changes: 'not-published',
  'no-changes': 'nothing-produced',
  'waiting-for-approval': 'plan-ready plan-expired plan-changed',
  'waiting-for-reply': 'question open-question paused',
  running: 'handed-over cancelled taken-over nobody-follows stalled',
  queued: 'quota-full daily-quota-full jules-unavailable',
  failed:
    'session-failed source-not-connected branch-not-found key-missing key-rejected message-refused request-rejected quota-full gone foreign-session github-permission-missing jules-unavailable github-unavailable needs-attention inputs-invalid not-github-com bug',
  stopped: 'by-command thread-closed',
  ignored:
    'event-not-handled not-a-command permission-too-low permission-unknown bot-not-allowed label-gone already-running already-handled edited fork not-our-pull-request part-of-review no-secrets-here thread-locked other-repository',
  answered: 'help status did-you-mean unknown-flag ambiguous nothing-to-do changed-since-request',
  swept: 'done',
  healthy: 'done',
  unhealthy: 'done',
  'dry-run': 'done',
  deleted: 'done',
  archived: 'done',
}

test('the outcomes and reasons are those of the contract', () => {
  const words = Object.entries(OUTCOMES).map(([outcome, reasons]) => [outcome, [...reasons].join(' ')])
  expect(Object.fromEntries(words)).toEqual(CONTRACT)
})

test.each<{ name: string; verdict: Verdict; failOn: boolean; fails: boolean }>([
  { name: 'a failure of ours', verdict: { outcome: 'failed', reason: 'key-rejected' }, failOn: true, fails: true },
  {
    name: 'a failure of ours, whatever is said of sessions',
    verdict: { outcome: 'failed', reason: 'bug' },
    failOn: false,
    fails: true,
  },
  { name: 'a failed session', verdict: { outcome: 'failed', reason: 'session-failed' }, failOn: true, fails: true },
  {
    name: 'a failed session that may fail',
    verdict: { outcome: 'failed', reason: 'session-failed' },
    failOn: false,
    fails: false,
  },
  { name: 'a bad set-up', verdict: { outcome: 'unhealthy', reason: 'done' }, failOn: true, fails: true },
  {
    name: 'an ignored event',
    verdict: { outcome: 'ignored', reason: 'permission-too-low' },
    failOn: true,
    fails: false,
  },
  { name: 'a queued thread', verdict: { outcome: 'queued', reason: 'quota-full' }, failOn: true, fails: false },
  { name: 'a pull request', verdict: { outcome: 'pull-request', reason: 'completed' }, failOn: true, fails: false },
])('does $name fail the step? $fails', ({ verdict, failOn, fails }) => {
  expect(failsTheStep(verdict, failOn)).toBe(fails)
})
