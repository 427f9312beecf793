import { EMPTY_DIGEST } from '../../../src/core/decision/activities/digest.ts'
import { decide } from '../../../src/core/decision/decide.ts'
import type { Observed } from '../../../src/core/decision/observed.ts'
import type { RelayRecord } from '../../../src/core/record.ts'
import {
  inShort,
  MINUTE,
  OTHER_KEY,
  PULL,
  promptIntent,
  SESSION,
  scene,
  session,
  story,
  tracking,
} from '../builders.ts'
import { byLabel, claimed, ending, short } from './starting.ts'

describe('F-01 a claim whose run died', () => {
  const theirs = { id: '800', attempt: 1 }
  const creating = { phase: 'creating', doing: { what: 'create' } } as const
  const rows: {
    name: string
    over: Partial<RelayRecord>
    age: number
    observed?: Partial<Observed>
    effects: string[]
    next: unknown
  }[] = [
    { name: 'claimed by another run just now', over: { run: theirs }, age: MINUTE, effects: [], next: 'done' },
    {
      name: 'claimed by another run two minutes ago',
      over: { run: theirs },
      age: 2 * MINUTE,
      effects: ['+jules: running', '-ask-jules', 'write creating', 'create'],
      next: 'again',
    },
    {
      name: 'claimed by an earlier attempt: no settle window',
      over: { run: { id: '900', attempt: 0 } },
      age: 0,
      effects: ['+jules: running', '-ask-jules', 'write creating', 'create'],
      next: 'again',
    },
    {
      name: 'creating by an earlier attempt, less than 20 s ago',
      over: { ...creating, run: { id: '900', attempt: 0 } },
      age: 19_999,
      effects: [],
      next: { lookAfterMs: 5000 },
    },
    {
      name: 'creating by an earlier attempt, 20 s ago',
      over: { ...creating, run: { id: '900', attempt: 0 } },
      age: 20_000,
      effects: ['+jules: running', '-ask-jules', 'write creating', 'create'],
      next: 'again',
    },
    {
      name: 'creating, and the session is there',
      over: { ...creating, run: { id: '900', attempt: 0 } },
      age: 0,
      observed: { found: SESSION },
      effects: ['+jules: running', 'write following'],
      next: 'again',
    },
    {
      name: 'creating by another run two minutes ago, and the session is there',
      over: { ...creating, run: theirs },
      age: 2 * MINUTE,
      observed: { found: SESSION },
      effects: ['+jules: running', 'write following'],
      next: 'again',
    },
    {
      name: 'claimed for another request, and its session is there after all',
      over: { ...creating, key: OTHER_KEY, run: theirs },
      age: 2 * MINUTE,
      observed: { found: SESSION },
      effects: ['+jules: running', 'write following'],
      next: 'again',
    },
    {
      name: 'claimed for another request, and nothing came of it: that one is stopped, this one is claimed',
      over: { key: OTHER_KEY, run: theirs },
      age: 2 * MINUTE,
      effects: ['eyes thread 12', 'write stopped', 'claim claimed'],
      next: 'again',
    },
    {
      name: 'queued for this request',
      over: { phase: 'queued', run: undefined },
      age: 10 * MINUTE,
      effects: ['+jules: running', '-ask-jules', 'write creating', 'create'],
      next: 'again',
    },
  ]
  test.each(rows)('$name', ({ over, age, observed, effects, next }) => {
    const decision = decide(byLabel({ trackings: [claimed(over, age)], ...observed }))
    expect(decision.effects.map(inShort)).toEqual(effects)
    expect(decision.next).toEqual(next)
  })

  test('taking over is written down before anything is created', () => {
    const { effects } = decide(
      byLabel({ run: { id: '900', attempt: 2, url: '' }, trackings: [claimed({ run: { id: '900', attempt: 1 } })] }),
    )
    expect(effects.find((effect) => effect.do === 'write')).toMatchObject({
      record: { run: { id: '900', attempt: 2 } },
    })
  })
})

