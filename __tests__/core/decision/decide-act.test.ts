import type { Digest } from '../../../src/core/decision/activities/digest.ts'
import { decide } from '../../../src/core/decision/decide.ts'
import { messageKey } from '../../../src/core/decision/message.ts'
import type { Observed } from '../../../src/core/decision/observed.ts'
import type { Applied, Effect } from '../../../src/core/effect/effect.ts'
import type { Command } from '../../../src/core/intent/command.ts'
import type { RelayRecord } from '../../../src/core/record.ts'
import {
  ago,
  inShort,
  MINUTE,
  NOW,
  REPOSITORY,
  record,
  refused,
  request,
  SESSION,
  say,
  scene,
  session,
  story,
  thread,
  tracking,
} from '../builders.ts'
import { afterWriting, digest, ending, PLAN, planned, recordOf, told } from './telling.ts'

describe('T-23 approving a plan', () => {
  const approve = (plan = ''): Command => ({ verb: 'approve', plan })
  test.each([
    { name: 'the plan that the comment shows', plan: '', state: 'AWAITING_PLAN_APPROVAL' },
    { name: 'named by its first letters', plan: 'a1b2c3d4', state: 'AWAITING_PLAN_APPROVAL' },
    { name: 'a plan that has expired', plan: '', state: 'COMPLETED' },
  ] as const)('$name', ({ plan, state }) => {
    const one = told(approve(plan), state, { digest: planned }, { plan: PLAN.id })
    const { effects, next } = decide(one)
    expect(effects.map(inShort)).toEqual(['eyes comment 601', 'write following'])
    expect(effects[1]).toMatchObject({ record: { doing: { what: 'approve', plan: PLAN.id, comment: 601 } } })
    expect(next).toEqual({ lookAfterMs: 3000 })
    expect(decide(afterWriting(one))).toMatchObject({ effects: [{ do: 'approve', session: SESSION }], next: 'again' })
  })

  test.each([
    { name: 'Jules has changed it since', plan: '', shown: 'another' },
    { name: 'the comment shows none so far', plan: '', shown: '' },
    { name: 'another one is named', plan: 'ffff0000', shown: PLAN.id },
  ])('$name: nothing is approved, the new plan is shown', ({ plan, shown }) => {
    const decision = decide(told(approve(plan), 'AWAITING_PLAN_APPROVAL', { digest: planned }, { plan: shown }))
    expect(decision.effects.map(inShort)).not.toContain('approve')
    expect(recordOf(decision.effects)).toMatchObject({ plan: PLAN.id, handledToo: [601] })
    expect(decision).toMatchObject({
      next: 'done',
      story: { verdict: { outcome: 'waiting-for-approval', reason: 'plan-changed' }, plan: PLAN },
    })
  })

  test('no plan is there at all', () => {
    const found = ending(told(approve(), 'AWAITING_PLAN_APPROVAL'))
    expect(found.effects).not.toContain('approve')
    expect(found).toMatchObject({ reason: 'plan-changed' })
  })
})

