import { messageKey } from '../../../src/core/decision/act.ts'
import { decide } from '../../../src/core/decision/decide.ts'
import type { Scene } from '../../../src/core/decision/decision.ts'
import { type Digest, EMPTY_DIGEST } from '../../../src/core/decision/digest.ts'
import type { Observed } from '../../../src/core/decision/observed.ts'
import type { Applied, Effect } from '../../../src/core/effect/effect.ts'
import type { Command } from '../../../src/core/intent/command.ts'
import type { RelayRecord } from '../../../src/core/record.ts'
import type { State } from '../../../src/core/session.ts'
import {
  ago,
  commandIntent,
  inShort,
  MINUTE,
  NOW,
  OTHER_KEY,
  PULL,
  REPOSITORY,
  record,
  refused,
  request,
  SESSION,
  say,
  scene,
  session,
  thread,
  tracking,
} from '../builders.ts'

const PLAN = { id: 'a1b2c3d4e5f6', steps: [{ title: 'Look', description: '' }] }
const digest = (over: Partial<Digest>): Digest => ({ ...EMPTY_DIGEST, ...over })
const planned = digest({ plan: PLAN, endsOn: 'plan' })

/** A command on a thread whose session nobody follows. */
function told(
  command: Command,
  state: State,
  observed: Partial<Observed> = {},
  over: Partial<RelayRecord> = {},
): Scene {
  return scene({
    intent: commandIntent(command),
    observed: {
      key: OTHER_KEY,
      trackings: [tracking({ run: undefined, phase: 'waiting', ...over }, { age: 10 * MINUTE })],
      session: session({ state }),
      requests: [request(command)],
      ...observed,
    },
  })
}
const ending = (one: Scene) => {
  const { effects, next, story } = decide(one)
  return { effects: effects.map(inShort), next, ...story.verdict }
}
const recordOf = (effects: Effect[]) => effects.find((effect) => effect.do === 'write')?.record

describe('the first command of a thread', () => {
  const first = (command: Command, observed: Partial<Observed> = {}) =>
    ending(
      scene({
        intent: commandIntent(command),
        observed: { key: OTHER_KEY, requests: [request(command)], ...observed },
      }),
    )

  test.each<{ name: string; command: Command; effects: string[]; reason: string }>([
    {
      name: 'free words',
      command: say('Mend it.'),
      effects: ['eyes comment 601', 'claim claimed'],
      reason: 'handed-over',
    },
    { name: 'bare', command: { verb: 'bare' }, effects: ['eyes comment 601', 'claim claimed'], reason: 'handed-over' },
    {
      name: 'new',
      command: { verb: 'new', text: 'x', flags: {}, cut: false },
      effects: ['eyes comment 601', 'claim claimed'],
      reason: 'handed-over',
    },
    { name: 'help', command: { verb: 'help' }, effects: ['rocket comment 601', 'note help #12'], reason: 'help' },
    {
      name: 'status',
      command: { verb: 'status' },
      effects: ['confused comment 601', 'note nothing-to-do #12'],
      reason: 'nothing-to-do',
    },
    {
      name: 'approve',
      command: { verb: 'approve', plan: '' },
      effects: ['confused comment 601', 'note nothing-to-do #12'],
      reason: 'nothing-to-do',
    },
    {
      name: 'stop',
      command: { verb: 'stop' },
      effects: ['confused comment 601', 'note nothing-to-do #12'],
      reason: 'nothing-to-do',
    },
    {
      name: 'retry',
      command: { verb: 'retry' },
      effects: ['confused comment 601', 'note nothing-to-do #12'],
      reason: 'nothing-to-do',
    },
    {
      name: 'reply',
      command: { verb: 'reply', text: 'x', cut: false },
      effects: ['confused comment 601', 'note nothing-to-do #12'],
      reason: 'nothing-to-do',
    },
    {
      name: 'two readings',
      command: { verb: 'unclear', why: 'ambiguous', words: 'stop it', verbMeant: 'stop' },
      effects: ['confused comment 601', 'note ambiguous #12'],
      reason: 'ambiguous',
    },
    {
      name: 'T-37 an unknown flag',
      command: { verb: 'unclear', why: 'unknown-flag', words: '--repo', verbMeant: undefined },
      effects: ['confused comment 601', 'note unknown-flag #12'],
      reason: 'unknown-flag',
    },
    {
      name: 'a slip',
      command: { verb: 'unclear', why: 'did-you-mean', words: 'aprove', verbMeant: 'approve' },
      effects: ['confused comment 601', 'note did-you-mean #12'],
      reason: 'did-you-mean',
    },
  ])('$name', ({ command, effects, reason }) => {
    expect(first(command)).toMatchObject({ effects, reason })
  })

  test('bare on a pull request of somebody else: help', () => {
    const intent = commandIntent({ verb: 'bare' }, { thread: { number: 34, kind: 'pull-request' } })
    const observed = {
      key: OTHER_KEY,
      requests: [request({ verb: 'bare' })],
      thread: thread({ number: 34, kind: 'pull-request' }),
    }
    expect(ending(scene({ intent, observed }))).toMatchObject({
      effects: ['rocket comment 601', 'note help #34'],
      reason: 'help',
    })
  })

  test('what was not understood is quoted in the answer', () => {
    const command: Command = { verb: 'unclear', why: 'unknown-flag', words: '--repo', verbMeant: undefined }
    const { effects } = decide(scene({ intent: commandIntent(command), observed: { requests: [request(command)] } }))
    expect(effects[1]).toMatchObject({ do: 'note', words: '--repo', key: 'answer-601' })
  })
})

