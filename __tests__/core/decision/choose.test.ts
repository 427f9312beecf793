import { choose, chosen, isFree, isOurs, laterClaims, namedSession } from '../../../src/core/decision/choose.ts'
import { decide } from '../../../src/core/decision/decide.ts'
import type { Tracking } from '../../../src/core/decision/observed.ts'
import type { Intent } from '../../../src/core/intent/intent.ts'
import {
  KEY,
  labelIntent,
  MINUTE,
  NOW,
  OTHER_KEY,
  promptIntent,
  request,
  SESSION,
  say,
  scene,
  sessionIntent,
  tracking,
} from '../builders.ts'

const run = { id: '900', attempt: 1, url: '' }
const seen = (trackings: Tracking[], maker?: string) => ({ run, trackings, key: KEY, maker, requests: [] })
const at = (comment: number, key: string, phase: Parameters<typeof tracking>[0] = {}) =>
  tracking({ key, ...phase }, { comment })

describe('which tracking comment is meant', () => {
  test.each([
    { name: 'none', trackings: [], comment: undefined },
    { name: 'the one of this request', trackings: [at(1, OTHER_KEY), at(2, KEY), at(3, OTHER_KEY)], comment: 2 },
    { name: 'F-08 the oldest claim of this request', trackings: [at(1, KEY), at(2, KEY)], comment: 1 },
    {
      name: 'of this request, though it has failed',
      trackings: [at(1, KEY, { phase: 'failed' }), at(2, OTHER_KEY)],
      comment: 1,
    },
    { name: 'the newest', trackings: [at(1, OTHER_KEY), at(2, OTHER_KEY)], comment: 2 },
    {
      name: 'the newest that can be talked to',
      trackings: [at(1, OTHER_KEY), at(2, OTHER_KEY, { phase: 'failed' }), at(3, OTHER_KEY, { phase: 'stopped' })],
      comment: 1,
    },
    {
      name: 'the newest that can be talked to, behind one that is queued and one whose pull request is merged',
      trackings: [at(1, OTHER_KEY), at(2, OTHER_KEY, { phase: 'queued' }), at(3, OTHER_KEY, { phase: 'closed' })],
      comment: 1,
    },
    {
      name: 'the newest, where none can be talked to',
      trackings: [at(1, OTHER_KEY, { phase: 'stopped' }), at(2, OTHER_KEY, { phase: 'failed' })],
      comment: 2,
    },
  ])('$name', ({ trackings, comment }) => {
    expect(choose(trackings, KEY)?.comment).toBe(comment)
  })
})

describe('which tracking comment is meant, where a session is', () => {
  const [first, second] = [at(1, KEY, { session: '111' }), at(2, OTHER_KEY, { session: '222', phase: 'stopped' })]
  test.each([
    { name: 'its own, though another one is of this request', session: '222', comment: 2 },
    { name: 'none, where none tells of it', session: '333', comment: undefined },
    { name: 'the one of this request, where none is named', session: '', comment: 1 },
  ])('$name', ({ session, comment }) => {
    expect(choose([first, second], KEY, session)?.comment).toBe(comment)
  })

  test.each([
    { name: 'the workflow file', intent: sessionIntent('follow'), session: SESSION },
    { name: 'a prompt alone', intent: promptIntent(), session: '' },
    { name: 'a label', intent: labelIntent(), session: '' },
  ])('named by $name: "$session"', ({ intent, session }) => {
    expect(namedSession(intent)).toBe(session)
  })
})

