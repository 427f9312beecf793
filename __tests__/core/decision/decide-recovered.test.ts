import { decide } from '../../../src/core/decision/decide.ts'
import type { Observed } from '../../../src/core/decision/observed.ts'
import type { Intent } from '../../../src/core/intent/intent.ts'
import type { RelayRecord } from '../../../src/core/record.ts'
import {
  commandIntent,
  inShort,
  labelIntent,
  MINUTE,
  OTHER_KEY,
  PULL,
  SESSION,
  scene,
  session,
  thread,
  tracking,
} from '../builders.ts'

/** What a later run decides about a thread whose last run has left it half told. */
function later(intent: Intent, observed: Partial<Observed>) {
  const { effects, next, story } = decide(scene({ intent, observed }))
  return { effects: effects.map(inShort), next, ...story.verdict, all: effects }
}

const left = (over: Partial<RelayRecord> = {}) => tracking({ run: undefined, ...over }, { age: 10 * MINUTE })
const quiet = { subject: undefined, asker: undefined, origin: { kind: 'prompt', id: '900' } } as const
const running = thread({ labels: ['jules: running'] })
const done = session({ state: 'COMPLETED', pullRequest: PULL })

describe('F-02 the same request once more, after a run that was cancelled', () => {
  test.each(['following', 'waiting'] as const)(
    'its record says %s, and the session has ended: the end is told',
    (phase) => {
      const one = later(labelIntent(), { trackings: [left({ phase })], session: done, thread: running })
      expect(one).toMatchObject({ effects: ['write settled', '-jules: running'], reason: 'completed' })
    },
  )

  const handled = { key: OTHER_KEY, trackings: [left({ handledToo: [601] })], session: done, thread: running }
  const status = commandIntent({ verb: 'reply', text: 'UTC', cut: false })

  test('a command that it has carried out: the job run again tells the end', () => {
    const run = { id: '900', attempt: 2, url: '' }
    expect(later(status, { ...handled, run })).toMatchObject({ reason: 'completed', next: 'done' })
  })

  test('F-11 the same event twice is no job run again', () => {
    expect(later(status, handled)).toMatchObject({ effects: [], reason: 'already-handled' })
  })
})

describe('F-04 a claim that came to nothing, for nobody knew of its session', () => {
  const failed = left({ phase: 'failed', session: '' })

  test('it is found: adopted', () => {
    const one = later(labelIntent({ because: { kind: 'sweep' }, ...quiet }), {
      trackings: [failed],
      found: SESSION,
      key: OTHER_KEY,
    })
    expect(one.all.find((effect) => effect.do === 'write')).toMatchObject({
      record: { session: SESSION, phase: 'following' },
    })
  })

  test('it is not: left as it is', () => {
    const one = later(labelIntent({ because: { kind: 'sweep' }, ...quiet }), { trackings: [failed], key: OTHER_KEY })
    expect(one).toMatchObject({ effects: [], reason: 'already-handled' })
  })
})

describe('news of a pull request whose session the thread does not name', () => {
  const opened = labelIntent({
    thread: { number: 34, kind: 'pull-request' },
    because: { kind: 'news', news: 'opened' },
    ...quiet,
  })
  const base = { key: OTHER_KEY, maker: SESSION, session: done, thread: running }

  test('F-01 a claim of its key, whose run died before it could write: the report is finished', () => {
    const one = later(opened, {
      ...base,
      trackings: [left({ phase: 'creating', session: '', doing: { what: 'create' } })],
    })
    expect(one).toMatchObject({ effects: ['write settled', '-jules: running'], reason: 'completed' })
    expect(one.all[0]).toMatchObject({ record: { session: SESSION, doing: undefined } })
  })

  test.each([
    { name: 'a claim of another key', over: { session: '', key: OTHER_KEY } },
    { name: 'a record of another session', over: { session: '222' } },
  ])('$name: the outputs alone tell', ({ over }) => {
    expect(later(opened, { ...base, trackings: [left(over)] })).toMatchObject({ effects: [], reason: 'completed' })
  })

  test('a session that could not be read', () => {
    expect(later(opened, { ...base, session: undefined, trackings: [left({ session: '' })] }).effects).toEqual([])
  })

  const changed = { ...base, trackings: [], changed: 500 }
  test.each([
    {
      name: 'T-58 its comment cannot be opened: a new one takes its place',
      observed: {},
      effects: ['claim claimed'],
      next: 'again',
    },
    {
      name: 'F-06 the answer to that was lost: look first',
      observed: { claims: 1, unsure: { effect: 'claim', since: 0 }, elapsed: 1000 },
      effects: [],
      next: { lookAfterMs: 5000 },
    },
    { name: 'F-06 twice was enough', observed: { claims: 2 }, effects: [], next: 'done' },
  ] as const)('$name', ({ observed, effects, next }) => {
    expect(later(opened, { ...changed, ...observed })).toMatchObject({ effects, next })
  })
})

test('T-58 a sweep takes a session on whose comment cannot be opened', () => {
  const sweep = labelIntent({ because: { kind: 'sweep' }, ...quiet })
  const one = later(sweep, { key: OTHER_KEY, trackings: [], maker: SESSION, changed: 500, thread: running })
  expect(one.all).toMatchObject([{ do: 'claim', record: { session: SESSION, disowned: 500 } }])
})
