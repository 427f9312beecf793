import { decide } from '../../../src/core/decision/decide.ts'
import {
  ago,
  commandIntent,
  inShort,
  MINUTE,
  OTHER_KEY,
  PULL,
  request,
  SESSION,
  say,
  scene,
  session,
  thread,
  tracking,
  trouble,
} from '../builders.ts'
import { ending, follow, PLAN, type Seen } from './following.ts'
import { afterWriting, recordOf } from './telling.ts'

describe('when to look again', () => {
  test.each([
    { name: 'a young session', created: ago(0), elapsed: 0, pollMs: 15_000, after: 46_500 },
    { name: 'a session of ten minutes', created: ago(10 * MINUTE), elapsed: MINUTE, pollMs: 15_000, after: 52_500 },
    { name: 'a shorter gap is asked for', created: ago(0), elapsed: 0, pollMs: 2000, after: 6200 },
    { name: 'an old session', created: ago(60 * MINUTE), elapsed: MINUTE, pollMs: 15_000, after: 60_000 },
    {
      name: 'an old session, where looks are to be rarer still',
      created: ago(60 * MINUTE),
      elapsed: MINUTE,
      pollMs: 600_000,
      after: 600_000,
    },
    {
      name: 'F-40 a session of the future',
      created: ago(-60 * MINUTE),
      elapsed: MINUTE,
      pollMs: 15_000,
      after: 46_500,
    },
    {
      name: 'P13 shortly before the end of the wait',
      created: ago(60 * MINUTE),
      elapsed: 15 * MINUTE - 7000,
      pollMs: 15_000,
      after: 7000,
    },
  ])('$name', ({ created, elapsed, pollMs, after }) => {
    expect(follow({ session: { created }, observed: { elapsed }, config: { pollMs } }).next).toEqual({
      lookAfterMs: after,
    })
  })

  test.each<{ name: string; seen: Seen }>([
    { name: 'it was not read so far', seen: { observed: { session: undefined } } },
    { name: 'a person waits for its plan', seen: { record: { planGate: true } } },
    { name: 'somebody has just told it something', seen: { record: { acted: ago(MINUTE - 1) } } },
    {
      name: 'it is complete, and its pull request is not there',
      seen: { session: { state: 'COMPLETED', patch: 'diff' } },
    },
  ])('soon: $name', ({ seen }) => {
    expect(follow(seen).next).toEqual({ lookAfterMs: 15_000 })
  })

  test.each<{ name: string; seen: Seen }>([
    {
      name: 'the plan that a person waited for is there',
      seen: { record: { planGate: true }, digest: { plan: PLAN } },
    },
    { name: 'what it was told is a minute old', seen: { record: { acted: ago(MINUTE) } } },
  ])('later again: $name', ({ seen }) => {
    expect(follow(seen).next).toEqual({ lookAfterMs: 48_300 })
  })
})