describe('F-08 two runs may have written the same down: an act waits until its record is known to stand', () => {
  const one = told(say('Go on.'), 'IN_PROGRESS')
  const since = (passed: number) => ({ elapsed: one.observed.elapsed + passed, now: one.observed.now + passed })

  test.each([
    { passed: 0, effects: [], next: { lookAfterMs: 3000 } },
    { passed: 1200, effects: [], next: { lookAfterMs: 1800 } },
    { passed: 2999, effects: [], next: { lookAfterMs: 1 } },
    { passed: 3000, effects: ['send'], next: 'again' },
    { passed: 60_000, effects: ['send'], next: 'again' },
  ])('$passed ms after the writing', ({ passed, effects, next }) => {
    expect(ending(afterWriting(one, since(passed)))).toEqual({
      effects,
      next,
      outcome: 'running',
      reason: 'handed-over',
    })
  })

  test.each(['send', 'approve'] as const)('without a comment nobody else can write: no wait (%s)', (what) => {
    const doing = what === 'send' ? ({ what, comment: 601 } as const) : { what, plan: PLAN.id, comment: 601 }
    const own = { ...tracking({ doing, plan: PLAN.id }), comment: undefined, url: '' }
    const shown = { story: story(), at: 20_000 }
    const seen = { trackings: [own], thread: undefined, digest: planned, shown }
    expect(ending(told(say('x'), 'IN_PROGRESS', seen))).toMatchObject({ effects: [what], next: 'again' })
  })

  test('the record of another run stands: that one acts', () => {
    expect(ending(afterWriting(one, { lost: true }))).toEqual({
      effects: [],
      next: 'done',
      outcome: 'running',
      reason: 'taken-over',
    })
  })

  test('another run has said it meanwhile: done, and not said twice', () => {
    const key = messageKey(record(), { what: 'send', comment: 601 })
    const found = ending(afterWriting(one, { digest: digest({ lastLines: [`jules-relay: ${REPOSITORY}#12 ${key}`] }) }))
    expect(found).toMatchObject({
      effects: ['+jules: running', 'write following', 'rocket comment 601'],
      next: 'again',
    })
  })

  test('T-23 Jules has another plan meanwhile: nothing is approved', () => {
    const approval = told(
      { verb: 'approve', plan: '' },
      'AWAITING_PLAN_APPROVAL',
      { digest: planned },
      { plan: PLAN.id },
    )
    const another = digest({ plan: { ...PLAN, id: 'ffff0000ffff' }, endsOn: 'plan' })
    const found = ending(afterWriting(approval, { digest: another }))
    expect(found).toMatchObject({ next: 'done', outcome: 'waiting-for-approval', reason: 'plan-changed' })
    expect(found.effects).not.toContain('approve')
  })

  test('the command was taken back meanwhile: nothing is sent, and the run does not go round in circles', () => {
    const found = ending(afterWriting(one, { requests: [] }))
    expect(found.effects).not.toContain('send')
    expect(found.next).not.toBe('again')
  })

  test('the writing was refused for the moment: it is written again, and nothing is sent', () => {
    const [, write] = decide(one).effects
    if (write === undefined) throw new Error('Nothing is written.')
    const found = ending(told(say('Go on.'), 'IN_PROGRESS', { applied: [refused(write)] }))
    expect(found).toMatchObject({
      effects: ['eyes comment 601', 'write following'],
      next: { lookAfterMs: 3000 },
    })
  })

  test('it was tried already, and nothing is known of it: look again', () => {
    expect(ending(afterWriting(one, { attempted: true }))).toMatchObject({
      effects: [],
      next: { lookAfterMs: 5000 },
    })
  })
})