describe('which tracking comment a run is about', () => {
  const because = (kind: 'sweep' | 'thread-closed') => labelIntent({ because: { kind } })
  const news = labelIntent({ because: { kind: 'news', news: 'merged' } })
  const third = 'c'.repeat(20)
  const chain = [
    at(1, KEY, { session: '111', phase: 'settled' }),
    at(2, OTHER_KEY, { session: '222', phase: 'failed', replaces: '111' }),
    at(3, third, { session: '', phase: 'claimed', replaces: '222' }),
  ]
  const queued = at(4, 'd'.repeat(20), { session: '', phase: 'queued' })
  type Row = { name: string; intent: Intent; trackings: Tracking[]; maker?: string; comment: number | undefined }
  const rows: Row[] = [
    { name: 'its own', intent: labelIntent(), trackings: chain.slice(0, 1), comment: 1 },
    { name: 'none at all', intent: labelIntent(), trackings: [], comment: undefined },
    {
      name: 'the session that was started in place of its own',
      intent: labelIntent(),
      trackings: chain.slice(0, 2),
      comment: 2,
    },
    { name: 'the last of a chain of them', intent: labelIntent(), trackings: chain, comment: 3 },
    { name: 'the same, in any order', intent: labelIntent(), trackings: chain.toReversed(), comment: 3 },
    {
      name: 'one of another chain is not',
      intent: labelIntent(),
      trackings: [...chain.slice(0, 1), at(9, third, { session: '333', replaces: '444' })],
      comment: 1,
    },
    {
      name: 'a claim that has no session yet is replaced by nobody',
      intent: labelIntent(),
      trackings: [at(1, KEY, { session: '', phase: 'claimed' }), at(2, OTHER_KEY, { session: '222', replaces: '' })],
      comment: 1,
    },
    {
      name: 'F-08 a session at work, where its own request still waits for room',
      intent: labelIntent(),
      trackings: [at(1, KEY, { session: '', phase: 'queued' }), at(2, OTHER_KEY, { session: '222' })],
      comment: 2,
    },
    {
      name: 'its own, where it waits and no session is at work',
      intent: labelIntent(),
      trackings: [at(1, KEY, { session: '', phase: 'queued' }), at(2, OTHER_KEY, { phase: 'settled' })],
      comment: 1,
    },
    {
      name: 'its own, which waits for nothing, beside a session at work',
      intent: labelIntent(),
      trackings: [at(1, KEY, { session: '', phase: 'claimed' }), at(2, OTHER_KEY, { session: '222' })],
      comment: 1,
    },
    { name: 'of a sweep: the last of a chain', intent: because('sweep'), trackings: chain.slice(0, 2), comment: 2 },
    {
      name: 'F-09 of a sweep: what waits for room comes before what has ended',
      intent: because('sweep'),
      trackings: [queued, at(1, KEY, { session: '111', phase: 'settled' }), at(2, OTHER_KEY, { phase: 'waiting' })],
      comment: 4,
    },
    {
      name: 'F-09 of a sweep: a session at work comes before what waits for room',
      intent: because('sweep'),
      trackings: [queued, ...chain],
      comment: 3,
    },
    {
      name: 'F-28 of a sweep: what this very run has begun comes first of all',
      intent: because('sweep'),
      trackings: [at(4, OTHER_KEY, { session: '', phase: 'creating', run: { id: '900', attempt: 1 } }), ...chain],
      comment: 4,
    },
    {
      name: 'F-08 of a sweep: the second claim of a request never counts',
      intent: because('sweep'),
      trackings: [at(1, KEY, { phase: 'settled' }), at(2, KEY, { session: '', phase: 'queued' })],
      comment: 1,
    },
    {
      name: 'of a sweep: of two that wait the newer one',
      intent: because('sweep'),
      trackings: [queued, at(5, OTHER_KEY, { session: '', phase: 'queued' })],
      comment: 5,
    },
    {
      name: 'of others: what waits is not preferred',
      intent: because('thread-closed'),
      trackings: [queued, ...chain],
      comment: 3,
    },
    {
      name: 'of news: the session that made the pull request, though another one replaced it',
      intent: news,
      trackings: chain,
      maker: '111',
      comment: 1,
    },
    { name: 'of news: none of ours made it', intent: news, trackings: chain, comment: undefined },
    {
      name: 'of news: no comment tells of the one that made it',
      intent: news,
      trackings: chain,
      maker: '999',
      comment: undefined,
    },
    {
      name: 'of a session that is named: that one, though another one replaced it',
      intent: sessionIntent('follow', { because: { kind: 'session', session: '111', wish: 'follow', message: '' } }),
      trackings: chain,
      comment: 1,
    },
  ]
  test.each(rows)('$name', ({ intent, trackings, maker, comment }) => {
    expect(chosen(intent, seen(trackings, maker))?.comment).toBe(comment)
  })
})

