import { decide, isOpen } from '../../../src/core/decision/decide.ts'
import type { Scene } from '../../../src/core/decision/decision.ts'
import type { Observed } from '../../../src/core/decision/observed.ts'
import type { Applied, Effect, NewSession } from '../../../src/core/effect/effect.ts'
import type { Command, Flags } from '../../../src/core/intent/command.ts'
import type { RelayRecord } from '../../../src/core/record.ts'
import {
  commandIntent,
  inShort,
  KEY,
  labelIntent,
  MINUTE,
  OTHER_KEY,
  promptIntent,
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
  trouble,
} from '../builders.ts'

const short = (one: Scene) => decide(one).effects.map(inShort)
const ending = (one: Scene) => {
  const { effects, next, story } = decide(one)
  return { effects: effects.map(inShort), next, ...story.verdict }
}
const labeled = thread({ labels: ['ask-jules', 'bug'] })
const byLabel = (observed: Partial<Observed> = {}, config = {}) =>
  scene({ observed: { thread: labeled, ...observed }, config })
const byCommand = (command: Command = say('Mend it.'), observed: Partial<Observed> = {}) =>
  scene({ intent: commandIntent(command), observed: { key: OTHER_KEY, requests: [request(command)], ...observed } })

/** A claim of this run and request that has no session so far. */
const claimed = (over: Partial<RelayRecord> = {}, age = 1000) =>
  tracking({ phase: 'claimed', session: '', seq: 1, handled: 100, ...over }, { age })
const afterClaim = (observed: Partial<Observed> = {}, config = {}) =>
  byLabel({ trackings: [claimed()], ...observed }, config)
const createEffect: Effect = { do: 'create', session: newSession(afterClaim()) }

