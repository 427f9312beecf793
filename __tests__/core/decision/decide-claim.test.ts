import { chosen } from '../../../src/core/decision/choose.ts'
import { decide } from '../../../src/core/decision/decide.ts'
import { isOpen } from '../../../src/core/decision/notice.ts'
import type { Observed, Tracking } from '../../../src/core/decision/observed.ts'
import type { RelayRecord } from '../../../src/core/record.ts'
import {
  inShort,
  labelIntent,
  MINUTE,
  OTHER_KEY,
  promptIntent,
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
import { byCommand, byLabel, claimed, ending, labeled, short } from './starting.ts'

describe('who is not heard', () => {
  test.each([
    {
      name: 'T-01 permission too low',
      observed: { access: { allowed: false, reason: 'permission-too-low' } },
      reason: 'permission-too-low',
    },
    {
      name: 'T-05 permission unknown',
      observed: { access: { allowed: false, reason: 'permission-unknown' } },
      reason: 'permission-unknown',
    },
    {
      name: 'T-02 a bot',
      observed: { access: { allowed: false, reason: 'bot-not-allowed' } },
      reason: 'bot-not-allowed',
    },
    {
      name: 'P11 nobody, though the job is cancelled',
      observed: { access: { allowed: false, reason: 'permission-too-low' }, cancelled: true },
      reason: 'permission-too-low',
    },
    {
      name: 'F-35 a locked thread',
      observed: { thread: thread({ locked: true, labels: ['ask-jules'] }) },
      reason: 'thread-locked',
    },
    {
      name: 'T-42 a pull request of a fork',
      observed: {
        thread: thread({
          kind: 'pull-request',
          labels: ['ask-jules'],
          head: { branch: 'x', commit: '', ofThisRepository: false },
        }),
      },
      reason: 'fork',
    },
    {
      name: 'T-25 the label was taken off again',
      observed: { thread: thread({ labels: ['bug'] }) },
      reason: 'label-gone',
    },
  ] as const)('$name', ({ observed, reason }) => {
    expect(ending(scene({ observed }))).toEqual({ effects: [], next: 'done', outcome: 'ignored', reason })
  })

  test('T-42 a command on a pull request of a fork is answered with the reason', () => {
    const fork = thread({ kind: 'pull-request', head: { branch: 'x', commit: '', ofThisRepository: false } })
    expect(ending(byCommand(say('x'), { thread: fork }))).toEqual({
      effects: ['confused comment 601', 'note fork #12'],
      next: 'done',
      outcome: 'ignored',
      reason: 'fork',
    })
  })

  test('F-11 a command that is dealt with already', () => {
    expect(ending(byCommand(say('x'), { requests: [] }))).toMatchObject({
      effects: [],
      outcome: 'ignored',
      reason: 'already-handled',
    })
  })
})

describe('the claim comes before everything else', () => {
  test('by a label', () => {
    const { effects, next } = decide(byLabel())
    expect(effects.map(inShort)).toEqual(['eyes thread 12', 'claim claimed'])
    expect(next).toBe('again')
    expect(effects[1]).toMatchObject({
      thread: 12,
      record: record({
        seq: 1,
        phase: 'claimed',
        session: '',
        request: { kind: 'label', id: 'ask-jules/2026-11-20T11:58:00Z', hash: 'cc' },
        author: 0,
      }),
    })
  })

  test('by a command', () => {
    const command = { verb: 'plan', text: 'x', flags: { noPullRequest: true }, cut: false } as const
    const { effects } = decide(byCommand(command, { oldComments: 77 }))
    expect(effects.map(inShort)).toEqual(['eyes comment 601', 'claim claimed'])
    expect(effects[1]).toMatchObject({
      record: {
        key: OTHER_KEY,
        request: { kind: 'comment', id: '601', hash: 'bb' },
        handled: 77,
        handledToo: [601],
        noPullRequest: true,
        planGate: true,
      },
      story: { requester: 'ada' },
    })
  })

  test('by the workflow file, in a thread', () => {
    expect(short(scene({ intent: promptIntent() }))).toEqual(['claim claimed'])
  })

  test('by the workflow file alone: the record has no thread and no requester', () => {
    const intent = promptIntent({ thread: undefined, asker: undefined })
    expect(decide(scene({ intent, observed: { thread: undefined } })).effects).toMatchObject([
      {
        do: 'claim',
        thread: undefined,
        record: { requester: { login: '', id: 0 }, request: { kind: 'prompt', id: '900' } },
      },
    ])
  })

  test.each([
    { name: 'plan approval', config: { requirePlanApproval: true }, found: { planGate: true, noPullRequest: false } },
    {
      name: 'no pull request',
      config: { autoCreatePullRequest: false },
      found: { planGate: false, noPullRequest: true },
    },
  ])('the inputs ask for $name', ({ config, found }) => {
    expect(decide(byLabel({}, config)).effects[1]).toMatchObject({ record: found })
  })

  test('a very long id of a request is cut, so that the record keeps its size', () => {
    const intent = labelIntent({ origin: { kind: 'label', id: 'x'.repeat(5000) } })
    expect(decide(scene({ intent, observed: { thread: labeled } })).effects[1]).toMatchObject({
      record: { request: { id: 'x'.repeat(100) } },
    })
  })

  test('T-56 a very long time of a request on a line is cut as well, and says still where that was', () => {
    const asked = request(say('x'), { comment: 701, of: 'line', at: '9'.repeat(5000) })
    const { effects } = decide(byCommand(say('x'), { requests: [asked] }))
    expect(effects.at(-1)).toMatchObject({ record: { request: { kind: 'line', id: `701/${'9'.repeat(40)}` } } })
  })

  const settled = tracking({ key: OTHER_KEY, phase: 'settled', run: undefined }, { comment: 499, age: 10 * MINUTE })
  const threads: { where: string; observed: Partial<Observed> }[] = [
    { where: 'the first request', observed: {} },
    { where: 'a later request', observed: { trackings: [settled], session: session({ state: 'COMPLETED' }) } },
  ]
  const lost = [
    { name: 'looks for it', age: 59_999, claims: 1, effects: [], next: { lookAfterMs: 5000 } },
    {
      name: 'posts it once more after a minute',
      age: 60_000,
      claims: 1,
      effects: ['eyes thread 12', 'claim claimed'],
      next: 'again',
    },
    { name: 'looks for the second one too', age: 59_999, claims: 2, effects: [], next: { lookAfterMs: 5000 } },
    { name: 'gives up after two', age: 60_000, claims: 2, effects: [], next: 'done' },
  ]
  test.each(threads.flatMap((thread) => lost.map((row) => ({ ...thread, ...row }))))(
    'F-06 the answer to the claim was lost, for $where of the thread: $name',
    ({ observed, age, claims, effects, next }) => {
      const [, claim] = decide(byLabel()).effects
      if (claim === undefined) throw new Error('Nothing is claimed.')
      const applied = [refused(claim, { failure: 'github-unavailable', unsure: true })]
      const unsure = { effect: 'claim', since: 90_000 - age } as const
      const found = ending(byLabel({ ...observed, elapsed: 90_000, unsure, claims, applied }))
      expect(found).toMatchObject({ effects, next })
      if (next === 'done') expect(found).toMatchObject({ outcome: 'failed', reason: 'github-unavailable' })
    },
  )

  test('F-06 the second claim was answered: the work goes on', () => {
    expect(short(byLabel({ trackings: [settled, claimed()], claims: 2 }))).toContain('create')
  })
})

describe('F-08 two runs at once', () => {
  const sweep = (observed: Partial<Observed>) =>
    scene({ intent: labelIntent({ because: { kind: 'sweep' } }), observed })
  const theirs = { id: '800', attempt: 1 }
  test('the later claim takes itself back', () => {
    const first = tracking({ phase: 'claimed', session: '', run: theirs }, { comment: 499, age: 1000 })
    const decision = decide(byLabel({ trackings: [first, claimed()] }))
    expect(decision.effects).toEqual([{ do: 'fold', comment: 500 }])
    expect(decision).toMatchObject({
      next: 'done',
      story: { verdict: { outcome: 'ignored', reason: 'already-running' }, commentUrl: first.url },
    })
  })

  test('F-06 an earlier attempt of this run has claimed too: the second claim is taken back, the work goes on', () => {
    const first = tracking({ phase: 'claimed', session: '' }, { comment: 499, age: 1000 })
    const second = claimed({ run: { id: '900', attempt: 2 } })
    const decision = decide(byLabel({ run: { id: '900', attempt: 2, url: '' }, trackings: [first, second] }))
    expect(decision).toMatchObject({ effects: [{ do: 'fold', comment: 500 }], next: 'again' })
  })

  test('F-06 a claim whose answer was lost stands after all, and so does the second one: that is taken back', () => {
    const first = tracking({ phase: 'claimed', session: '' }, { comment: 499, age: 21_000 })
    const decision = decide(byLabel({ trackings: [first, claimed()] }))
    expect(decision).toMatchObject({ effects: [{ do: 'fold', comment: 500 }], next: 'again' })
  })

  describe('F-28 another run has seen to the command meanwhile', () => {
    const asked = { kind: 'comment', id: '601', hash: '' } as const
    const said = (record: Partial<RelayRecord>) =>
      tracking({ key: OTHER_KEY, phase: 'stopped', run: undefined, ...record }, { comment: 499, age: MINUTE })
    const line = { kind: 'line', id: '601/2026', hash: '' } as const
    test.each([
      {
        name: 'this run takes its claim back',
        other: said({ handledToo: [601] }),
        over: { request: asked },
        effects: ['fold 500', '-ask-jules'],
        next: 'done',
      },
      {
        name: 'a line of code',
        other: said({ handledOn: { line: [601], review: [], tick: [] } }),
        over: { request: line },
        effects: ['fold 500', '-ask-jules'],
        next: 'done',
      },
      {
        name: 'a run that comes later takes it back, and goes on',
        other: said({ handledToo: [601] }),
        over: { request: asked, run: undefined },
        effects: ['fold 500'],
        next: 'again',
      },
    ])('$name', ({ other, over, effects, next }) => {
      expect(ending(byLabel({ trackings: [other, claimed(over)] }))).toMatchObject({ effects, next })
    })
    test.each([
      { name: 'it is only as old as what was seen to', other: said({ handled: 700 }), over: { request: asked } },
      { name: 'what a label asks has no place', other: said({ handledToo: [601] }), over: {} },
    ])('$name: the claim stands', ({ other, over }) => {
      expect(short(byLabel({ trackings: [other, claimed(over)] }))).toContain('create')
    })
  })

  test('F-02 the run was cancelled and has let go of its first claim: the next attempt goes on with that', () => {
    const first = tracking({ phase: 'claimed', session: '', run: undefined }, { comment: 499, age: 1000 })
    const decision = decide(byLabel({ run: { id: '900', attempt: 2, url: '' }, trackings: [first, claimed()] }))
    expect(decision).toMatchObject({ effects: [{ do: 'fold', comment: 500 }], next: 'again' })
  })

  const another = (over: Partial<RelayRecord> = {}, more: { comment?: number; age?: number } = {}) =>
    tracking(
      { key: OTHER_KEY, phase: 'claimed', session: '', run: theirs, ...over },
      { comment: 499, age: 1000, ...more },
    )

  test.each<{ name: string; first: Tracking }>([
    { name: 'has claimed', first: another() },
    { name: 'creates', first: another({ phase: 'creating', doing: { what: 'create' } }) },
    { name: 'follows', first: another({ phase: 'following', session: SESSION }) },
    { name: 'has claimed almost two minutes ago', first: another({}, { age: 2 * MINUTE - 1 }) },
  ])('the run of another request, which came first, $name: ours is taken back, and its label off', ({ first }) => {
    const one = byLabel({ trackings: [first, claimed()] })
    expect(ending(one)).toMatchObject({
      effects: ['fold 500', '-ask-jules'],
      next: 'done',
      outcome: 'ignored',
      reason: 'already-running',
    })
    // Ours will not be there any more.
    expect(decide(one).story.commentUrl).toBe(first.url)
  })

  test.each<{ name: string; other: Tracking }>([
    { name: 'came later', other: another({}, { comment: 501 }) },
    { name: 'has died', other: another({}, { age: 2 * MINUTE }) },
    { name: 'has ended', other: another({ run: undefined }) },
    { name: 'is queued', other: another({ phase: 'queued' }) },
    { name: 'is settled', other: another({ phase: 'settled', session: SESSION }) },
    { name: 'has failed', other: another({ phase: 'failed' }) },
    { name: 'is another attempt of ours', other: another({ run: { id: '900', attempt: 0 } }) },
  ])('another request $name: ours goes on', ({ other }) => {
    const trackings = [other, claimed()].sort((one, two) => (one.comment ?? 0) - (two.comment ?? 0))
    expect(short(byLabel({ trackings }))).toContain('create')
  })

  test.each<{ name: string; over: Partial<RelayRecord>; effect: string }>([
    { name: 'is creating already', over: { phase: 'creating' }, effect: 'create' },
    { name: 'has a session', over: { session: SESSION, phase: 'following' }, effect: 'write following' },
  ])('our request $name: it is not taken back', ({ over, effect }) => {
    const effects = short(byLabel({ trackings: [another(), claimed(over)], session: session() }))
    expect(effects).toContain(effect)
    expect(effects).not.toContain('fold 500')
  })

  const overtaking = (over: Partial<RelayRecord> = {}, age = 500) =>
    another({ phase: 'following', session: SESSION, run: undefined, ...over }, { age })
  test.each<{ name: string; other: Tracking; own: Tracking; observed: Partial<Observed>; taken: boolean }>([
    { name: 'got a session meanwhile', other: overtaking(), own: claimed(), observed: { claims: 1 }, taken: true },
    {
      name: 'got a session that waits for a person',
      other: overtaking({ phase: 'waiting' }),
      own: claimed(),
      observed: { claims: 1 },
      taken: true,
    },
    {
      name: 'got a session before this run began',
      other: overtaking({}, 20_001),
      own: claimed(),
      observed: { claims: 1 },
      taken: false,
    },
    {
      name: 'got a session after the run that had claimed died',
      other: overtaking({}, 5 * MINUTE),
      own: claimed({}, 6 * MINUTE),
      observed: {},
      taken: true,
    },
    {
      name: 'got a session, and the one that was to be created surely is not there',
      other: overtaking({}, 5 * MINUTE),
      own: claimed({ phase: 'creating', doing: { what: 'create' } }, 6 * MINUTE),
      observed: {},
      taken: true,
    },
    {
      name: 'got a session, which was judged',
      other: overtaking(),
      own: claimed(),
      observed: { claims: 2 },
      taken: false,
    },
  ])('another request $name: is ours taken back? $taken', ({ other, own, observed, taken }) => {
    const { effects, next } = decide(byLabel({ trackings: [other, own], ...observed }))
    expect(next).toBe('again')
    expect(effects.map(inShort).includes('fold 500')).toBe(taken)
    expect(effects.map(inShort).includes('create')).toBe(!taken)
  })

  test('what is overtaken and has no comment leaves nothing to take back', () => {
    const own = { ...claimed(), comment: undefined, url: '' }
    expect(decide(byLabel({ trackings: [overtaking(), own], claims: 1 }))).toMatchObject({ effects: [], next: 'again' })
  })

  test('what waits for room at Jules is not overtaken', () => {
    const own = claimed({ phase: 'queued', queued: { since: '2026-11-20T11:00:00Z', tries: 1 } })
    expect(short(byLabel({ trackings: [overtaking(), own], claims: 1 }))).not.toContain('fold 500')
  })

  test("a run that has claimed for another one's command carries that on before its own", () => {
    const done = tracking({ phase: 'failed', run: undefined }, { comment: 499, age: MINUTE })
    const begun = claimed({ key: OTHER_KEY })
    expect(chosen(labelIntent(), { ...scene().observed, trackings: [done, begun] })).toBe(begun)
  })

  test('a claim without a comment has nothing to take back', () => {
    const first = tracking({ phase: 'claimed', session: '', run: theirs }, { comment: 499, age: 1000 })
    const own = { ...claimed(), comment: undefined, url: '' }
    expect(ending(byLabel({ trackings: [first, own] }))).toMatchObject({ effects: [], reason: 'already-running' })
  })

  test('the earlier claim goes on, and leaves the other one to its run', () => {
    const second = tracking({ phase: 'claimed', session: '', run: theirs }, { comment: 501, age: 1000 })
    expect(short(byLabel({ trackings: [claimed(), second] }))).toContain('create')
  })

  test.each([
    { name: 'for this request', one: byLabel, own: claimed() },
    { name: 'for another one', one: byLabel, own: claimed({ key: OTHER_KEY, phase: 'failed', run: undefined }) },
    { name: 'in a sweep', one: sweep, own: claimed({ phase: 'queued', run: undefined }) },
  ])('F-08 $name: a second claim whose run died is taken back, and the first one counts', ({ one, own }) => {
    const { key, phase } = own.record
    const dead = tracking({ key, phase, session: '', run: theirs }, { comment: 501, age: 3 * MINUTE })
    expect(decide(one({ trackings: [own, dead] }))).toMatchObject({
      effects: [{ do: 'fold', comment: 501 }],
      next: 'again',
    })
  })

  test('T-60 of our own second claims each is taken back, and no comment of another run', () => {
    const first = tracking({ phase: 'claimed', session: '', run: theirs }, { comment: 499, age: 1000 })
    const third = tracking(
      { phase: 'claimed', session: '', run: { id: '801', attempt: 1 } },
      { comment: 502, age: 1000 },
    )
    expect(short(byLabel({ trackings: [first, claimed(), third] }))).toEqual(['fold 500'])
  })

  test('another run follows the thread: nothing is done', () => {
    const own = tracking({ run: theirs }, { age: MINUTE })
    expect(ending(byLabel({ trackings: [own], session: session() }))).toMatchObject({
      effects: [],
      outcome: 'ignored',
      reason: 'already-running',
    })
  })

  test('another run follows another request: the label is taken off', () => {
    const own = tracking({ run: theirs, key: OTHER_KEY }, { age: MINUTE })
    expect(ending(byLabel({ trackings: [own], session: session() }))).toEqual({
      effects: ['-ask-jules'],
      next: 'done',
      outcome: 'ignored',
      reason: 'already-running',
    })
  })
})

describe('is a comment open?', () => {
  const seen = tracking({ handledOn: { line: [601], review: [], tick: [] } })
  test.each<{
    name: string
    comment: number
    of?: 'line' | 'review'
    trackings: Tracking[]
    notes: string[]
    open: boolean
  }>([
    { name: 'nobody has dealt with it', comment: 601, trackings: [tracking()], notes: ['answer-600'], open: true },
    { name: 'a record holds it', comment: 99, trackings: [tracking()], notes: [], open: false },
    { name: 'it has its answer', comment: 601, trackings: [], notes: ['answer-601'], open: false },
    { name: 'F-11 a record holds the line', comment: 601, of: 'line', trackings: [seen], notes: [], open: false },
    {
      name: 'a record holds the line, not the review',
      comment: 601,
      of: 'review',
      trackings: [seen],
      notes: [],
      open: true,
    },
    { name: 'a record holds the line, not the comment', comment: 601, trackings: [seen], notes: [], open: true },
    { name: 'below the watermark of comments', comment: 99, of: 'line', trackings: [seen], notes: [], open: true },
    {
      name: 'the review has its answer',
      comment: 601,
      of: 'review',
      trackings: [],
      notes: ['answer-review-601'],
      open: false,
    },
    {
      name: 'only the comment has its answer',
      comment: 601,
      of: 'line',
      trackings: [],
      notes: ['answer-601'],
      open: true,
    },
  ])('$name: $open', ({ comment, of, trackings, notes, open }) => {
    expect(isOpen({ comment, ...(of && { of }) }, trackings, notes)).toBe(open)
  })
})
