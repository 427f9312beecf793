/** When Jules has no room: wait a moment, let the thread wait, start it later, or take it back. */
import { decide } from '../../../src/core/decision/decide.ts'
import type { Scene } from '../../../src/core/decision/decision.ts'
import type { Observed, Request } from '../../../src/core/decision/observed.ts'
import { dropQueued } from '../../../src/core/decision/queue.ts'
import type { Effect } from '../../../src/core/effect/effect.ts'
import type { Trouble } from '../../../src/core/effect/story.ts'
import type { Intent } from '../../../src/core/intent/intent.ts'
import type { RelayRecord } from '../../../src/core/record.ts'
import { sentenceOf } from '../../../src/core/report/sentences.ts'
import {
  ago,
  commandIntent,
  inShort,
  KEY,
  labelIntent,
  MINUTE,
  NOW,
  OTHER_KEY,
  promptIntent,
  REPOSITORY,
  refused,
  request,
  SESSION,
  SUBJECT,
  say,
  scene,
  session,
  thread,
  tracking,
  trouble,
} from '../builders.ts'
import { afterClaim, byLabel, claimed, createEffect } from './starting.ts'

const recordsOf = (effects: Effect[]) =>
  effects.flatMap((effect) => (effect.do === 'write' || effect.do === 'claim' ? [effect.record] : []))
const created = (effects: Effect[]) => effects.flatMap((effect) => (effect.do === 'create' ? [effect.session] : []))
function outcome(one: Scene) {
  const { effects, next, story } = decide(one)
  return { effects: effects.map(inShort), next, ...story.verdict, story, record: recordsOf(effects).at(-1) }
}

const HOUR = 60 * MINUTE
const creating = (over: Partial<RelayRecord> = {}) => claimed({ phase: 'creating', doing: { what: 'create' }, ...over })
/** A create of this run that was surely refused. */
const afterRefusal = (over: Partial<Trouble>, observed: Partial<Observed> = {}, record: Partial<RelayRecord> = {}) =>
  outcome(
    afterClaim({
      thread: thread(),
      trackings: [creating(record)],
      applied: [refused(createEffect, over)],
      creates: 1,
      ...observed,
    }),
  )
const full = { failure: 'quota-full', passing: true } as const

const lost: Partial<Trouble> = { failure: 'source-not-connected', passing: false }

describe('F-05 F-15 a create that surely has not happened is sent again where that is soon', () => {
  test.each<{ name: string; over: Partial<Trouble>; creates: number; ms: number }>([
    { name: 'no connection was made', over: {}, creates: 1, ms: 5000 },
    { name: 'no connection was made, twice', over: {}, creates: 2, ms: 5000 },
    { name: 'F-14 its source, just shown, is not found', over: lost, creates: 2, ms: 5000 },
    { name: 'Retry-After: 7', over: { ...full, waitMs: 7000 }, creates: 1, ms: 7000 },
    { name: 'Retry-After: 0', over: { ...full, waitMs: 0 }, creates: 2, ms: 0 },
    { name: 'Retry-After: 60', over: { ...full, waitMs: 60_000 }, creates: 2, ms: 60_000 },
  ])('$name: after $ms ms', ({ over, creates, ms }) => {
    const found = afterRefusal(over, { creates })
    expect(found).toMatchObject({ effects: ['+jules: running', 'write claimed'], next: { lookAfterMs: ms } })
    expect(found.record).toMatchObject({ phase: 'claimed', doing: undefined, session: '', queued: undefined })
  })

  test('and then it is created, without a settle window', () => {
    const after = byLabel({ thread: thread(), trackings: [claimed()], creates: 1 })
    expect(outcome(after).effects).toContain('create')
  })

  test.each<{ name: string; over: Partial<Trouble>; creates: number; reason: string }>([
    { name: 'Retry-After: 61', over: { ...full, waitMs: 60_001 }, creates: 1, reason: 'quota-full' },
    { name: 'no Retry-After', over: full, creates: 1, reason: 'quota-full' },
    { name: 'F-14 the third refusal', over: { ...full, waitMs: 1000 }, creates: 3, reason: 'quota-full' },
    { name: 'the third time without a connection', over: {}, creates: 3, reason: 'jules-unavailable' },
  ])('$name: the thread waits', ({ over, creates, reason }) => {
    const found = afterRefusal(over, { creates })
    expect(found).toMatchObject({
      effects: ['+jules: queued', 'write queued', 'note needed #12'],
      next: 'done',
      outcome: 'queued',
      reason,
    })
    expect(found.record).toMatchObject({
      phase: 'queued',
      run: undefined,
      doing: undefined,
      queued: { since: ago(0), tries: 1 },
    })
  })

  test('F-14 F-56 a source that is not found three times is not connected', () => {
    expect(afterRefusal(lost, { creates: 3 })).toMatchObject({
      outcome: 'failed',
      reason: 'source-not-connected',
      next: 'done',
    })
  })

  test('what no later call could mend fails', () => {
    expect(afterRefusal({ passing: false }, { creates: 3 })).toMatchObject({
      outcome: 'failed',
      reason: 'jules-unavailable',
      next: 'done',
    })
  })
})

