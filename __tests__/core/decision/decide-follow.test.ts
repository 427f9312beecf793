import { decide } from '../../../src/core/decision/decide.ts'
import { ago, inShort, MINUTE, PULL, promptIntent, scene, session, thread, tracking } from '../builders.ts'
import { ending, follow, PLAN, type Seen } from './following.ts'

describe('what a state asks for', () => {
  const rows: { name: string; seen: Seen; outcome: string; reason: string; ends: boolean }[] = [
    { name: 'QUEUED', seen: { session: { state: 'QUEUED' } }, outcome: 'running', reason: 'handed-over', ends: false },
    {
      name: 'PLANNING',
      seen: { session: { state: 'PLANNING' } },
      outcome: 'running',
      reason: 'handed-over',
      ends: false,
    },
    { name: 'IN_PROGRESS', seen: {}, outcome: 'running', reason: 'handed-over', ends: false },
    {
      name: 'F-18 an unknown state',
      seen: { session: { state: 'UNKNOWN', rawState: 'DANCING' } },
      outcome: 'running',
      reason: 'handed-over',
      ends: false,
    },
    {
      name: 'a session that was not read so far',
      seen: { observed: { session: undefined } },
      outcome: 'running',
      reason: 'handed-over',
      ends: false,
    },
    {
      name: 'a pull request, and work goes on',
      seen: { session: { pullRequest: PULL } },
      outcome: 'pull-request',
      reason: 'still-working',
      ends: false,
    },
    {
      name: 'a pull request, quiet for less than ten minutes',
      seen: {
        session: { pullRequest: PULL, created: ago(60 * MINUTE) },
        digest: { lastAgentAt: ago(10 * MINUTE - 1) },
      },
      outcome: 'pull-request',
      reason: 'still-working',
      ends: false,
    },
    {
      name: 'a pull request, quiet for ten minutes',
      seen: { session: { pullRequest: PULL, created: ago(60 * MINUTE) }, digest: { lastAgentAt: ago(10 * MINUTE) } },
      outcome: 'pull-request',
      reason: 'still-working',
      ends: true,
    },
    {
      name: 'F-25 AWAITING_PLAN_APPROVAL',
      seen: { session: { state: 'AWAITING_PLAN_APPROVAL' }, digest: { plan: PLAN, endsOn: 'plan' } },
      outcome: 'waiting-for-approval',
      reason: 'plan-ready',
      ends: true,
    },
    {
      name: 'F-25 AWAITING_USER_FEEDBACK',
      seen: { session: { state: 'AWAITING_USER_FEEDBACK' } },
      outcome: 'waiting-for-reply',
      reason: 'question',
      ends: true,
    },
    {
      name: 'F-25 PAUSED',
      seen: { session: { state: 'PAUSED' } },
      outcome: 'waiting-for-reply',
      reason: 'paused',
      ends: true,
    },
    {
      name: 'FAILED',
      seen: { session: { state: 'FAILED' }, digest: { why: 'No disk.' } },
      outcome: 'failed',
      reason: 'session-failed',
      ends: true,
    },
    { name: 'F-22 gone', seen: { observed: { session: 'gone' } }, outcome: 'failed', reason: 'gone', ends: true },
    {
      name: 'T-55 foreign',
      seen: { observed: { session: 'foreign' } },
      outcome: 'failed',
      reason: 'foreign-session',
      ends: true,
    },
    {
      name: 'COMPLETED with a pull request',
      seen: { session: { state: 'COMPLETED', pullRequest: PULL } },
      outcome: 'pull-request',
      reason: 'completed',
      ends: true,
    },
    {
      name: 'F-23 COMPLETED with a patch: the pull request may be late',
      seen: { session: { state: 'COMPLETED', patch: 'diff' }, observed: { settledLooks: 1 } },
      outcome: 'running',
      reason: 'handed-over',
      ends: false,
    },
    {
      name: 'F-23 COMPLETED with a patch, looked at often enough',
      seen: { session: { state: 'COMPLETED', patch: 'diff' }, observed: { settledLooks: 4 } },
      outcome: 'changes',
      reason: 'not-published',
      ends: true,
    },
    {
      name: 'COMPLETED with a patch, where no pull request was asked for',
      seen: { session: { state: 'COMPLETED', patch: 'diff' }, record: { noPullRequest: true } },
      outcome: 'changes',
      reason: 'not-published',
      ends: true,
    },
    {
      name: 'COMPLETED with a patch in the activities only',
      seen: { session: { state: 'COMPLETED' }, digest: { patch: 'diff' }, observed: { settledLooks: 4 } },
      outcome: 'changes',
      reason: 'not-published',
      ends: true,
    },
    {
      name: 'COMPLETED on a plan that nobody approved',
      seen: { session: { state: 'COMPLETED' }, digest: { plan: PLAN, endsOn: 'plan' } },
      outcome: 'waiting-for-approval',
      reason: 'plan-expired',
      ends: true,
    },
    {
      name: 'COMPLETED on an approved plan',
      seen: { session: { state: 'COMPLETED' }, digest: { plan: PLAN, endsOn: 'plan', approved: ['p1'] } },
      outcome: 'no-changes',
      reason: 'nothing-produced',
      ends: true,
    },
    {
      name: 'COMPLETED with an open question',
      seen: { session: { state: 'COMPLETED' }, digest: { endsOn: 'question', message: 'Which?' } },
      outcome: 'waiting-for-reply',
      reason: 'open-question',
      ends: true,
    },
    {
      name: 'COMPLETED with nothing',
      seen: { session: { state: 'COMPLETED' } },
      outcome: 'no-changes',
      reason: 'nothing-produced',
      ends: true,
    },
    {
      name: 'no agent activity for less than 15 minutes',
      seen: { session: { created: ago(60 * MINUTE) }, digest: { lastAgentAt: ago(15 * MINUTE - 1) } },
      outcome: 'running',
      reason: 'handed-over',
      ends: false,
    },
    {
      name: 'no agent activity for more than 15 minutes',
      seen: { session: { created: ago(60 * MINUTE) }, digest: { lastAgentAt: ago(15 * MINUTE + 1) } },
      outcome: 'running',
      reason: 'stalled',
      ends: false,
    },
    {
      name: 'a young session that has shown none so far',
      seen: { session: { created: ago(14 * MINUTE) }, digest: { lastAgentAt: '' } },
      outcome: 'running',
      reason: 'handed-over',
      ends: false,
    },
    {
      name: 'quiet, but told something since',
      seen: {
        session: { created: ago(60 * MINUTE) },
        digest: { lastAgentAt: ago(30 * MINUTE) },
        record: { acted: ago(5 * MINUTE) },
      },
      outcome: 'running',
      reason: 'handed-over',
      ends: false,
    },
    {
      name: 'F-18 no times at all',
      seen: { session: { created: '' }, digest: { lastAgentAt: '' } },
      outcome: 'running',
      reason: 'handed-over',
      ends: false,
    },
  ]
  test.each(rows)('$name: $outcome, $reason', ({ seen, outcome, reason, ends }) => {
    const found = ending(seen)
    expect(found).toMatchObject({ outcome, reason })
    expect(found.next === 'done').toBe(ends)
  })
})

