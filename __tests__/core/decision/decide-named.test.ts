import { decide } from '../../../src/core/decision/decide.ts'
import { messageKey } from '../../../src/core/decision/message.ts'
import type { Observed, Tracking } from '../../../src/core/decision/observed.ts'
import type { Effect } from '../../../src/core/effect/effect.ts'
import type { SessionWish } from '../../../src/core/intent/intent.ts'
import type { RelayRecord } from '../../../src/core/record.ts'
import {
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
  sessionIntent,
  tracking,
  trouble,
} from '../builders.ts'
import { afterWriting, digest, recordOf } from './telling.ts'

const WISHES = ['follow', 'tell', 'archive', 'delete'] as const
const PUT_AWAY = ['archive', 'delete'] as const

const naming = (wish: SessionWish, observed: Partial<Observed> = {}) =>
  scene({ intent: sessionIntent(wish), observed: { session: session(), ...observed } })

function named(wish: SessionWish, observed: Partial<Observed> = {}) {
  const decision = decide(naming(wish, observed))
  return { ...decision, ...decision.story.verdict, effects: decision.effects.map(inShort), all: decision.effects }
}

/** A tracking comment that an earlier run has left. */
const earlier = (over: Partial<RelayRecord> = {}, age = 10 * MINUTE) =>
  tracking({ key: OTHER_KEY, run: undefined, ...over }, { age })

/** What this very run keeps for itself where it has no thread. */
const ownOf = (over: Partial<RelayRecord> = {}): Tracking => ({ ...tracking(over), comment: undefined, url: '' })

describe('T-55 a session of another source', () => {
  test.each(WISHES)('%s: nothing is written anywhere, and nothing of it is told', (wish) => {
    const seen = digest({ message: 'secret', endsOn: 'question', patch: 'secret', progress: ['secret'] })
    const { story, ...found } = named(wish, { session: 'foreign', digest: seen })
    expect(found).toMatchObject({ effects: [], next: 'done', outcome: 'failed', reason: 'foreign-session' })
    expect(story.session).toBeUndefined()
    expect(JSON.stringify(story)).not.toContain('secret')
  })
})

describe('a session that no tracking comment tells of', () => {
  test.each(WISHES)('%s, but Jules cannot be asked: said, and nothing is done', (wish) => {
    const away = trouble({ failure: 'key-rejected', passing: false })
    expect(named(wish, { session: undefined, trouble: away })).toMatchObject({
      effects: [],
      next: 'done',
      outcome: 'failed',
      reason: 'key-rejected',
      story: { trouble: away },
    })
  })

  test.each([
    { wish: 'follow', outcome: 'failed', reason: 'gone' },
    { wish: 'tell', outcome: 'failed', reason: 'gone' },
    { wish: 'archive', outcome: 'failed', reason: 'gone' },
    { wish: 'delete', outcome: 'deleted', reason: 'done' },
  ] as const)('$wish one that is gone: $outcome, $reason', ({ wish, outcome, reason }) => {
    expect(named(wish, { session: 'gone' })).toMatchObject({ effects: [], next: 'done', outcome, reason })
  })

  test.each(['follow', 'tell'] as const)('%s: claimed with the session, before anything is said to it', (wish) => {
    const found = named(wish)
    expect(found).toMatchObject({ effects: ['claim claimed'], next: 'again' })
    expect(found.all).toMatchObject([
      {
        thread: 12,
        record: { session: SESSION, told: '', request: { kind: 'prompt', id: '900' }, run: { id: '900', attempt: 1 } },
      },
    ])
  })

  test('without a thread the record is kept for this run alone', () => {
    expect(named('follow', { thread: undefined }).all).toMatchObject([{ do: 'claim', thread: undefined }])
  })

  test.each([
    { name: 'look', age: 19_999, claims: 1, effects: [], next: { lookAfterMs: 5000 } },
    { name: 'claim once more after a minute', age: 60_000, claims: 1, effects: ['claim claimed'], next: 'again' },
    { name: 'look for the second one too', age: 59_999, claims: 2, effects: [], next: { lookAfterMs: 5000 } },
    { name: 'give up after two', age: 60_000, claims: 2, effects: [], next: 'done' },
  ])('F-05 the answer to the claim was lost: $name', ({ age, claims, effects, next }) => {
    const unsure = { effect: 'claim', since: 90_000 - age } as const
    const found = named('follow', { elapsed: 90_000, unsure, claims })
    expect(found).toMatchObject({ effects, next })
    if (next === 'done') expect(found).toMatchObject({ outcome: 'failed', reason: 'github-unavailable' })
  })
})