describe('how long a thread waits', () => {
  const mistakable = { ...full, mistakable: true }
  type Row = { name: string; over: Partial<Trouble>; queued: RelayRecord['queued']; reason: string; tries?: number }
  test.each<Row>([
    { name: 'the first try', over: mistakable, queued: undefined, reason: 'quota-full', tries: 1 },
    { name: 'the fourth', over: mistakable, queued: { since: ago(HOUR), tries: 3 }, reason: 'quota-full', tries: 4 },
    { name: 'the fifth', over: mistakable, queued: { since: ago(HOUR), tries: 4 }, reason: 'request-rejected' },
    {
      name: 'just under a day',
      over: mistakable,
      queued: { since: ago(24 * HOUR - 1), tries: 1 },
      reason: 'quota-full',
      tries: 2,
    },
    { name: 'a day', over: mistakable, queued: { since: ago(24 * HOUR), tries: 1 }, reason: 'request-rejected' },
    {
      name: 'F-15 a limit that is surely one, however long',
      over: full,
      queued: { since: ago(90 * HOUR), tries: 40 },
      reason: 'quota-full',
      tries: 41,
    },
  ])('$name: $reason', ({ over, queued, reason, tries }) => {
    const found = afterRefusal(over, {}, { queued })
    expect(found).toMatchObject({ outcome: tries === undefined ? 'failed' : 'queued', reason, next: 'done' })
    if (tries !== undefined)
      expect(found.record).toMatchObject({ phase: 'queued', queued: { since: queued?.since ?? ago(0), tries } })
    else expect(found.record?.phase).toBe('failed')
  })

  test('its end says what the service complained of', () => {
    const found = afterRefusal({ ...mistakable, sentence: 'Three causes.' }, {}, { queued: { since: '', tries: 4 } })
    expect(sentenceOf(found.story, '/jules').do).toBe('Three causes.')
  })

  test('where no thread can wait it fails at once', () => {
    const intent = promptIntent({ thread: undefined, asker: undefined })
    const own = { ...creating(), comment: undefined, url: '' }
    const applied = [refused(createEffect, mistakable)]
    const one = scene({ intent, observed: { thread: undefined, trackings: [own], applied, creates: 1 } })
    expect(outcome(one)).toMatchObject({ outcome: 'failed', reason: 'quota-full' })
  })
})

describe('why a thread waits', () => {
  test.each([
    { name: 'nothing is known of the account', census: undefined, reason: 'quota-full' },
    { name: 'too few at work for the one limit', census: { live: 2, lastDay: 15 }, reason: 'daily-quota-full' },
    { name: 'three at work', census: { live: 3, lastDay: 15 }, reason: 'quota-full' },
  ])('$name: $reason', ({ census, reason }) => {
    expect(afterRefusal(full, { census })).toMatchObject({ outcome: 'queued', reason })
  })

  test('a request of a person waits for the next sweep, and the words say so', () => {
    const { story } = afterRefusal({ ...full, sentence: 'The limit.' })
    expect(story.trouble).toBeUndefined()
    expect(sentenceOf(story, '/jules').do).toMatch(/next sweep.*`\/jules status`.*`\/jules stop`/)
  })

  test('what a workflow file asked stands nowhere in the thread: run the job again', () => {
    const { story } = afterRefusal(full, {}, { request: { kind: 'prompt', id: '900', hash: '' } })
    expect(story.verdict).toEqual({ outcome: 'queued', reason: 'quota-full' })
    expect(sentenceOf(story, '/jules').do).toBe('Run this job again later.')
  })
})