describe('a label or a prompt on a thread with a session', () => {
  const other = tracking({ key: OTHER_KEY, run: undefined }, { age: 10 * MINUTE })
  test.each(['IN_PROGRESS', 'AWAITING_PLAN_APPROVAL', 'AWAITING_USER_FEEDBACK', 'PAUSED', 'UNKNOWN'] as const)(
    'a live one (%s): already running, label off',
    (state) => {
      expect(ending(byLabel({ trackings: [other], session: session({ state }) }))).toEqual({
        effects: ['-ask-jules'],
        next: 'done',
        outcome: 'ignored',
        reason: 'already-running',
      })
    },
  )

  const ended = (phase: RelayRecord['phase']) => tracking({ ...other.record, phase }, { age: 10 * MINUTE })
  test.each([
    { state: 'COMPLETED', phase: 'settled' },
    { state: 'FAILED', phase: 'failed' },
    { state: 'COMPLETED', phase: 'closed' },
  ] as const)('F-51 a settled one ($state, $phase): a new claim', ({ state, phase }) => {
    expect(short(byLabel({ trackings: [ended(phase)], session: session({ state }) }))).toEqual([
      'eyes thread 12',
      'claim claimed',
    ])
  })

  test.each([
    { name: 'it was said to be at work', state: 'COMPLETED', phase: 'following', told: 'settled' },
    { name: 'it was said to be at work', state: 'FAILED', phase: 'following', told: 'failed' },
    { name: 'it was said to wait', state: 'COMPLETED', phase: 'waiting', told: 'settled' },
  ] as const)('F-51 $name, and is $state: that is told first', ({ state, phase, told }) => {
    const decision = decide(byLabel({ trackings: [ended(phase)], session: session({ state }) }))
    expect(decision.effects.find((effect) => effect.do === 'write')).toMatchObject({ record: { phase: told } })
    expect(decision.effects.filter((effect) => effect.do === 'claim')).toEqual([])
    expect(decision.next).toBe('again')
  })

  test('F-51 it waits for an answer still, as the thread says: a new claim', () => {
    const digest = { ...EMPTY_DIGEST, endsOn: 'question' } as const
    const one = byLabel({ trackings: [ended('waiting')], session: session({ state: 'COMPLETED' }), digest })
    expect(short(one)).toEqual(['eyes thread 12', 'claim claimed'])
  })

  test('F-51 it has changes whose pull request may yet come: that is waited for', () => {
    const one = byLabel({ trackings: [ended('following')], session: session({ state: 'COMPLETED', patch: 'x' }) })
    expect(ending(one)).toMatchObject({ effects: [], next: { lookAfterMs: 5000 } })
  })

  test('a settled one, but the label is gone', () => {
    const observed = { trackings: [ended('settled')], session: session({ state: 'COMPLETED' }) }
    expect(ending(scene({ observed }))).toMatchObject({ effects: [], reason: 'label-gone' })
  })

  test('a prompt beside a live one', () => {
    expect(
      ending(scene({ intent: promptIntent(), observed: { trackings: [other], session: session() } })),
    ).toMatchObject({ effects: [], reason: 'already-running' })
  })

  test.each([
    { name: 'completed', state: 'COMPLETED' },
    { name: 'failed', state: 'FAILED' },
  ] as const)('F-12 the same request once more, $name: nothing', ({ state }) => {
    const own = tracking({ phase: 'settled', run: undefined }, { age: 10 * MINUTE })
    expect(ending(byLabel({ trackings: [own], session: session({ state }) }))).toEqual({
      effects: [],
      next: 'done',
      outcome: 'ignored',
      reason: 'already-handled',
    })
  })

  test('F-11 the same request once more, still live: it is followed', () => {
    const own = tracking({ run: undefined }, { age: 10 * MINUTE })
    const decision = decide(byLabel({ trackings: [own], session: session() }))
    expect(decision.effects.find((effect) => effect.do === 'write')).toMatchObject({
      record: { run: { id: '900', attempt: 1 } },
    })
    expect(decision.next).toEqual({ lookAfterMs: 48_300 })
  })

  describe('T-07 F-11 the same request once more, after a retry has taken its place', () => {
    const trackings = (over: Partial<RelayRecord> = {}) => [
      tracking({ session: '77', phase: 'failed', run: undefined }, { comment: 499, age: 20 * MINUTE }),
      tracking({ key: OTHER_KEY, replaces: '77', phase: 'settled', run: undefined, ...over }, { age: 10 * MINUTE }),
    ]
    const events = [
      { name: 'the label, which is there again', one: (seen: Partial<Observed>) => byLabel(seen) },
      {
        name: 'a prompt',
        one: (seen: Partial<Observed>) => scene({ intent: promptIntent(), observed: seen }),
      },
    ]
    const states = ['COMPLETED', 'FAILED'] as const

    test.each(events.flatMap((event) => states.map((state) => ({ ...event, state }))))(
      '$name, $state: nothing is started anew',
      ({ one, state }) => {
        expect(ending(one({ trackings: trackings(), session: session({ state }) }))).toEqual({
          effects: [],
          next: 'done',
          outcome: 'ignored',
          reason: 'already-handled',
        })
      },
    )

    test.each(events)('$name, still live: what took its place is followed', ({ one }) => {
      const { effects, next } = decide(one({ trackings: trackings({ phase: 'following' }), session: session() }))
      const write = effects.find((effect) => effect.do === 'write')
      expect(write).toMatchObject({ comment: 500, record: { key: OTHER_KEY, run: { id: '900', attempt: 1 } } })
      expect(next).toEqual({ lookAfterMs: 48_300 })
    })

    test('another request is one of its own', () => {
      const seen = { trackings: trackings(), key: 'e'.repeat(20), session: session({ state: 'COMPLETED' }) }
      expect(short(byLabel(seen))).toEqual(['eyes thread 12', 'claim claimed'])
    })
  })

  test('T-58 a run whose record was taken over stops writing', () => {
    expect(ending(byLabel({ trackings: [tracking()], session: session(), lost: true }))).toEqual({
      effects: [],
      next: 'done',
      outcome: 'running',
      reason: 'taken-over',
    })
  })

  describe('a session that this run has followed, finished by another run', () => {
    const shown = { story: story({ followed: true }), at: 0 }
    const over = (phase: RelayRecord['phase'], more: Partial<RelayRecord> = {}) =>
      tracking({ phase, run: undefined, ...more }, { age: 10 * MINUTE })

    test.each([
      { name: 'stopped', phase: 'stopped', state: 'IN_PROGRESS', outcome: 'running' },
      { name: 'done', phase: 'settled', state: 'COMPLETED', outcome: 'pull-request' },
    ] as const)('$name: nothing is written any more, and the run says how it stands', ({ phase, state, outcome }) => {
      const seen = session({ state, ...(state === 'COMPLETED' && { pullRequest: PULL }) })
      expect(ending(byLabel({ trackings: [over(phase)], session: seen, shown }))).toMatchObject({
        effects: [],
        next: 'done',
        outcome,
      })
    })

    test('by this run itself, which has told how it ended before it starts another one: that one is started', () => {
      const told = { story: story({ followed: false }), at: 0 }
      const one = { trackings: [over('settled')], key: 'e'.repeat(20), session: session({ state: 'COMPLETED' }) }
      expect(short(byLabel({ ...one, shown: told }))).toEqual(['eyes thread 12', 'claim claimed'])
    })

    test("a claim without a session is nobody else's ending", () => {
      const own = over('claimed', { session: '' })
      expect(ending(byLabel({ trackings: [own], shown })).effects).toContain('create')
    })
  })
})
