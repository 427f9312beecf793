import { decide } from '../../../src/core/decision/decide.ts'
import type { Observed } from '../../../src/core/decision/observed.ts'
import type { News } from '../../../src/core/event/event.ts'
import type { RelayRecord } from '../../../src/core/record.ts'
import type { Session } from '../../../src/core/session.ts'
import {
  type config,
  inShort,
  KEY,
  labelIntent,
  MINUTE,
  OTHER_KEY,
  PULL,
  SESSION,
  scene,
  session,
  thread,
  tracking,
  trouble,
} from '../builders.ts'

const NEWS = ['opened', 'reopened', 'merged', 'closed'] as const
const running = thread({ labels: ['bug', 'jules: running'] })
const unasked = { subject: undefined, asker: undefined, origin: { kind: 'prompt', id: '900' } } as const
const theirs = { id: '800', attempt: 1 }

/** Pull request #34 is in the news; the session that made it, if any, was asked for on issue #12. */
function news(kind: News, observed: Partial<Observed> = {}, inputs: Parameters<typeof config>[0] = {}) {
  const intent = labelIntent({
    thread: { number: 34, kind: 'pull-request' },
    because: { kind: 'news', news: kind },
    ...unasked,
  })
  const base = { key: OTHER_KEY, thread: running, maker: SESSION, session: session({ pullRequest: PULL }) }
  return told(scene({ intent, observed: { ...base, ...observed }, config: inputs }))
}

function closedIssue(observed: Partial<Observed>, inputs: Parameters<typeof config>[0] = {}) {
  const intent = labelIntent({ because: { kind: 'thread-closed' }, ...unasked })
  return told(scene({ intent, observed: { key: OTHER_KEY, thread: running, ...observed }, config: inputs }))
}

function told(one: ReturnType<typeof scene>) {
  const { effects, next, story } = decide(one)
  const written = effects.find((effect) => effect.do === 'write')
  return { effects: effects.map(inShort), next, ...story.verdict, story, written, all: effects }
}

const handedOver = (over: Partial<RelayRecord> = {}, comment = 500) =>
  tracking({ run: undefined, ...over }, { comment, age: 10 * MINUTE })

describe('T-12 a pull request that none of our sessions made', () => {
  const nobodys: Partial<Observed> = { maker: undefined, session: undefined, trackings: [handedOver()] }
  test.each(NEWS)('%s: nothing is done, whatever it says of itself', (kind) => {
    expect(news(kind, { ...nobodys, elapsed: 2 * MINUTE })).toMatchObject({
      effects: [],
      next: 'done',
      outcome: 'ignored',
      reason: 'not-our-pull-request',
    })
  })

  test.each([
    { kind: 'opened', elapsed: 2 * MINUTE - 1, next: { lookAfterMs: 5000 } },
    { kind: 'opened', elapsed: 2 * MINUTE, next: 'done' },
    { kind: 'reopened', elapsed: 0, next: 'done' },
    { kind: 'merged', elapsed: 0, next: 'done' },
    { kind: 'closed', elapsed: 0, next: 'done' },
  ] as const)('$kind after $elapsed ms: only a new one may be listed late', ({ kind, elapsed, next }) => {
    expect(news(kind, { ...nobodys, elapsed })).toMatchObject({ effects: [], next })
  })
})

describe('a pull request of ours is over', () => {
  test.each([
    { kind: 'merged', reason: 'merged' },
    { kind: 'closed', reason: 'closed-unmerged' },
  ] as const)('$kind: the record is closed, the labels go, nobody is called', ({ kind, reason }) => {
    const found = news(kind, { trackings: [handedOver()] })
    expect(found).toMatchObject({
      effects: ['write closed', '-jules: running'],
      next: 'done',
      outcome: 'pull-request',
      reason,
    })
    expect(found.written).toMatchObject({
      comment: 500,
      record: { run: undefined, seq: 4 },
      story: { followed: false },
    })
  })

  test('though another run follows at this very moment', () => {
    const own = tracking({ run: theirs }, { age: 0 })
    expect(news('merged', { trackings: [own] })).toMatchObject({ effects: ['write closed', '-jules: running'] })
  })

  test.each(['AWAITING_USER_FEEDBACK', 'FAILED', 'PAUSED'] as const)('whatever the session says (%s)', (state) => {
    expect(news('merged', { trackings: [handedOver()], session: session({ state }) })).toMatchObject({
      outcome: 'pull-request',
      reason: 'merged',
    })
  })

  test('told once more, it changes nothing but the sequence number', () => {
    const own = handedOver({ phase: 'closed' })
    const { written, effects } = news('closed', { trackings: [own], thread: thread() })
    expect(effects).toEqual(['write closed'])
    expect(written?.record).toEqual({ ...own.record, seq: own.record.seq + 1 })
  })

  test('notify: always calls the requester', () => {
    expect(news('merged', { trackings: [handedOver()] }, { notify: 'always' }).effects).toContain('note done #12')
  })

  test('the tracking comment of another session is let be', () => {
    const others = handedOver({ key: OTHER_KEY, session: '222' }, 510)
    expect(news('merged', { trackings: [handedOver(), others] }).written).toMatchObject({
      comment: 500,
      record: { key: KEY, session: SESSION },
    })
  })

  test('a locked thread is let be', () => {
    expect(news('merged', { trackings: [handedOver()], thread: thread({ locked: true }) })).toMatchObject({
      effects: [],
      reason: 'thread-locked',
    })
  })
})