describe('what is written when a job ends', () => {
  test.each([
    {
      name: 'a pull request',
      seen: { session: { state: 'COMPLETED', pullRequest: PULL } },
      effects: ['write settled', '-jules: running'],
    },
    {
      name: 'a question',
      seen: { session: { state: 'AWAITING_USER_FEEDBACK' } },
      effects: ['+jules: waiting', 'write waiting', '-jules: running', 'note needed #12'],
    },
    {
      name: 'a plan',
      seen: { session: { state: 'AWAITING_PLAN_APPROVAL' }, digest: { plan: PLAN } },
      effects: ['+jules: waiting', 'write waiting', '-jules: running', 'note needed #12'],
    },
    {
      name: 'a failure',
      seen: { session: { state: 'FAILED' } },
      effects: ['+jules: failed', 'write failed', '-jules: running', 'note needed #12'],
    },
    { name: 'nothing', seen: { session: { state: 'COMPLETED' } }, effects: ['write settled', '-jules: running'] },
  ] as const)('$name', ({ seen, effects }) => {
    const decision = follow({ ...seen, observed: { thread: thread({ labels: ['jules: running'] }) } })
    expect(decision.effects.map(inShort)).toEqual(effects)
    expect(decision.effects.find((effect) => effect.do === 'write')).toMatchObject({
      record: { run: undefined, doing: undefined, seq: 4 },
    })
  })

  test('labels are let be where the inputs say so', () => {
    expect(ending({ session: { state: 'PAUSED' }, config: { statusLabels: false } }).effects).toEqual([
      'write waiting',
      'note needed #12',
    ])
  })

  test('the plan that the comment shows is written down', () => {
    const { effects } = follow({ session: { state: 'AWAITING_PLAN_APPROVAL' }, digest: { plan: PLAN, endsOn: 'plan' } })
    expect(effects.find((effect) => effect.do === 'write')).toMatchObject({
      record: { plan: 'p1' },
      story: { plan: PLAN },
    })
  })
})