describe('a pull request that a session made, which no tracking comment tells of', () => {
  const onPull = (command: Command) => {
    const intent = commandIntent(command, { thread: { number: 34, kind: 'pull-request' } })
    const own = thread({ number: 34, kind: 'pull-request', head: { branch: 'x', ofThisRepository: true } })
    return decide(
      scene({ intent, observed: { key: OTHER_KEY, maker: SESSION, thread: own, requests: [request(command)] } }),
    )
  }

  test('the session is taken on first, and the command stays open', () => {
    const { effects, next } = onPull(say('Also the months.'))
    expect(effects.map(inShort)).toEqual(['eyes comment 601', 'claim claimed'])
    expect(effects[1]).toMatchObject({ record: { session: SESSION, handled: 600 } })
    expect(next).toBe('again')
  })

  test('help needs no session', () => {
    expect(onPull({ verb: 'help' }).effects.map(inShort)).toEqual(['rocket comment 601', 'note help #34'])
  })
})

describe('a command on a thread with a session', () => {
  test.each<{ name: string; command: Command; state: State; effects: string[]; reason: string }>([
    {
      name: 'words while it works',
      command: say('Also the months.'),
      state: 'IN_PROGRESS',
      effects: ['eyes comment 601', 'write following', 'send'],
      reason: 'handed-over',
    },
    {
      name: 'an answer to its question',
      command: { verb: 'reply', text: 'Yes.', cut: false },
      state: 'AWAITING_USER_FEEDBACK',
      effects: ['eyes comment 601', 'write following', 'send'],
      reason: 'handed-over',
    },
    {
      name: 'F-24 words when it has completed',
      command: say('Also the months.'),
      state: 'COMPLETED',
      effects: ['eyes comment 601', 'write following', 'send'],
      reason: 'handed-over',
    },
    {
      name: 'words when it has failed',
      command: say('Again.'),
      state: 'FAILED',
      effects: ['eyes comment 601', 'claim claimed'],
      reason: 'handed-over',
    },
    {
      name: 'T-16 new while it works',
      command: { verb: 'new', text: 'x', flags: {}, cut: false },
      state: 'IN_PROGRESS',
      effects: ['confused comment 601', 'note already-running #12'],
      reason: 'already-running',
    },
    {
      name: 'retry while it works',
      command: { verb: 'retry' },
      state: 'PAUSED',
      effects: ['confused comment 601', 'note already-running #12'],
      reason: 'already-running',
    },
    {
      name: 'retry when it has failed',
      command: { verb: 'retry' },
      state: 'FAILED',
      effects: ['eyes comment 601', 'claim claimed'],
      reason: 'handed-over',
    },
    {
      name: 'approve while it works',
      command: { verb: 'approve', plan: '' },
      state: 'IN_PROGRESS',
      effects: ['confused comment 601', 'note nothing-to-do #12'],
      reason: 'nothing-to-do',
    },
    {
      name: 'stop',
      command: { verb: 'stop' },
      state: 'IN_PROGRESS',
      effects: ['eyes comment 601', 'write following', 'send'],
      reason: 'handed-over',
    },
    {
      name: 'stop when it has completed',
      command: { verb: 'stop' },
      state: 'COMPLETED',
      effects: ['confused comment 601', 'note nothing-to-do #12'],
      reason: 'nothing-to-do',
    },
    {
      name: 'a flag where none can be',
      command: { verb: 'say', text: 'x', flags: { branch: 'dev' }, cut: false },
      state: 'IN_PROGRESS',
      effects: ['confused comment 601', 'note unknown-flag #12'],
      reason: 'unknown-flag',
    },
  ])('$name', ({ command, state, effects, reason }) => {
    expect(ending(told(command, state))).toMatchObject({ effects, reason })
  })

  test('the message ends with a key of its own, and the record says first what is being done', () => {
    const { effects, next } = decide(told(say('Also the months.'), 'IN_PROGRESS'))
    const key = messageKey(record(), 601)
    expect(key).toMatch(/^012345[0-9a-f]{14}$/)
    expect(effects[1]).toMatchObject({
      record: { seq: 4, doing: { what: 'send', comment: 601 }, run: { id: '900', attempt: 1 } },
    })
    expect(effects[2]).toEqual({
      do: 'send',
      session: SESSION,
      message: `Also the months.\n\njules-relay: ${REPOSITORY}#12 ${key}`,
    })
    expect(next).toBe('again')
  })

  test('stop asks Jules to stop', () => {
    const { effects } = decide(told({ verb: 'stop' }, 'IN_PROGRESS'))
    expect(effects[2]).toMatchObject({ do: 'send', message: expect.stringMatching(/^Please stop working/) })
  })

  test('bare on a pull request that another thread started: help, on that pull request', () => {
    expect(ending(told({ verb: 'bare' }, 'IN_PROGRESS', { askedOn: 34 }))).toMatchObject({
      effects: ['rocket comment 601', 'note help #34'],
    })
  })

  test('a command that another run follows is left to it', () => {
    const own = tracking({ run: { id: '800', attempt: 1 } }, { age: MINUTE })
    expect(ending(told(say('x'), 'IN_PROGRESS', { trackings: [own] }))).toEqual({
      effects: [],
      next: 'done',
      outcome: 'ignored',
      reason: 'already-running',
    })
  })

  test('F-11 a command that is dealt with already', () => {
    expect(ending(told(say('x'), 'IN_PROGRESS', { requests: [] }))).toMatchObject({
      effects: [],
      outcome: 'ignored',
      reason: 'already-handled',
    })
  })

  test('F-09 a follower deals with the commands of others, oldest first, and goes on', () => {
    const requests = [request({ verb: 'help' }, { comment: 601 }), request({ verb: 'stop' }, { comment: 602 })]
    const decision = decide(scene({ observed: { trackings: [tracking()], session: session(), requests } }))
    expect(decision.effects.map(inShort)).toEqual(['rocket comment 601', 'note help #12'])
    expect(decision.next).toBe('again')
  })

  test('F-06 an answer that stands already is not posted again', () => {
    expect(ending(told({ verb: 'help' }, 'IN_PROGRESS', { notes: ['answer-601'] })).effects).toEqual([
      'rocket comment 601',
    ])
  })
})

