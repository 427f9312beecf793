import { decide } from '../../../src/core/decision/decide.ts'
import type { Observed } from '../../../src/core/decision/observed.ts'
import type { RelayRecord } from '../../../src/core/record.ts'
import {
  ago,
  inShort,
  labelIntent,
  MINUTE,
  NOW,
  OTHER_KEY,
  PULL,
  SESSION,
  scene,
  session,
  thread,
  tracking,
  trouble,
} from '../builders.ts'
import { digest } from './telling.ts'

/** A sweep comes by a thread whose session nobody has followed for ten minutes. */
function swept(over: Partial<RelayRecord> = {}, observed: Partial<Observed> = {}, age = 10 * MINUTE) {
  const intent = labelIntent({
    because: { kind: 'sweep' },
    subject: undefined,
    asker: undefined,
    origin: { kind: 'prompt', id: '900' },
  })
  const base = {
    key: OTHER_KEY,
    thread: thread({ labels: ['jules: running'] }),
    trackings: [tracking({ run: undefined, ...over }, { age })],
    session: session(),
    digest: digest({ lastAgentAt: ago(MINUTE) }),
  }
  const one = scene({ intent, observed: { ...base, ...observed } })
  const first = decide(one)
  const [taken] = first.effects
  const isTaken = typeof first.next === 'object' && taken?.do === 'write'
  // Two sweeps at once would have seen each other by the second look.
  const trackings = one.observed.trackings.map((own) =>
    isTaken ? { ...own, record: taken.record, written: NOW } : own,
  )
  const { effects, next, story } = isTaken ? decide({ ...one, observed: { ...one.observed, trackings } }) : first
  return { effects: effects.map(inShort), next, ...story.verdict, story }
}

describe('a sweep tells what has become of a session', () => {
  const rows: {
    name: string
    over?: Partial<RelayRecord>
    age?: number
    observed: Partial<Observed>
    effects: string[]
    reason: string
  }[] = [
    { name: 'work goes on', observed: {}, effects: [], reason: 'handed-over' },
    {
      name: 'Jules does not know it, so far',
      observed: { session: undefined, searches: 3 },
      effects: [],
      reason: 'handed-over',
    },
    {
      name: 'work goes on again, where the comment says that Jules waits',
      over: { phase: 'waiting' },
      observed: {},
      effects: ['write following'],
      reason: 'handed-over',
    },
    {
      name: 'it stalls',
      observed: { session: session({ created: ago(60 * MINUTE) }), digest: digest({ lastAgentAt: ago(20 * MINUTE) }) },
      effects: ['write following'],
      reason: 'stalled',
    },
    {
      name: 'it stalls, as the comment says already',
      observed: { session: session({ created: ago(60 * MINUTE) }), digest: digest({ lastAgentAt: ago(30 * MINUTE) }) },
      effects: [],
      reason: 'stalled',
    },
    {
      name: 'F-26 the run that followed it died long ago: the comment says that nobody follows',
      over: { run: { id: '800', attempt: 1 } },
      age: 21 * MINUTE,
      observed: {},
      effects: ['write following'],
      reason: 'handed-over',
    },
    {
      name: 'F-23 a pull request comes after the end',
      over: { phase: 'settled' },
      observed: { session: session({ state: 'COMPLETED', updated: ago(30 * MINUTE), pullRequest: PULL }) },
      effects: ['write settled', '-jules: running'],
      reason: 'completed',
    },
    {
      name: 'F-24 what has failed is at work again',
      over: { phase: 'failed' },
      observed: { thread: thread({ labels: ['jules: failed'] }) },
      effects: ['+jules: running', 'write following', '-jules: failed'],
      reason: 'handed-over',
    },
    {
      name: 'it asks',
      observed: { session: session({ state: 'AWAITING_USER_FEEDBACK' }) },
      effects: ['+jules: waiting', 'write waiting', '-jules: running', 'note needed #12'],
      reason: 'question',
    },
    {
      name: 'a pull request is there',
      observed: { session: session({ state: 'COMPLETED', pullRequest: PULL }) },
      effects: ['write settled', '-jules: running'],
      reason: 'completed',
    },
    {
      name: 'F-22 it is gone',
      observed: { session: 'gone' },
      effects: ['+jules: failed', 'write failed', '-jules: running', 'note needed #12'],
      reason: 'gone',
    },
    {
      name: 'Jules cannot be asked: the comment stays as it is',
      observed: { trouble: trouble() },
      effects: [],
      reason: 'jules-unavailable',
    },
    {
      name: 'F-01 the session of a claim is there after all',
      over: { phase: 'creating', session: '', doing: { what: 'create' } },
      observed: { session: undefined, found: SESSION, thread: thread({ labels: ['jules: running'] }) },
      effects: ['write following'],
      reason: 'handed-over',
    },
  ]
  test.each(rows)('$name: $reason', ({ over, age, observed, effects, reason }) => {
    expect(swept(over, observed, age)).toMatchObject({ effects, reason })
  })

  test.each(['stopped', 'closed'] as const)('one that has ended (%s) keeps its ending', (phase) => {
    expect(swept({ phase }, { session: session({ state: 'AWAITING_USER_FEEDBACK' }) })).toMatchObject({
      effects: ['-jules: running'],
      next: 'done',
      outcome: 'ignored',
      reason: 'already-handled',
    })
  })

  test('F-22 one that Jules does not know is looked for again, for it may be gone', () => {
    expect(swept({}, { session: undefined, searches: 1 })).toMatchObject({ effects: [], next: { lookAfterMs: 5000 } })
  })

  test('F-22 a pull request stays told, though its session is gone', () => {
    expect(swept({ phase: 'settled' }, { session: 'gone' })).toMatchObject({
      effects: ['-jules: running'],
      next: 'done',
      reason: 'already-handled',
    })
  })

  test('one that another run follows is let be', () => {
    expect(swept({ run: { id: '800', attempt: 1 } }, {}, MINUTE)).toMatchObject({
      effects: [],
      next: 'done',
      reason: 'already-running',
    })
  })

  test('a request that came to no session keeps its ending', () => {
    expect(swept({ phase: 'failed', session: '' }, { session: undefined })).toMatchObject({
      effects: ['-jules: running'],
      reason: 'already-handled',
    })
  })

  test.each<{ name: string; observed: Partial<Observed>; effects: string[] }>([
    { name: 'nothing stands behind its label', observed: {}, effects: ['-jules: running'] },
    { name: 'somebody has changed our comment', observed: { changed: 500 }, effects: [] },
  ])('a thread without a tracking comment of ours: $name', ({ observed, effects }) => {
    expect(swept({}, { trackings: [], ...observed })).toMatchObject({
      effects,
      next: 'done',
      reason: 'already-handled',
    })
  })

  test('T-51 a session of the thread without a tracking comment that can be read gets a new one', () => {
    expect(swept({}, { trackings: [], maker: SESSION })).toMatchObject({ effects: ['claim claimed'], next: 'again' })
  })

  test('F-58 what a workflow file asked and never came to be is told, for only its own job can start it', () => {
    const lost = { phase: 'claimed', session: '', request: { kind: 'prompt', id: '800', hash: '' } } as const
    const found = swept(lost, { session: undefined, witness: undefined })
    expect(found).toMatchObject({
      effects: ['+jules: queued', 'write queued', '-jules: running', 'note needed #12'],
      next: 'done',
      reason: 'needs-attention',
    })
    expect(found.story.trouble?.sentence).toContain('Run that job again.')
  })
})