describe('the one new comment that notifies', () => {
  const notes = (seen: Seen) => ending(seen).effects.filter((effect) => effect.startsWith('note'))
  const asking: Seen = {
    session: { state: 'AWAITING_USER_FEEDBACK' },
    digest: { endsOn: 'question', message: 'Which?', messageId: 'ab12' },
  }
  const finished: Seen = { session: { state: 'COMPLETED', pullRequest: PULL } }
  test.each([
    { notify: 'needed', question: ['note needed #12'], done: [] },
    { notify: 'always', question: ['note needed #12'], done: ['note done #12'] },
    { notify: 'never', question: [], done: [] },
  ] as const)('notify: $notify', ({ notify, question, done }) => {
    expect(notes({ ...asking, config: { notify } })).toEqual(question)
    expect(notes({ ...finished, config: { notify } })).toEqual(done)
  })

  const keyOf = (seen: Seen) =>
    follow(seen).effects.flatMap((effect) => (effect.do === 'note' ? [effect.key] : []))[0] ?? ''
  test('F-06 its key is that of the question: the same one is never asked for twice, the next one is', () => {
    const key = keyOf(asking)
    expect(key).toMatch(/^[a-z0-9-]+$/)
    expect(notes({ ...asking, observed: { notes: [key] } })).toEqual([])
    expect(keyOf({ ...asking, digest: { ...asking.digest, messageId: 'cd34' } })).not.toBe(key)
    expect(keyOf({ ...asking, digest: { ...asking.digest, turns: 2 } })).not.toBe(key)
  })

  test('T-56 nothing of an id can break out of the key', () => {
    expect(keyOf({ ...asking, digest: { ...asking.digest, messageId: 'x--> <!--\n"A_' } })).toMatch(/^[a-z0-9-]+$/)
  })

  test('without a thread there is none', () => {
    const own = { ...tracking(), comment: undefined, url: '' }
    const intent = promptIntent({ thread: undefined, asker: undefined })
    const { effects } = decide(
      scene({ intent, observed: { thread: undefined, trackings: [own], session: session({ state: 'FAILED' }) } }),
    )
    expect(effects.map(inShort)).toEqual(['write failed'])
  })
})

describe('F-26 the end of the wait', () => {
  const late = { elapsed: 15 * MINUTE }
  test.each([
    { name: 'work goes on', seen: {}, outcome: 'running', reason: 'handed-over' },
    {
      name: 'a pull request is there',
      seen: { session: { pullRequest: PULL } },
      outcome: 'pull-request',
      reason: 'still-working',
    },
    {
      name: 'it stalls',
      seen: { session: { created: ago(60 * MINUTE) }, digest: { lastAgentAt: ago(30 * MINUTE) } },
      outcome: 'running',
      reason: 'stalled',
    },
    {
      name: 'a late pull request does not come',
      seen: { session: { state: 'COMPLETED', patch: 'diff' } },
      outcome: 'changes',
      reason: 'not-published',
    },
  ] as const)('$name: $reason', ({ seen, outcome, reason }) => {
    expect(ending({ ...seen, observed: late })).toMatchObject({ next: 'done', outcome, reason })
  })

  test('nobody holds the record any more, the comment says so, and the label stays', () => {
    const { effects } = follow({ observed: { ...late, thread: thread({ labels: ['jules: running'] }) } })
    expect(effects).toMatchObject([
      { do: 'write', record: { phase: 'following', run: undefined }, story: { followed: false } },
    ])
  })

  test('without a thread nobody follows', () => {
    const own = { ...tracking(), comment: undefined, url: '' }
    const intent = promptIntent({ thread: undefined, asker: undefined })
    const decision = decide(
      scene({ intent, observed: { ...late, thread: undefined, trackings: [own], session: session() } }),
    )
    expect(decision.story.verdict).toEqual({ outcome: 'running', reason: 'nobody-follows' })
  })

  test('wait-minutes 0: handed over at the first look', () => {
    expect(ending({ observed: { elapsed: 500 }, config: { waitMs: 0 } })).toMatchObject({
      next: 'done',
      reason: 'handed-over',
    })
  })
})