describe('what came of a message or an approval', () => {
  const send: Effect = { do: 'send', session: SESSION, message: 'x' }
  const approval: Effect = { do: 'approve', session: SESSION }
  const sending = { doing: { what: 'send', comment: 601 }, phase: 'following', run: { id: '900', attempt: 1 } } as const
  const approving = { ...sending, doing: { what: 'approve', plan: PLAN.id, comment: 601 } } as const
  const begun = (command: Command, observed: Partial<Observed>, over: Partial<RelayRecord> = sending, age = 1000) =>
    told(command, 'IN_PROGRESS', { trackings: [tracking(over, { age })], ...observed })
  const ok = (effect: Effect): Applied[] => [{ effect, ok: true }]

  test.each([
    { name: 'sent', command: say('x'), over: sending, effect: send },
    { name: 'approved', command: { verb: 'approve', plan: '' } as const, over: approving, effect: approval },
  ])('$name: noted as done, with the time, so that older states do not count', ({ command, over, effect }) => {
    const { effects, next } = decide(begun(command, { applied: ok(effect) }, over))
    expect(effects.map(inShort)).toEqual(['+jules: running', 'write following', 'rocket comment 601'])
    expect(recordOf(effects)).toMatchObject({ doing: undefined, handledToo: [601], acted: new Date(NOW).toISOString() })
    expect(next).toBe('again')
  })

  test('asked on a pull request: a short answer there says where to look', () => {
    const { effects } = decide(begun(say('x'), { applied: ok(send), askedOn: 34 }))
    expect(effects.map(inShort)).toContain('note passed-on #34')
  })

  test('asked on the thread itself, and seen to by a run that came from the pull request: no answer is needed', () => {
    const requests = [request(say('x'), { on: 12 })]
    const { effects } = decide(begun(say('x'), { applied: ok(send), askedOn: 34, requests }))
    expect(effects.map(inShort)).not.toContain('note passed-on #34')
  })

  test('F-52 told to stop: archived, no longer followed', () => {
    const { effects, next, story } = decide(
      begun({ verb: 'stop' }, { applied: ok(send), thread: thread({ labels: ['jules: running'] }) }),
    )
    expect(effects.map(inShort)).toEqual(['archive', 'write stopped', '-jules: running', 'rocket comment 601'])
    expect(next).toBe('done')
    expect(story.verdict).toEqual({ outcome: 'stopped', reason: 'by-command' })
  })

  test.each([
    { name: 'message-refused', effect: send },
    { name: 'jules-unavailable', effect: approval },
  ] as const)('refused ($name): said, and the session lives on', ({ name, effect }) => {
    const { effects, next, story } = decide(
      begun(say('x'), { applied: [refused(effect, { failure: name, passing: false })] }),
    )
    expect(recordOf(effects)).toMatchObject({ phase: 'following', doing: undefined, handledToo: [601] })
    expect(next).toBe('done')
    expect(story).toMatchObject({ verdict: { outcome: 'failed', reason: name }, trouble: { failure: name } })
  })

  test.each([
    { state: 'IN_PROGRESS', phase: 'following', label: 'jules: running' },
    { state: 'AWAITING_USER_FEEDBACK', phase: 'waiting', label: 'jules: waiting' },
    { state: 'AWAITING_PLAN_APPROVAL', phase: 'waiting', label: 'jules: waiting' },
    { state: 'FAILED', phase: 'failed', label: 'jules: failed' },
  ] as const)('refused while it is $state: record and label tell how the session stands', ({ state, phase, label }) => {
    const applied = [refused(send, { failure: 'message-refused', passing: false })]
    const { effects } = decide(begun(say('x'), { applied, session: session({ state }) }))
    expect(effects.map(inShort)).toEqual(expect.arrayContaining([`+${label}`, `write ${phase}`]))
  })

  const noPlan = { failure: 'request-rejected', passing: false } as const

  test('an approval that Jules has given up waiting for counts as given: it is said in words later', () => {
    const one = begun(
      { verb: 'approve', plan: '' },
      { applied: [refused(approval, noPlan)], session: session({ state: 'COMPLETED' }) },
      approving,
    )
    const { effects, next } = decide(one)
    expect(recordOf(effects)).toMatchObject({ doing: undefined, approved: PLAN.id, handledToo: [601] })
    expect(next).toBe('again')
  })

  test.each<{ name: string; over: Partial<RelayRecord>; observed: Partial<Observed> }>([
    { name: 'while it works', over: approving, observed: { session: session({ state: 'IN_PROGRESS' }) } },
    { name: 'of a session that is gone', over: approving, observed: { session: 'gone' } },
    {
      name: 'for another reason',
      over: approving,
      observed: { applied: [refused(approval, { ...noPlan, failure: 'key-rejected' })] },
    },
    { name: 'of words', over: sending, observed: { applied: [refused(send, noPlan)] } },
  ])('a refusal $name ends the run', ({ over, observed }) => {
    const base = { applied: [refused(approval, noPlan)], session: session({ state: 'COMPLETED' }) }
    expect(decide(begun({ verb: 'approve', plan: '' }, { ...base, ...observed }, over)).story.verdict.outcome).toBe(
      'failed',
    )
  })

  const lost = (age: number, effect: 'send' | 'approve' = 'send'): Partial<Observed> => ({
    elapsed: 90_000,
    unsure: { effect, since: 90_000 - age },
    applied: [refused(effect === 'send' ? send : approval, { unsure: true })],
  })

  test('F-53 F-54 the answer was lost: look, and never send twice', () => {
    expect(ending(begun(say('x'), lost(59_999)))).toMatchObject({ effects: [], next: { lookAfterMs: 5000 } })
    expect(ending(begun({ verb: 'approve', plan: '' }, lost(59_999, 'approve'), approving))).toMatchObject({
      effects: [],
    })
  })

  test('F-53 the answer was lost, and after 60 s nobody knows', () => {
    const found = ending(begun(say('x'), lost(60_000)))
    expect(found).toMatchObject({ next: 'done', outcome: 'failed', reason: 'needs-attention' })
    expect(found.effects).not.toContain('send')
  })

  const arrived = digest({
    lastLines: [`jules-relay: ${REPOSITORY}#12 ${messageKey(record(), { what: 'send', comment: 601 })}`],
  })
  test('F-53 the answer was lost, and the message stands in the activities: done', () => {
    expect(ending(begun(say('x'), { ...lost(10_000), digest: arrived })).effects).toContain('rocket comment 601')
  })

  test('F-54 the answer was lost, and the plan is approved: done', () => {
    const approved = digest({ plan: PLAN, approved: [PLAN.id] })
    const found = ending(
      begun({ verb: 'approve', plan: '' }, { ...lost(10_000, 'approve'), digest: approved }, approving),
    )
    expect(found.effects).toContain('rocket comment 601')
  })

  describe('F-01 of a run that died', () => {
    test('the message stands in the activities: done, without the words of the command', () => {
      expect(ending(begun(say('x'), { digest: arrived, requests: [] })).effects).toContain('rocket comment 601')
    })

    test('less than 20 s ago: look again', () => {
      expect(ending(begun(say('x'), {}, sending, 19_999))).toMatchObject({ effects: [], next: { lookAfterMs: 5000 } })
    })

    test('20 s ago without a trace: the record once more, then the message', () => {
      const { effects } = decide(begun(say('x'), {}, sending, 20_000))
      expect(effects.map(inShort)).toEqual(['write following', 'send'])
    })

    test('20 s ago without a trace of an approval', () => {
      const { effects } = decide(begun({ verb: 'approve', plan: '' }, { digest: planned }, approving, 20_000))
      expect(effects.map(inShort)).toEqual(['write following', 'approve'])
    })

    test('the command is gone: needs attention, nothing is sent', () => {
      const found = ending(begun(say('x'), { requests: [] }, sending, 20_000))
      expect(found).toMatchObject({ outcome: 'failed', reason: 'needs-attention' })
      expect(found.effects).not.toContain('send')
    })
  })
})

describe('for 60 s after an act an older state does not count', () => {
  const acted = ago(30_000)
  const waiting = (over: Partial<Digest>, at = acted) =>
    ending(
      scene({
        observed: {
          trackings: [tracking({ acted: at })],
          session: session({ state: 'AWAITING_USER_FEEDBACK' }),
          digest: digest({ endsOn: 'question', message: 'Which?', ...over }),
        },
      }),
    )

  test.each([
    { name: 'nothing newer', over: { lastAgentAt: ago(40_000) }, reason: 'handed-over' },
    { name: 'nothing from the agent at all', over: {}, reason: 'handed-over' },
    { name: 'the agent has spoken since', over: { lastAgentAt: ago(10_000) }, reason: 'question' },
  ])('$name: $reason', ({ over, reason }) => {
    expect(waiting(over)).toMatchObject({ reason })
  })

  test('a minute later it counts', () => {
    expect(waiting({ lastAgentAt: ago(2 * MINUTE) }, ago(MINUTE))).toMatchObject({ reason: 'question' })
  })
})