const waits = (over: Partial<RelayRecord> = {}, comment = 500) =>
  tracking(
    {
      phase: 'queued',
      session: '',
      run: undefined,
      queued: { since: ago(2 * HOUR), tries: 1 },
      request: { kind: 'comment', id: '590', hash: 'bb' },
      ...over,
    },
    { comment, age: HOUR },
  )
const sweepIntent: Intent = {
  thread: { number: 12, kind: 'issue' },
  because: { kind: 'sweep' },
  subject: undefined,
  asker: undefined,
  origin: { kind: 'prompt', id: '900' },
}
const queuedThread = thread({ labels: ['jules: queued'] })
const WITNESS = { request: request(say('Mend it.'), { comment: 590 }), subject: SUBJECT }
const queued = (intent: Intent, observed: Partial<Observed>) =>
  scene({
    intent,
    observed: { key: OTHER_KEY, thread: queuedThread, trackings: [waits()], witness: WITNESS, ...observed },
  })
const swept = (observed: Partial<Observed> = {}) => queued(sweepIntent, observed)
const commanded = (command: Request['command'], observed: Partial<Observed> = {}) =>
  queued(commandIntent(command), { requests: [request(command)], ...observed })

/** The look after the record was taken: two sweeps at once would have seen each other by then. */
function taken(one: Scene): Scene {
  const { effects, next } = decide(one)
  const [record] = recordsOf(effects)
  expect([effects.at(-1)?.do, next]).toEqual(['write', { lookAfterMs: 3000 }])
  const trackings = one.observed.trackings.map((own) =>
    record !== undefined && own.record.key === record.key ? { ...own, record, written: NOW } : own,
  )
  return { ...one, observed: { ...one.observed, trackings, requests: [] } }
}

const STARTED = ['+jules: running', 'write creating', '-jules: queued', 'create']