describe('a thread that waits for a person is written to only where something is new', () => {
  const old = { lastAgentAt: ago(30 * MINUTE), endsOn: 'question', message: 'Which one?' } as const
  const asking = session({ state: 'AWAITING_USER_FEEDBACK', updated: ago(30 * MINUTE) })
  const waiting = { phase: 'waiting' } as const

  test('nothing has happened since: the sweep leaves it alone', () => {
    const { effects, outcome } = swept(waiting, { session: asking, digest: digest(old) })
    // Only the label that a run has left on when it died is taken off.
    expect([effects, outcome]).toEqual([['-jules: running'], 'waiting-for-reply'])
  })

  test.each<{ name: string; over?: Partial<RelayRecord>; observed: Partial<Observed>; age?: number }>([
    { name: 'Jules has spoken since', observed: { digest: digest({ ...old, lastAgentAt: ago(MINUTE) }) } },
    { name: 'its state has moved since', observed: { session: { ...asking, updated: ago(MINUTE) } } },
    {
      name: 'no time is told',
      observed: { session: { ...asking, updated: '' }, digest: digest({ ...old, lastAgentAt: '' }) },
    },
    { name: 'it is over', observed: { session: session({ state: 'FAILED', updated: ago(30 * MINUTE) }) } },
    { name: 'it is gone', observed: { session: 'gone' } },
    { name: 'a run that died still holds it', over: { run: { id: '899', attempt: 1 } }, observed: {} },
  ])('$name: written', ({ over = {}, observed }) => {
    const { effects } = swept({ ...waiting, ...over }, { session: asking, digest: digest(old), ...observed })
    expect(effects.filter((effect) => effect.startsWith('write'))).toHaveLength(1)
  })
})