function newSession(one: Scene): NewSession {
  const create = decide(one).effects.find((effect) => effect.do === 'create')
  if (create === undefined) throw new Error('Nothing is created.')
  return create.session
}

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
        thread: thread({ kind: 'pull-request', labels: ['ask-jules'], head: { branch: 'x', ofThisRepository: false } }),
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
    const fork = thread({ kind: 'pull-request', head: { branch: 'x', ofThisRepository: false } })
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
    const { effects } = decide(byCommand(command))
    expect(effects.map(inShort)).toEqual(['eyes comment 601', 'claim claimed'])
    expect(effects[1]).toMatchObject({
      record: {
        key: OTHER_KEY,
        request: { kind: 'comment', id: '601', hash: 'bb' },
        handled: 601,
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

  test.each([
    { name: 'looks for it', age: 19_999, next: { lookAfterMs: 5000 } },
    { name: 'gives up after 20 s', age: 20_000, next: 'done' },
  ])('F-06 the answer to the claim was lost: $name, and never posts another', ({ age, next }) => {
    const observed = { elapsed: 30_000, unsure: { effect: 'claim' as const, since: 30_000 - age } }
    const found = ending(byLabel(observed))
    expect(found).toMatchObject({ effects: [], next })
    if (next === 'done') expect(found).toMatchObject({ outcome: 'failed', reason: 'github-unavailable' })
  })
})

describe('with the claim standing', () => {
  test('labels first, then the record, then the session: one unsafe effect, the last', () => {
    const { effects, next } = decide(afterClaim())
    expect(effects.map(inShort)).toEqual(['+jules: running', '-ask-jules', 'write creating', 'create'])
    expect(effects[2]).toMatchObject({
      comment: 500,
      record: { seq: 2, doing: { what: 'create' }, run: { id: '900', attempt: 1 } },
    })
    expect(next).toBe('again')
  })

  test('without live labels, and without a trigger label to take off', () => {
    expect(short(afterClaim({ thread: thread() }, { statusLabels: false }))).toEqual(['write creating', 'create'])
  })

  test('without a thread', () => {
    const intent = promptIntent({ thread: undefined, asker: undefined })
    const own = { ...claimed(), comment: undefined, url: '' }
    const { effects } = decide(scene({ intent, observed: { thread: undefined, trackings: [own] } }))
    expect(effects.map(inShort)).toEqual(['write creating', 'create'])
    expect(effects[1]).toMatchObject({ session: { title: REPOSITORY } })
  })

  test('what a label asks for', () => {
    expect(newSession(afterClaim())).toEqual({
      prompt: expect.stringMatching(
        /^Do what issue #12 of acme\/widgets asks for\.[\s\S]+\njules-relay: acme\/widgets#12 0123456789abcdef0123$/,
      ),
      title: 'Date test fails on Sundays (#12)',
      source: 'sources/github/acme/widgets',
      branch: 'main',
      requirePlanApproval: false,
      autoCreatePullRequest: true,
      environmentVariables: false,
    })
  })

  test('the inputs decide the rest', () => {
    const config = { title: 'Ours', environmentVariables: true, instructions: 'Use tabs.' }
    const made = newSession(afterClaim({ trackings: [claimed({ planGate: true, noPullRequest: true })] }, config))
    expect(made).toMatchObject({
      title: 'Ours',
      environmentVariables: true,
      requirePlanApproval: true,
      autoCreatePullRequest: false,
    })
    expect(made.prompt).toContain('\n\nUse tabs.\n\n')
  })

  const asked = (text: string, flags: Flags = {}) =>
    newSession(
      byCommand(say(text), {
        requests: [],
        asked: request({ verb: 'say', text, flags, cut: false }),
        trackings: [claimed({ key: OTHER_KEY })],
      }),
    )

  test('T-20 a command asks with its own words, and the thread as the payload had it', () => {
    const { prompt } = asked('Mend the test.')
    expect(prompt).toMatch(/^Mend the test\.\n/)
    expect(prompt).toContain('It fails. Please mend it.')
  })

  test('a command may set the title', () => {
    expect(asked('x', { title: 'Mine' }).title).toBe('Mine')
  })

  test('flags alone ask for the thread itself', () => {
    expect(asked('', { noPullRequest: true }).prompt).toMatch(/^Do what issue #12 of /)
  })

  const retried = (earlier: Observed['earlier']) =>
    newSession(
      byCommand(
        { verb: 'retry' },
        { requests: [], asked: request({ verb: 'retry' }), trackings: [claimed({ key: OTHER_KEY })], earlier },
      ),
    )

  test('a retry asks with the prompt of the session before, and our line alone is new', () => {
    const { prompt } = retried({ prompt: `Mend the month test.\n\njules-relay: ${REPOSITORY}#12 ${KEY}`, words: 'x' })
    expect(prompt).toBe(`Mend the month test.\n\njules-relay: ${REPOSITORY}#12 ${OTHER_KEY}`)
  })

  test('a retry of what never had a session asks with the words of its command', () => {
    const { prompt } = retried({ prompt: '', words: 'Mend the year test.' })
    expect(prompt).toMatch(/^Mend the year test\.\n/)
    expect(prompt).toContain('It fails. Please mend it.')
  })

  test('a prompt of the workflow file asks with its own words', () => {
    const made = newSession(scene({ intent: promptIntent(), observed: { trackings: [claimed()] } }))
    expect(made.prompt).toMatch(/^Update the changelog\.\n/)
    expect(made.prompt).not.toContain('begin')
  })
})

describe('where a session cannot start', () => {
  test('F-56 the repository is not connected', () => {
    expect(ending(afterClaim({ ground: { kind: 'source-not-connected' } }))).toMatchObject({
      next: 'done',
      outcome: 'failed',
      reason: 'source-not-connected',
    })
  })

  test.each([
    { name: 'with others near to it', near: ['dev', 'develop'], sentence: /dve.+dev, develop/ },
    { name: 'with none near to it', near: [], sentence: /dve/ },
  ])('the branch does not exist, $name', ({ near, sentence }) => {
    const { story, effects } = decide(afterClaim({ ground: { kind: 'branch-not-found', branch: 'dve', near } }))
    expect(story.verdict).toEqual({ outcome: 'failed', reason: 'branch-not-found' })
    expect(story.trouble?.sentence).toMatch(sentence)
    expect(effects.map(inShort)).toContain('write failed')
  })

  test('the ground was not looked at so far: look again', () => {
    expect(ending(afterClaim({ ground: undefined }))).toMatchObject({ effects: [], next: { lookAfterMs: 5000 } })
  })

  test('F-16 Jules cannot be reached now: the thread waits', () => {
    expect(ending(afterClaim({ trouble: trouble() }))).toMatchObject({
      next: 'done',
      outcome: 'queued',
      reason: 'jules-unavailable',
    })
  })

  test('F-16 Jules cannot be reached now, and no thread can wait', () => {
    const intent = promptIntent({ thread: undefined, asker: undefined })
    const own = { ...claimed(), comment: undefined, url: '' }
    const { story } = decide(scene({ intent, observed: { thread: undefined, trackings: [own], trouble: trouble() } }))
    expect(story).toMatchObject({ verdict: { outcome: 'failed', reason: 'jules-unavailable' }, trouble: trouble() })
  })

  test('F-17 the key is refused', () => {
    const refusal = trouble({ failure: 'key-rejected', passing: false })
    expect(decide(afterClaim({ trouble: refusal })).story).toMatchObject({
      verdict: { outcome: 'failed', reason: 'key-rejected' },
      trouble: refusal,
    })
  })
})

describe('what came of the create', () => {
  test('a session: its id is written down', () => {
    const applied: Applied[] = [{ effect: createEffect, ok: true, session: SESSION }]
    const { effects, next } = decide(
      afterClaim({ applied, trackings: [claimed({ phase: 'creating', doing: { what: 'create' } })] }),
    )
    expect(effects.map(inShort)).toContain('write following')
    expect(effects.find((effect) => effect.do === 'write')).toMatchObject({
      record: { session: SESSION, doing: undefined, phase: 'following' },
    })
    expect(next).toBe('again')
  })

  test.each([
    { name: 'the key', failure: 'key-rejected', outcome: 'failed' },
    { name: 'the request', failure: 'request-rejected', outcome: 'failed' },
    { name: 'the limit, where a thread can wait', failure: 'quota-full', outcome: 'queued' },
  ] as const)('F-05 refused for $name', ({ failure, outcome }) => {
    const applied = [refused(createEffect, { failure, passing: false })]
    expect(ending(afterClaim({ applied }))).toMatchObject({ next: 'done', outcome, reason: failure })
  })

  test('F-15 refused for the limit, where no thread can wait', () => {
    const intent = promptIntent({ thread: undefined, asker: undefined })
    const applied = [refused(createEffect, { failure: 'quota-full' })]
    const own = { ...claimed(), comment: undefined, url: '' }
    expect(ending(scene({ intent, observed: { thread: undefined, trackings: [own], applied } }))).toMatchObject({
      outcome: 'failed',
      reason: 'quota-full',
    })
  })

  const lost = (age: number, more: Partial<Observed> = {}) =>
    afterClaim({
      trackings: [claimed({ phase: 'creating', doing: { what: 'create' } })],
      applied: [refused(createEffect, { unsure: true })],
      elapsed: 90_000,
      unsure: { effect: 'create', since: 90_000 - age },
      ...more,
    })

  test('F-04 the answer was lost: look for the session, and do not create', () => {
    expect(ending(lost(59_999))).toMatchObject({ effects: [], next: { lookAfterMs: 5000 } })
  })

  test('F-04 the answer was lost, and the session is there: adopt it', () => {
    expect(decide(lost(10_000, { found: SESSION })).effects.find((effect) => effect.do === 'write')).toMatchObject({
      record: { session: SESSION, doing: undefined },
    })
  })

  test('F-04 the answer was lost, and after 60 s nobody knows: needs attention, no second create', () => {
    const found = ending(lost(60_000))
    expect(found).toMatchObject({ next: 'done', outcome: 'failed', reason: 'needs-attention' })
    expect(found.effects).not.toContain('create')
  })
})

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
      name: 'claimed for another request, and nothing came of it: this one is claimed',
      over: { key: OTHER_KEY, run: theirs },
      age: 2 * MINUTE,
      effects: ['eyes thread 12', 'claim claimed'],
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

describe('F-08 two runs at once', () => {
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

  test('the earlier claim goes on, and leaves the other one to its run', () => {
    const second = tracking({ phase: 'claimed', session: '', run: theirs }, { comment: 501, age: 1000 })
    expect(short(byLabel({ trackings: [claimed(), second] }))).toContain('create')
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

  test.each(['COMPLETED', 'FAILED'] as const)('F-51 a settled one (%s): a new claim', (state) => {
    expect(short(byLabel({ trackings: [other], session: session({ state }) }))).toEqual([
      'eyes thread 12',
      'claim claimed',
    ])
  })

  test('a settled one, but the label is gone', () => {
    expect(ending(scene({ observed: { trackings: [other], session: session({ state: 'COMPLETED' }) } }))).toMatchObject(
      { effects: [], reason: 'label-gone' },
    )
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
    expect(decision.next).toEqual({ lookAfterMs: 15_000 })
  })

  test('T-58 a run whose record was taken over stops writing', () => {
    expect(ending(byLabel({ trackings: [tracking()], session: session(), lost: true }))).toEqual({
      effects: [],
      next: 'done',
      outcome: 'running',
      reason: 'taken-over',
    })
  })
})

describe('is a comment open?', () => {
  test.each([
    { name: 'nobody has dealt with it', comment: 601, trackings: [tracking()], notes: ['answer-600'], open: true },
    { name: 'a record holds it', comment: 99, trackings: [tracking()], notes: [], open: false },
    { name: 'it has its answer', comment: 601, trackings: [], notes: ['answer-601'], open: false },
  ])('$name: $open', ({ comment, trackings, notes, open }) => {
    expect(isOpen(comment, trackings, notes)).toBe(open)
  })
})