describe('T-83 how often the comment is written', () => {
  const first = follow({ record: {} }).story
  const later = (seen: Seen, at = 15_000) => {
    const { effects } = follow({
      ...seen,
      observed: {
        ...seen.observed,
        elapsed: 20_000,
        shown: { story: first, at },
        thread: thread({ labels: ['jules: running'] }),
      },
    })
    return effects.map(inShort)
  }
  test.each([
    { name: 'nothing has changed', seen: {}, at: 0, effects: [] },
    {
      name: 'progress of a young session, less than 20 s later',
      seen: { session: { created: ago(MINUTE) }, digest: { progress: ['Reading'] } },
      at: 1,
      effects: [],
    },
    {
      name: 'progress of a young session, 20 s later',
      seen: { session: { created: ago(MINUTE) }, digest: { progress: ['Reading'] } },
      at: 0,
      effects: ['write following'],
    },
    {
      name: 'progress of an older session, less than a quarter of its age later',
      seen: { session: { created: ago(4 * MINUTE) }, digest: { progress: ['Reading'] } },
      at: -MINUTE + 20_001,
      effects: [],
    },
    {
      name: 'progress of an older session, a quarter of its age later',
      seen: { session: { created: ago(4 * MINUTE) }, digest: { progress: ['Reading'] } },
      at: -MINUTE + 20_000,
      effects: ['write following'],
    },
    { name: 'a plan, at once', seen: { digest: { plan: PLAN } }, at: 19_000, effects: ['write following'] },
    {
      name: 'that Jules cannot be read, at once',
      seen: { observed: { trouble: trouble() } },
      at: 19_000,
      effects: ['write following'],
    },
    {
      name: 'a pull request, at once',
      seen: { session: { pullRequest: PULL } },
      at: 19_000,
      effects: ['write following'],
    },
    {
      name: 'another reason, at once',
      seen: { session: { created: ago(60 * MINUTE) }, digest: { lastAgentAt: ago(30 * MINUTE) } },
      at: 19_000,
      effects: ['write following'],
    },
    {
      name: 'another run in the record, at once',
      seen: { record: { run: { id: '900', attempt: 0 } } },
      at: 19_000,
      effects: ['write following'],
    },
  ])('$name', ({ seen, at, effects }) => {
    expect(later(seen, at)).toEqual(effects)
  })

  test('the first look of a run writes', () => {
    expect(ending({}).effects).toEqual(['+jules: running', 'write following'])
  })
})

describe('Jules cannot be read', () => {
  test.each([
    { name: 'it is said, and looks go on once a minute', asks: {}, lookAfterMs: MINUTE },
    { name: 'it asks for less', asks: { waitMs: 7000 }, lookAfterMs: MINUTE },
    { name: 'it asks for more', asks: { waitMs: 3 * MINUTE }, lookAfterMs: 3 * MINUTE },
    { name: 'it asks for more than the wait has', asks: { waitMs: 1e12 }, lookAfterMs: 15 * MINUTE - 20_000 },
  ])('F-16 now: $name', ({ asks, lookAfterMs }) => {
    const passing = trouble(asks)
    const { next, story: told } = follow({ observed: { trouble: passing } })
    expect(told).toMatchObject({ verdict: { outcome: 'running' }, trouble: passing })
    expect(next).toEqual({ lookAfterMs })
  })

  test('F-17 T-118 for good: the run ends', () => {
    const rejected = trouble({ failure: 'key-rejected', passing: false })
    const { next, story: told } = follow({ observed: { trouble: rejected } })
    expect(told).toMatchObject({ verdict: { outcome: 'failed', reason: 'key-rejected' }, trouble: rejected })
    expect(next).toBe('done')
  })

  test.each(['following', 'waiting'] as const)(
    'F-17 T-118 for good: the session lives on, and the record says so still (%s)',
    (phase) => {
      const rejected = trouble({ failure: 'key-rejected', passing: false })
      const { effects } = follow({ record: { phase }, observed: { session: undefined, trouble: rejected } })
      const written = effects.find((effect) => effect.do === 'write')?.record
      expect(written).toMatchObject({ phase, session: SESSION, run: undefined })
      expect(effects.map(inShort)).not.toContain('+jules: failed')

      // Once the key is mended, a label finds the session live, and words go to it.
      const later = { trackings: [tracking(written, { age: 60 * MINUTE })], session: session(), key: OTHER_KEY }
      const labeled = thread({ labels: ['ask-jules'] })
      expect(decide(scene({ observed: { ...later, thread: labeled } })).story.verdict.reason).toBe('already-running')
      const command = say('Go on.')
      const words = scene({ intent: commandIntent(command), observed: { ...later, requests: [request(command)] } })
      expect(recordOf(decide(words).effects)).toMatchObject({ doing: { what: 'send', comment: 601 } })
      expect(decide(afterWriting(words)).effects.map(inShort)).toEqual(['send'])
    },
  )
})
