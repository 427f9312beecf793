import { EMPTY_DIGEST } from '../../../src/core/decision/activities/digest.ts'
import { giveUp, told } from '../../../src/core/decision/broken.ts'
import { decide } from '../../../src/core/decision/decide.ts'
import { rehearse } from '../../../src/core/decision/rehearse.ts'
import type { Effect } from '../../../src/core/effect/effect.ts'
import type { RelayRecord } from '../../../src/core/record.ts'
import {
  commandIntent,
  inShort,
  KEY,
  labelIntent,
  MINUTE,
  OTHER_KEY,
  refused,
  request,
  SESSION,
  say,
  scene,
  session,
  sessionIntent,
  story,
  thread,
  tracked,
  tracking,
  trouble,
} from '../builders.ts'

const write: Effect = { do: 'write', thread: 12, comment: 500, record: tracking().record, story: story() }
const labeled = thread({ labels: ['ask-jules'] })

describe('F-02 cancelled', () => {
  test('nothing is known so far: nothing is written', () => {
    const decision = decide(scene({ observed: { cancelled: true, thread: labeled } }))
    expect(decision).toMatchObject({
      effects: [],
      next: 'done',
      story: { verdict: { outcome: 'running', reason: 'cancelled' } },
    })
  })

  test.each<{ name: string; over: Partial<RelayRecord> }>([
    { name: 'while it follows', over: {} },
    {
      name: 'P12 while it creates: nothing new is begun',
      over: { phase: 'creating', session: '', doing: { what: 'create' } },
    },
    { name: 'while it sends', over: { doing: { what: 'send', comment: 601 } } },
  ])('$name: the record is let go as it stands', ({ over }) => {
    const own = tracking(over)
    const observed = { cancelled: true, thread: thread({ labels: ['jules: running'] }) }
    const { effects, next } = decide(tracked({ tracking: own, observed }))
    expect(effects).toMatchObject([{ do: 'write', record: { ...own.record, run: undefined, seq: own.record.seq + 1 } }])
    expect(next).toBe('done')
  })

  test('the record is let go already, or is that of another run: nothing is written', () => {
    for (const run of [undefined, { id: '800', attempt: 1 }])
      expect(decide(tracked({ tracking: tracking({ run }), observed: { cancelled: true } })).effects).toEqual([])
  })

  test('a session that the workflow file names: its own record is let go, and no other one', () => {
    const [own, other] = [tracking({ key: OTHER_KEY }), tracking({ session: '222' }, { comment: 510 })]
    const shown = thread({ labels: ['jules: running'] })
    const observed = { cancelled: true, trackings: [own, other], session: session(), thread: shown }
    const { effects } = decide(scene({ intent: sessionIntent('follow'), observed }))
    expect(effects).toMatchObject([{ do: 'write', comment: 500, record: { session: SESSION, run: undefined } }])
  })
})

describe('the thread can no longer be written to', () => {
  test('F-34 for good: the outputs tell why', () => {
    const denied = { failure: 'github-permission-missing', passing: false } as const
    const decision = decide(tracked({ observed: { applied: [refused(write, denied)] } }))
    expect(decision).toMatchObject({
      effects: [],
      next: 'done',
      story: { verdict: { outcome: 'failed', reason: 'github-permission-missing' }, session: { id: SESSION } },
    })
  })

  test('for a moment: it is tried again', () => {
    const decision = decide(tracked({ observed: { applied: [refused(write, { failure: 'github-unavailable' })] } }))
    expect(decision.effects.map(inShort)).toContain('write following')
  })

  test('a refused reaction or label is only a courtesy', () => {
    const eyes: Effect = { do: 'react', to: { kind: 'comment', id: 1 }, with: 'eyes' }
    const decision = decide(
      tracked({ observed: { applied: [refused(eyes, { failure: 'github-permission-missing', passing: false })] } }),
    )
    expect(decision.next).not.toBe('done')
  })

  test.each([
    { name: 'eight minutes after its wait', elapsed: 23 * MINUTE, ends: false },
    { name: 'later than eight minutes after its wait', elapsed: 23 * MINUTE + 1, ends: true },
  ])('P13 a job that goes on $name', ({ elapsed, ends }) => {
    const { story: seen } = decide(scene({ observed: { elapsed, thread: labeled } }))
    expect(seen.verdict.outcome === 'failed').toBe(ends)
    if (ends)
      expect(seen).toMatchObject({
        verdict: { reason: 'github-unavailable' },
        trouble: { sentence: expect.stringContaining('longer') },
      })
  })
})

describe('F-48 an error that nothing was planned for', () => {
  const bug = trouble({ failure: 'bug', sentence: 'Please report it.', passing: false })
  test('without a comment only the outputs tell', () => {
    expect(giveUp(scene(), bug)).toMatchObject({
      effects: [],
      next: 'done',
      story: { verdict: { outcome: 'failed', reason: 'bug' }, trouble: bug },
    })
  })

  test('with a comment it is told there, and the record stays as it was for the next run', () => {
    const own = tracking({ phase: 'creating', doing: { what: 'create' } })
    const { effects } = giveUp(tracked({ tracking: own }), bug)
    expect(effects).toMatchObject([
      {
        do: 'write',
        record: { phase: 'creating', doing: { what: 'create' }, run: undefined },
        story: { trouble: bug },
      },
    ])
  })
})