describe('a thread that waits is started as it was asked', () => {
  test('F-09 by a sweep, in the words of its comment', () => {
    const { effects, next } = decide(taken(swept()))
    expect(effects.map(inShort)).toEqual(STARTED)
    expect(next).toBe('again')
    expect(created(effects)).toMatchObject([{ prompt: expect.stringMatching(/^Mend it\.\n/) }])
    expect(recordsOf(effects)).toMatchObject([
      { phase: 'creating', doing: { what: 'create' }, key: KEY, run: { id: '900', attempt: 1 } },
    ])
  })

  describe('in place of a session before it', () => {
    const earlier = {
      prompt: `Mend it as it was said then.\n\njules-relay: ${REPOSITORY}#12 ${OTHER_KEY}`,
      words: '',
      title: '',
      branch: '',
      plan: undefined,
    }
    const before = tracking({ key: OTHER_KEY, session: '77', phase: 'failed', run: undefined }, { comment: 499 })
    const retried = { trackings: [before, waits({ replaces: '77' })], witness: undefined, key: 'e'.repeat(20), earlier }

    test.each([
      { by: 'a sweep', one: swept(retried) },
      { by: '/jules status', one: commanded({ verb: 'status' }, retried) },
    ])('F-09 by $by, as that one was asked: the words of a retry alone say nothing', ({ one }) => {
      const { effects, next } = decide(taken(one))
      expect(effects.map(inShort)).toEqual(STARTED)
      expect(next).toBe('again')
      expect(created(effects)).toMatchObject([
        { prompt: `Mend it as it was said then.\n\njules-relay: ${REPOSITORY}#12 ${KEY}` },
      ])
    })

    test('not where nobody can read any more how that one was asked', () => {
      const unread = swept({ ...retried, earlier: { ...earlier, prompt: '' } })
      expect(outcome(unread)).toMatchObject({ effects: [], next: 'done', reason: 'nothing-to-do' })
    })
  })

  test('T-20 with the text of the thread that the witness vouches for', () => {
    const subject = { title: 'Vouched', body: 'For this.' }
    const { effects } = decide(taken(swept({ witness: { request: undefined, subject } })))
    const [made] = created(effects)
    expect(made?.prompt).toMatch(/^Do what issue #12 of [\s\S]*Vouched\n\nFor this\./)
    expect(made?.prompt).not.toContain(SUBJECT.body)
  })

  test('by /jules status, whose comment is dealt with', () => {
    expect(outcome(commanded({ verb: 'status' })).effects).toEqual(['eyes comment 601', 'write queued'])
    const { effects, next } = decide(taken(commanded({ verb: 'status' })))
    expect(effects.map(inShort)).toEqual(STARTED)
    expect(next).toBe('again')
    expect(recordsOf(effects)).toMatchObject([{ handledToo: [601] }])
    expect(created(effects)).toMatchObject([{ prompt: expect.stringMatching(/^Mend it\.\n/) }])
  })

  test('by the bare command word on the issue', () => {
    expect(outcome(taken(commanded({ verb: 'bare' }))).effects).toEqual(STARTED)
  })

  test('once it is there it waits no longer', () => {
    const own = creating({ key: KEY, queued: { since: ago(HOUR), tries: 2 } })
    const applied = [{ effect: createEffect, ok: true, session: SESSION } as const]
    expect(outcome(queued(sweepIntent, { key: KEY, trackings: [own], applied })).record).toMatchObject({
      session: SESSION,
      queued: undefined,
      phase: 'following',
    })
  })

  test('refused once more it goes on waiting, and the tries are counted', () => {
    const own = creating({ queued: { since: ago(2 * HOUR), tries: 1 }, key: KEY })
    const found = outcome(swept({ trackings: [own], applied: [refused(createEffect, full)], creates: 1 }))
    expect(found).toMatchObject({ outcome: 'queued', reason: 'quota-full' })
    expect(found.record?.queued).toEqual({ since: ago(2 * HOUR), tries: 2 })
  })

  test('Jules cannot be asked: a sweep leaves it as it is', () => {
    expect(outcome(swept({ trouble: trouble() }))).toMatchObject({
      effects: [],
      next: 'done',
      outcome: 'failed',
      reason: 'jules-unavailable',
    })
  })

  test('F-01 a claim whose run died before it asked for a session is started as well', () => {
    const own = waits({ phase: 'claimed', queued: undefined })
    expect(outcome(taken(swept({ trackings: [own], thread: thread({ labels: ['jules: running'] }) }))).effects).toEqual(
      ['write creating', 'create'],
    )
  })

  test('of a request and a session beside it that has ended, a sweep takes the request', () => {
    const { effects } = decide(
      taken(swept({ trackings: [tracking({ key: OTHER_KEY, phase: 'settled', run: undefined }), waits({}, 501)] })),
    )
    expect(effects.map(inShort)).toEqual(STARTED)
    expect(effects).toContainEqual(expect.objectContaining({ do: 'write', comment: 501 }))
  })

  test.each([
    { name: 'a later request has a session', later: { session: '222', phase: 'waiting' }, dropped: true },
    { name: 'a later request has none so far', later: { session: '', phase: 'claimed' }, dropped: false },
  ] as const)('F-08 two requests at once, of which $name', ({ later, dropped }) => {
    const [queued, other] = [waits({}, 501), tracking({ key: OTHER_KEY, run: undefined, ...later }, { comment: 502 })]
    const { effects, story } = decide(swept({ trackings: [queued, other] }))
    const stopped = recordsOf(effects).filter(({ phase, queued }) => phase === 'stopped' && queued === undefined)
    expect(stopped.map(({ key }) => key)).toEqual(dropped ? [KEY] : [])
    expect(story.verdict.outcome === 'stopped').toBe(dropped)
  })
})

test('P11 whoever asked may not ask any more: nothing is started', () => {
  const found = outcome(taken(swept({ witness: { refused: 'permission-too-low' } })))

  expect(found).toMatchObject({
    effects: ['write stopped', '-jules: queued'],
    next: 'done',
    outcome: 'ignored',
    reason: 'permission-too-low',
  })
  expect(found.record).toMatchObject({ phase: 'stopped', run: undefined })
})

describe('T-20 what was asked has changed while it waited', () => {
  test.each([
    { by: 'a sweep', one: swept({ witness: 'changed' }) },
    { by: 'a command', one: commanded({ verb: 'status' }, { witness: 'changed' }) },
  ])('found by $by: nothing is started, and the requester is called', ({ one }) => {
    const found = outcome(taken(one))
    expect(found).toMatchObject({
      effects: ['write stopped', '-jules: queued', 'note needed #12'],
      next: 'done',
      outcome: 'answered',
      reason: 'changed-since-request',
    })
    expect(found.record).toMatchObject({ phase: 'stopped', run: undefined })
    expect(sentenceOf(found.story, '/jules').do).toContain('`/jules retry`')
  })

  test('nobody can tell what was asked: nothing is started', () => {
    expect(outcome(swept({ witness: undefined }))).toMatchObject({
      effects: [],
      next: 'done',
      outcome: 'answered',
      reason: 'nothing-to-do',
    })
  })

  test.each<Request['command']>([{ verb: 'status' }, { verb: 'bare' }])(
    'F-09 nobody can tell, and a person asks ($verb): they get an answer, which deals with their comment',
    (command) => {
      expect(outcome(commanded(command, { witness: undefined }))).toMatchObject({
        effects: ['rocket comment 601', 'note status #12'],
        next: 'done',
        outcome: 'answered',
        reason: 'status',
      })
    },
  )
})

describe('a thread need not wait any longer', () => {
  test('/jules stop takes the request back', () => {
    const found = outcome(commanded({ verb: 'stop' }))
    expect(found).toMatchObject({
      effects: ['write stopped', '-jules: queued', 'rocket comment 601'],
      next: 'done',
      outcome: 'stopped',
      reason: 'by-command',
    })
    expect(found.record).toMatchObject({ phase: 'stopped', queued: undefined, handledToo: [601] })
    expect(sentenceOf(found.story, '/jules')).toEqual({ headline: '🛑 Taken back before Jules began', do: '' })
  })

  test('the thread is closed', () => {
    const intent = labelIntent({ because: { kind: 'thread-closed' }, subject: undefined, asker: undefined })
    expect(outcome(queued(intent, {}))).toMatchObject({
      effects: ['write stopped', '-jules: queued'],
      outcome: 'stopped',
      reason: 'thread-closed',
    })
  })

  const instead = (command: Request['command']) => commanded(command)
  const newer = [
    { name: 'words', one: instead(say('Do this instead.')), first: ['eyes comment 601'] },
    { name: 'new', one: instead({ verb: 'new', text: 'x', flags: {}, cut: false }), first: ['eyes comment 601'] },
    { name: 'plan', one: instead({ verb: 'plan', text: 'x', flags: {}, cut: false }), first: ['eyes comment 601'] },
    { name: 'retry', one: instead({ verb: 'retry' }), first: ['eyes comment 601'] },
    {
      name: 'the label',
      one: queued(labelIntent(), { thread: thread({ labels: ['ask-jules', 'jules: queued'] }) }),
      first: ['eyes thread 12'],
    },
    { name: 'a prompt', one: queued(promptIntent(), {}), first: [] },
  ]
  test.each(newer)('a newer request takes its place: $name', ({ one, first }) => {
    const { effects, next } = decide(one)
    const [dropped, made] = recordsOf(effects)
    expect(effects.map(inShort)).toEqual([...first, 'write stopped', 'claim claimed'])
    expect(next).toBe('again')
    expect(dropped).toMatchObject({ key: KEY, phase: 'stopped', run: undefined, queued: undefined, seq: 4 })
    expect(made).toMatchObject({ key: OTHER_KEY, phase: 'claimed', queued: undefined, replaces: '' })
  })

  test('each that waits is told in its own comment, and nothing of another session', () => {
    const settled = tracking({ key: OTHER_KEY, phase: 'settled', run: undefined }, { comment: 499, age: HOUR })
    const trackings = [settled, waits({ key: '1'.repeat(20) }, 500), waits({ key: '2'.repeat(20) }, 501)]
    const command = { verb: 'new', text: 'x', flags: {}, cut: false } as const
    const { effects } = decide(
      commanded(command, { trackings, session: session({ state: 'COMPLETED', patch: 'diff' }), files: [] }),
    )
    const writes = effects.filter((effect) => effect.do === 'write')
    expect(writes.map(({ comment }) => comment)).toEqual([500, 501])
    for (const { story } of writes) {
      expect(story).toMatchObject({
        verdict: { outcome: 'stopped', reason: 'by-command' },
        session: undefined,
        patch: '',
        plan: undefined,
      })
    }
  })

  test('F-08 a claim of the request that waits is none that has to make room for it', () => {
    const one = queued(labelIntent(), { trackings: [waits(), waits({ key: 'e'.repeat(20) }, 501)] })
    expect(dropQueued(one, KEY)).toMatchObject([{ do: 'write', comment: 501 }])
  })

  test('F-11 the very same request once more is started, and not dropped', () => {
    const found = outcome(queued(labelIntent(), { key: KEY }))
    expect(found.effects).toEqual(STARTED)
  })
})

test('T-07 a second attempt of the run that was refused starts it anew', () => {
  const one = byLabel({ thread: queuedThread, trackings: [waits()], run: { id: '900', attempt: 2, url: '' }, now: NOW })
  expect(outcome(one).effects).toEqual(STARTED)
})