describe.each([
  { name: 'no tracking comment tells of it', trackings: [] },
  { name: 'a tracking comment tells of it', trackings: [earlier()] },
])('to put a session away: $name', ({ trackings }) => {
  test.each(PUT_AWAY)('%s', (wish) => {
    const found = named(wish, { trackings })
    expect(found.all).toEqual([{ do: wish, session: SESSION }])
    expect(found.next).toBe('again')
  })

  test.each([
    { wish: 'archive', outcome: 'archived' },
    { wish: 'delete', outcome: 'deleted' },
  ] as const)('$wish: done', ({ wish, outcome }) => {
    const applied = [{ effect: { do: wish, session: SESSION }, ok: true } as const]
    // Where a tracking comment tells of the session, it says so too.
    const effects = trackings.length === 0 ? [] : ['write stopped']
    expect(named(wish, { trackings, applied })).toMatchObject({ effects, next: 'done', outcome, reason: 'done' })
  })

  test.each(PUT_AWAY)('%s: refused, and said why', (wish) => {
    const applied = [refused({ do: wish, session: SESSION })]
    expect(named(wish, { trackings, applied })).toMatchObject({
      effects: [],
      next: 'done',
      outcome: 'failed',
      reason: 'jules-unavailable',
      story: { trouble: trouble() },
    })
  })
})

describe('T-55 with a tracking comment of its own', () => {
  test.each(WISHES)('%s: a foreign session is not touched all the same', (wish) => {
    expect(named(wish, { session: 'foreign', trackings: [earlier()] })).toMatchObject({
      effects: [],
      next: 'done',
      reason: 'foreign-session',
    })
  })

  test.each(['tell', 'archive'] as const)('%s: one that is gone, or a key that is refused, is said', (wish) => {
    expect(named(wish, { session: 'gone', trackings: [earlier()] })).toMatchObject({ effects: [], reason: 'gone' })
    const away = trouble({ failure: 'key-rejected', passing: false })
    expect(named(wish, { trouble: away, trackings: [earlier()] })).toMatchObject({
      effects: [],
      reason: 'key-rejected',
    })
  })
})

describe('while another run follows', () => {
  const busy = earlier({ run: { id: '800', attempt: 1 } }, MINUTE)

  test('what the workflow file wants to be said is said: the other run gives way', () => {
    const found = named('tell', { trackings: [busy] })
    expect(found).toMatchObject({ effects: ['write following'], next: { lookAfterMs: 3000 } })
    expect(found.all[0]).toMatchObject({ record: { run: { id: '900', attempt: 1 } } })
    expect(decide(afterWriting(naming('tell', { trackings: [busy] }))).effects.map(inShort)).toEqual(['send'])
  })

  test.each(PUT_AWAY)('%s is done', (wish) => {
    expect(named(wish, { trackings: [busy] }).all).toEqual([{ do: wish, session: SESSION }])
  })
})

test.each(['stopped', 'closed'] as const)('to follow what is %s: it is reported, and stays so', (phase) => {
  expect(named('follow', { trackings: [earlier({ phase })] })).toMatchObject({ effects: [], next: 'done' })
})

describe('to follow a session', () => {
  test.each([true, false])('something is told; archived: %s', (archived) => {
    const { effects } = decide(naming('tell', { trackings: [earlier()], session: session({ archived }) }))
    expect(effects.map(inShort)).toEqual([...(archived ? ['unarchive'] : []), 'write following'])
  })

  test('that a tracking comment of an earlier run tells of: this run follows, in the same comment', () => {
    const found = named('follow', { trackings: [earlier()] })
    expect(found.effects).toEqual(['+jules: running', 'write following'])
    expect(found.all[1]).toMatchObject({ comment: 500, record: { run: { id: '900', attempt: 1 }, key: OTHER_KEY } })
    expect(found.next).toEqual({ lookAfterMs: 48_300 })
  })

  test('without a thread, to its end', () => {
    const done = session({ state: 'COMPLETED', pullRequest: PULL })
    expect(named('follow', { thread: undefined, trackings: [ownOf()], session: done })).toMatchObject({
      effects: ['write settled'],
      next: 'done',
      outcome: 'pull-request',
      reason: 'completed',
    })
  })

  test('that another run follows: this one leaves it alone', () => {
    const busy = earlier({ run: { id: '800', attempt: 1 } }, MINUTE)
    expect(named('follow', { trackings: [busy] })).toMatchObject({
      effects: [],
      next: 'done',
      reason: 'already-running',
    })
  })

  test('commands in the thread come first', () => {
    const observed = { trackings: [earlier()], requests: [request(say('And the docs.'))] }
    expect(named('follow', observed).effects).toEqual(['eyes comment 601', 'write following'])
    expect(decide(afterWriting(naming('follow', observed))).effects).toMatchObject([
      { do: 'send', message: expect.stringMatching(/^And the docs\./) },
    ])
  })
})