describe('a pull request of ours is there', () => {
  const rows: { name: string; seen: Partial<Session>; effects: string[]; outcome: string; reason: string }[] = [
    {
      name: 'the session is complete',
      seen: { state: 'COMPLETED', pullRequest: PULL },
      effects: ['write settled', '-jules: running'],
      outcome: 'pull-request',
      reason: 'completed',
    },
    {
      name: 'the session goes on',
      seen: { state: 'IN_PROGRESS', pullRequest: PULL },
      effects: ['write settled', '-jules: running'],
      outcome: 'pull-request',
      reason: 'still-working',
    },
    {
      name: 'the session asks',
      seen: { state: 'AWAITING_USER_FEEDBACK', pullRequest: PULL },
      effects: ['+jules: waiting', 'write waiting', '-jules: running', 'note needed #12'],
      outcome: 'waiting-for-reply',
      reason: 'question',
    },
  ]
  describe.each(['opened', 'reopened'] as const)('%s', (kind) => {
    test.each(rows)('$name: $reason', ({ seen, effects, outcome, reason }) => {
      const found = news(kind, { trackings: [handedOver()], session: session(seen) })
      expect(found).toMatchObject({ effects, next: 'done', outcome, reason })
      expect(found.written).toMatchObject({ record: { run: undefined } })
    })
  })

  test.each([
    {
      name: 'another run that has just written sees to it',
      by: theirs,
      age: 0,
      effects: [],
      reason: 'already-running',
    },
    {
      name: 'another run that has not written for two minutes, and may be there all the same',
      by: theirs,
      age: 2 * MINUTE,
      effects: ['write following'],
      reason: 'still-working',
    },
    {
      name: 'another run that is surely gone',
      by: theirs,
      age: 20 * MINUTE,
      effects: ['write settled', '-jules: running'],
      reason: 'still-working',
    },
    {
      name: 'an earlier attempt of this run',
      by: { id: '900', attempt: 1 },
      age: 0,
      effects: ['write settled', '-jules: running'],
      reason: 'still-working',
    },
  ])('followed by $name: $reason', ({ by, age, effects, reason }) => {
    expect(news('opened', { trackings: [tracking({ run: by }, { age })] })).toMatchObject({
      effects,
      next: 'done',
      reason,
    })
  })

  test('one that was closed and is open again can be talked to again', () => {
    const found = news('reopened', { trackings: [handedOver({ phase: 'closed' })], thread: thread() })
    expect(found).toMatchObject({ effects: ['write settled'], outcome: 'pull-request' })
  })
})

describe('a pull request of a session that no tracking comment tells of', () => {
  test.each([
    { kind: 'opened', reason: 'still-working' },
    { kind: 'reopened', reason: 'still-working' },
    { kind: 'merged', reason: 'merged' },
    { kind: 'closed', reason: 'closed-unmerged' },
  ] as const)('$kind: only the outputs say so ($reason)', ({ kind, reason }) => {
    expect(news(kind, { trackings: [handedOver({ session: '222' })] })).toMatchObject({
      effects: [],
      next: 'done',
      outcome: 'pull-request',
      reason,
      story: { session: { id: SESSION }, pullRequest: PULL },
    })
  })
})