describe('F-09 what is asked beside a request that has come to nothing', () => {
  const failed = at(1, KEY, { phase: 'failed', session: '' })
  const asked = (trackings: Tracking[]) => ({ ...seen(trackings), requests: [request(say('Also this.'))] })
  test.each([
    { name: 'goes to another session of the thread', trackings: [failed, at(2, OTHER_KEY)], comment: 2 },
    { name: 'stays with it where there is none', trackings: [failed], comment: 1 },
    { name: 'stays with one that can be talked to', trackings: [at(1, KEY), at(2, OTHER_KEY)], comment: 1 },
    { name: 'goes to the newest, where this request has no comment', trackings: [at(2, OTHER_KEY)], comment: 2 },
  ])('$name', ({ trackings, comment }) => {
    expect(chosen(labelIntent(), asked(trackings))?.comment).toBe(comment)
  })
  test('where nothing more is asked, the request counts', () => {
    expect(chosen(labelIntent(), seen([failed, at(2, OTHER_KEY)]))?.comment).toBe(1)
  })
})

test('claims of the same request that came later', () => {
  const [first, second, other] = [at(1, KEY), at(2, KEY), at(3, OTHER_KEY)]
  expect(laterClaims([first, second, other], first)).toEqual([second])
})

describe('whose claim it is', () => {
  const rows = [
    { name: 'this attempt', by: { id: '900', attempt: 1 }, age: 0, ours: true, free: true },
    { name: 'T-07 an earlier attempt of this run', by: { id: '900', attempt: 0 }, age: 0, ours: true, free: true },
    { name: 'a later attempt of this run', by: { id: '900', attempt: 2 }, age: 0, ours: false, free: false },
    { name: 'another run that has just written', by: { id: '901', attempt: 1 }, age: 0, ours: false, free: false },
    {
      name: 'another run that wrote less than two minutes ago',
      by: { id: '901', attempt: 1 },
      age: 2 * MINUTE - 1,
      ours: false,
      free: false,
    },
    {
      name: 'another run that wrote two minutes ago',
      by: { id: '901', attempt: 1 },
      age: 2 * MINUTE,
      ours: false,
      free: true,
    },
    { name: 'nobody', by: undefined, age: 0, ours: false, free: true },
  ]
  test.each(rows)('$name: ours $ours, free $free', ({ by, age, ours, free }) => {
    const one = tracking({ run: by }, { age })
    expect(isOurs(one, run)).toBe(ours)
    expect(isFree(one, { run, now: NOW })).toBe(free)
  })
})

describe('F-08 several jobs of a run may be at the same thread at once', () => {
  const mine = { ...run, attempt: 2, job: 'aa' }
  test.each([
    { name: 'its own', of: { id: '900', attempt: 2, job: 'aa' }, ours: true },
    { name: 'another job of this attempt', of: { id: '900', attempt: 2, job: 'bb' }, ours: false },
    { name: 'a job of the attempt before', of: { id: '900', attempt: 1, job: 'bb' }, ours: true },
    { name: 'another run', of: { id: '901', attempt: 2, job: 'aa' }, ours: false },
  ])('the record of $name is ours: $ours', ({ of, ours }) => {
    expect(isOurs(tracking({ run: of }), mine)).toBe(ours)
  })

  test('the record says which job it is', () => {
    const { effects } = decide(scene({ intent: promptIntent(), observed: { run: mine } }))
    expect(effects.find((effect) => effect.do === 'claim')).toMatchObject({
      record: { run: { id: '900', attempt: 2, job: 'aa' } },
    })
  })
})