describe('to tell a session something', () => {
  const own = ownOf()
  const line = (run: string, one: RelayRecord = own.record) =>
    `jules-relay: ${REPOSITORY} ${messageKey(one, { what: 'tell', run })}`
  const tell = (tracked: Tracking, observed: Partial<Observed> = {}) =>
    named('tell', { thread: undefined, trackings: [tracked], ...observed })
  const send: Effect = { do: 'send', session: SESSION, message: 'x' }
  const telling = { doing: { what: 'tell', run: '900' } } as const

  test('T-04 it is written down first, and ends with a key of its own', () => {
    const found = tell(own)
    expect(found).toMatchObject({ effects: ['write following'], next: { lookAfterMs: 0 } })
    expect(recordOf(found.all)).toMatchObject(telling)
    const then = decide(afterWriting(naming('tell', { thread: undefined, trackings: [own] })))
    expect(then.effects).toEqual([{ do: 'send', session: SESSION, message: `Mend the docs too.\n\n${line('900')}` }])
    expect(then.next).toBe('again')
  })

  test.each([
    { name: 'the answer says so', observed: { applied: [{ effect: send, ok: true } as const] } },
    { name: 'the activities say so', observed: { digest: digest({ lastLines: [line('900')] }) } },
  ])('told, for $name: noted, and no comment is reacted to', ({ observed }) => {
    const { effects, all, next } = tell(ownOf(telling), observed)
    expect(effects).toEqual(['write following'])
    expect(recordOf(all)).toMatchObject({ doing: undefined, told: '900', acted: new Date(NOW).toISOString() })
    expect(next).toBe('again')
  })

  test.each([
    { name: 'the record says so', over: { told: '900' }, lastLines: [] },
    { name: 'F-11 the session says so, where an earlier attempt kept no record', over: {}, lastLines: [line('900')] },
  ])('it is not told again, for $name', ({ over, lastLines }) => {
    const found = tell(ownOf(over), { digest: digest({ lastLines }) })
    expect(found.effects).not.toContain('send')
    expect(found.next).toEqual({ lookAfterMs: 48_300 })
  })

  test('a later run tells it once more', () => {
    const observed = { trackings: [ownOf({ told: '899' })], digest: digest({ lastLines: [line('899')] }) }
    const one = naming('tell', { thread: undefined, ...observed })
    expect(recordOf(decide(one).effects)).toMatchObject(telling)
    expect(decide(afterWriting(one)).effects.map(inShort)).toEqual(['send'])
  })

  test('refused: said, not tried again, and the session lives on', () => {
    const applied = [refused(send, { failure: 'message-refused', passing: false })]
    const found = tell(ownOf(telling), { applied })
    expect(recordOf(found.all)).toMatchObject({ phase: 'following', doing: undefined, told: '900' })
    expect(found).toMatchObject({ next: 'done', outcome: 'failed', reason: 'message-refused' })
  })

  describe('F-01 by an attempt that died', () => {
    const died = (age: number) => tracking({ ...telling, run: { id: '900', attempt: 0 } }, { age })
    test('less than 20 s ago: look again', () => {
      expect(named('tell', { trackings: [died(19_999)] })).toMatchObject({ effects: [], next: { lookAfterMs: 5000 } })
    })

    test('20 s ago without a trace: the record once more, then the message', () => {
      expect(named('tell', { trackings: [died(20_000)] }).effects).toEqual(['write following', 'send'])
    })

    test('whoever comes by does not know the words: needs attention, nothing is sent', () => {
      const command = say('Go on.')
      const observed = {
        key: OTHER_KEY,
        session: session(),
        trackings: [died(10 * MINUTE)],
        requests: [request(command)],
      }
      const { effects, story } = decide(scene({ intent: commandIntent(command), observed }))
      expect(effects.map(inShort)).not.toContain('send')
      expect(story.verdict).toEqual({ outcome: 'failed', reason: 'needs-attention' })
      expect(recordOf(effects)).toMatchObject({ doing: undefined, told: '900', phase: 'following' })
    })
  })

  test('F-53 each run has a key of its own, and so has each request', () => {
    const keys = [
      messageKey(record(), { what: 'tell', run: '900' }),
      messageKey(record(), { what: 'tell', run: '901' }),
      messageKey(record({ key: OTHER_KEY }), { what: 'tell', run: '900' }),
      messageKey(record(), { what: 'tell', run: 'local' }),
    ]
    expect(new Set(keys).size).toBe(keys.length)
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{20}$/)
  })
})