describe('what must not happen on the way', () => {
  test('F-53 a message that a run which died had begun to send comes first, and is never sent a second time', () => {
    const doing = { what: 'send', comment: 601 } as const
    // Its words are not known here, so nobody can say whether it arrived: a person is asked.
    expect(news('opened', { trackings: [handedOver({ doing })] })).toMatchObject({
      reason: 'needs-attention',
      written: { record: { doing: undefined, handledToo: [601] } },
    })
    expect(news('merged', { trackings: [handedOver({ doing })] }).written).toMatchObject({
      record: { doing: undefined, handledToo: [601] },
    })
  })

  test('a session that could not be read is not told of as if it had been', () => {
    const away = trouble()
    expect(news('opened', { session: undefined, trouble: away, trackings: [handedOver()] })).toMatchObject({
      effects: [],
      next: 'done',
      outcome: 'failed',
      reason: 'jules-unavailable',
      story: { trouble: away },
    })
  })

  test.each([
    { kind: 'opened', state: 'COMPLETED', reason: 'completed' },
    { kind: 'reopened', state: 'COMPLETED', reason: 'completed' },
    { kind: 'opened', state: 'IN_PROGRESS', reason: 'still-working' },
    { kind: 'merged', state: 'IN_PROGRESS', reason: 'merged' },
  ] as const)('$kind, by a session ($state) that no comment tells of: $reason', ({ kind, state, reason }) => {
    const found = news(kind, { trackings: [], session: session({ state, pullRequest: PULL }) })
    expect(found).toMatchObject({ effects: [], next: 'done', outcome: 'pull-request', reason })
  })

  test('a cancelled run leaves the record of another run alone', () => {
    const trackings = [tracking({ run: theirs }, { age: 10 * MINUTE })]
    expect(news('opened', { cancelled: true, trackings })).toMatchObject({ effects: [], reason: 'cancelled' })
    expect(news('opened', { cancelled: true, maker: undefined, trackings: [handedOver()] }).effects).toEqual([])
  })

  test('F-06 whoever is called is called in the thread that the comment stands in', () => {
    const asks = { ...session({ state: 'AWAITING_USER_FEEDBACK' }) }
    const found = news('opened', { askedOn: 34, session: asks, trackings: [handedOver()] })
    expect(found.all.find((effect) => effect.do === 'note')).toMatchObject({ thread: 12, kind: 'needed' })
  })
})

describe('F-52 a pull request of a session that was stopped', () => {
  const stopped = handedOver({ phase: 'stopped' })

  test.each([
    { archived: true, reason: 'by-command' },
    { archived: false, reason: 'thread-closed' },
  ])(
    'is linked in the comment, and the session is not followed again (archived: $archived)',
    ({ archived, reason }) => {
      const seen = session({ state: 'COMPLETED', pullRequest: PULL, archived })
      const found = news('opened', { trackings: [stopped], session: seen, thread: thread() })
      expect(found).toMatchObject({ effects: ['write stopped'], next: 'done', outcome: 'stopped', reason })
      expect(found.written).toMatchObject({ story: { pullRequest: PULL, followed: false } })
    },
  )

  test('is told as merged when it is', () => {
    expect(news('merged', { trackings: [stopped] })).toMatchObject({
      effects: expect.arrayContaining(['write closed']),
      reason: 'merged',
    })
  })
})

describe('the issue is closed', () => {
  test('nothing of ours stands in it', () => {
    expect(closedIssue({ thread: thread() })).toMatchObject({
      effects: [],
      next: 'done',
      outcome: 'ignored',
      reason: 'event-not-handled',
    })
  })

  test.each(['claimed', 'creating', 'queued', 'following', 'waiting'] as const)(
    'a live one (%s): no longer followed, labels off, nobody is called',
    (phase) => {
      const found = closedIssue({ trackings: [handedOver({ phase })], session: session() })
      expect(found).toMatchObject({
        effects: ['write stopped', '-jules: running'],
        next: 'done',
        outcome: 'stopped',
        reason: 'thread-closed',
      })
      expect(found.written).toMatchObject({ record: { run: undefined }, story: { followed: false } })
    },
  )

  test.each(['settled', 'failed', 'stopped', 'closed'] as const)(
    'one that has ended (%s) keeps its ending',
    (phase) => {
      expect(
        closedIssue({ trackings: [handedOver({ phase })], thread: thread({ labels: ['jules: failed'] }) }),
      ).toMatchObject({
        effects: ['-jules: failed'],
        next: 'done',
        outcome: 'ignored',
        reason: 'already-handled',
        story: { commentUrl: handedOver({ phase }).url },
      })
    },
  )

  test('the newest one counts', () => {
    const trackings = [handedOver({ phase: 'closed' }), handedOver({ key: OTHER_KEY }, 510)]
    expect(closedIssue({ trackings }).written).toMatchObject({ comment: 510, record: { phase: 'stopped' } })
  })

  test('labels are let be where the inputs say so', () => {
    const quiet = { statusLabels: false }
    expect(closedIssue({ trackings: [handedOver()] }, quiet).effects).toEqual(['write stopped'])
    expect(closedIssue({ trackings: [handedOver({ phase: 'settled' })] }, quiet).effects).toEqual([])
  })
})