describe('status', () => {
  test('brings comment, record and labels up to date, and ends a run that came for it', () => {
    const labels = ['jules: running']
    const one = told(
      { verb: 'status' },
      'COMPLETED',
      { thread: thread({ labels }), session: session({ state: 'COMPLETED', pullRequest: PULL }) },
      { phase: 'following' },
    )
    const { effects, next, story } = decide(one)
    expect(effects.map(inShort)).toEqual(['-jules: running', 'write settled', 'rocket comment 601'])
    expect(effects[1]).toMatchObject({
      record: { handledToo: [601] },
      story: { verdict: { outcome: 'pull-request', reason: 'completed' } },
    })
    expect(story.verdict).toEqual({ outcome: 'answered', reason: 'status' })
    expect(next).toBe('done')
  })

  test('asked of a follower, which goes on', () => {
    const requests = [request({ verb: 'status' }, { comment: 602 })]
    const { effects, next } = decide(scene({ observed: { trackings: [tracking()], session: session(), requests } }))
    expect(effects.map(inShort)).toContain('write following')
    expect(recordOf(effects)?.run).toEqual({ id: '900', attempt: 1 })
    expect(next).toBe('again')
  })
})

describe('T-23 approving a plan', () => {
  const approve = (plan = ''): Command => ({ verb: 'approve', plan })
  test.each([
    { name: 'the plan that the comment shows', plan: '', state: 'AWAITING_PLAN_APPROVAL' },
    { name: 'named by its first letters', plan: 'a1b2c3d4', state: 'AWAITING_PLAN_APPROVAL' },
    { name: 'a plan that has expired', plan: '', state: 'COMPLETED' },
  ] as const)('$name', ({ plan, state }) => {
    const { effects } = decide(told(approve(plan), state, { digest: planned }, { plan: PLAN.id }))
    expect(effects.map(inShort)).toEqual(['eyes comment 601', 'write following', 'approve'])
    expect(effects[1]).toMatchObject({ record: { doing: { what: 'approve', plan: PLAN.id, comment: 601 } } })
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

  test('F-52 told to stop: archived, no longer followed', () => {
    const { effects, next, story } = decide(
      begun({ verb: 'stop' }, { applied: ok(send), thread: thread({ labels: ['jules: running'] }) }),
    )
    expect(effects.map(inShort)).toEqual(['archive', '-jules: running', 'write stopped', 'rocket comment 601'])
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

  const arrived = digest({ lastLines: [`jules-relay: ${REPOSITORY}#12 ${messageKey(record(), 601)}`] })
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