describe('F-34 the last write was refused', () => {
  const ended = story({ verdict: { outcome: 'pull-request', reason: 'completed' } })
  test.each([
    { name: 'nothing was refused', applied: [{ effect: write, ok: true }], outcome: 'pull-request' },
    {
      name: 'a permission is missing',
      applied: [refused(write, { failure: 'github-permission-missing' })],
      outcome: 'failed',
    },
    {
      name: 'GitHub was away for a moment',
      applied: [refused(write, { failure: 'github-unavailable' })],
      outcome: 'pull-request',
    },
    {
      name: 'a label was refused',
      applied: [refused({ do: 'label', thread: 12, name: 'x', on: true }, { failure: 'github-permission-missing' })],
      outcome: 'pull-request',
    },
  ] as const)('$name: $outcome', ({ applied, outcome }) => {
    expect(told(ended, applied).verdict.outcome).toBe(outcome)
  })
})

describe('a dry run', () => {
  const dry = (one: Parameters<typeof scene>[0]) => {
    const rehearsed = scene({ ...one, config: { dryRun: true, ...one?.config } })
    return rehearse(rehearsed, decide(rehearsed))
  }

  test('says in words what a real run would do, as far as the session', () => {
    expect(dry({ observed: { thread: labeled } })).toMatchObject({
      verdict: { outcome: 'dry-run', reason: 'done' },
      intended: [
        'react with eyes to the thread',
        'post the tracking comment on #12',
        'put on the label jules: running',
        'take off the label ask-jules',
        'bring the tracking comment up to date',
        'create a session of sources/github/acme/widgets from main',
      ],
    })
  })

  test('without a thread', () => {
    const intent = labelIntent({ thread: undefined, because: { kind: 'prompt', instruction: 'x' }, asker: undefined })
    expect(dry({ intent, observed: { thread: undefined } }).intended[0]).toBe('keep a record for this run')
  })

  test('by a command, with its own words', () => {
    const command = say('Mend it.')
    const found = dry({ intent: commandIntent(command), observed: { key: OTHER_KEY, requests: [request(command)] } })
    expect(found.intended).toContain('create a session of sources/github/acme/widgets from main')
  })

  test('an approval beside an earlier session of the thread, whose comment is left alone', () => {
    const plan = { id: 'a1b2c3d4e5f6', steps: [] }
    const earlier = tracking(
      { key: KEY, phase: 'failed', session: '111', run: undefined },
      { comment: 400, age: MINUTE },
    )
    const own = tracking({ key: 'e'.repeat(20), run: undefined, plan: plan.id }, { age: 10 * MINUTE })
    const command = { verb: 'approve', plan: '' } as const
    const observed = {
      key: OTHER_KEY,
      trackings: [earlier, own],
      session: session({ state: 'AWAITING_PLAN_APPROVAL' }),
      digest: { ...EMPTY_DIGEST, plan },
      requests: [request(command)],
    }
    expect(dry({ intent: commandIntent(command), observed }).intended).toEqual([
      'react with eyes to the comment',
      'bring the tracking comment up to date',
      `approve the plan of session ${SESSION}`,
    ])
  })

  test('what is only written down leads to nothing more', () => {
    const own = tracking({ run: undefined }, { age: 10 * MINUTE })
    const command = { verb: 'status' } as const
    const observed = { key: OTHER_KEY, trackings: [own], session: session(), requests: [request(command)] }
    expect(dry({ intent: commandIntent(command), observed }).intended).toEqual([
      'put on the label jules: running',
      'bring the tracking comment up to date',
      'react with rocket to the comment',
    ])
  })

  test.each([
    { name: 'a message', command: say('x'), state: 'IN_PROGRESS', words: `send a message to session ${SESSION}` },
    { name: 'stop', command: { verb: 'stop' }, state: 'IN_PROGRESS', words: `send a message to session ${SESSION}` },
    { name: 'help', command: { verb: 'help' }, state: 'IN_PROGRESS', words: 'post a short comment on #12 (help)' },
  ] as const)('to a session: $name', ({ command, state, words }) => {
    const own = tracking({ run: undefined }, { age: 10 * MINUTE })
    const found = dry({
      intent: commandIntent(command),
      observed: { key: OTHER_KEY, trackings: [own], session: session({ state }), requests: [request(command)] },
    })
    expect(found.intended).toContain(words)
  })

  test('what is ignored is told as it is', () => {
    expect(dry({ observed: { thread: thread() } })).toMatchObject({
      verdict: { outcome: 'ignored', reason: 'label-gone' },
      intended: [],
    })
  })

  test('what cannot be is told as it is', () => {
    const command = say('x')
    const intent = commandIntent(command)
    const unsure = { effect: 'claim', since: 0 } as const
    const observed = { elapsed: 60_000, requests: [request(command)], unsure, claims: 2 }
    expect(dry({ intent, observed })).toMatchObject({
      verdict: { outcome: 'failed', reason: 'github-unavailable' },
      intended: [],
    })
  })
})
