import { decide } from '../../../src/core/decision/decide.ts'
import { type Digest, EMPTY_DIGEST } from '../../../src/core/decision/digest.ts'
import type { Observed } from '../../../src/core/decision/observed.ts'
import type { RelayRecord } from '../../../src/core/record.ts'
import type { Session } from '../../../src/core/session.ts'
import {
  ago,
  type config,
  inShort,
  MINUTE,
  NOW,
  PULL,
  promptIntent,
  scene,
  session,
  story,
  thread,
  tracking,
  trouble,
} from '../builders.ts'

const PLAN = { id: 'p1', steps: [{ title: 'Look', description: '' }] }
type Seen = {
  session?: Partial<Session>
  digest?: Partial<Digest>
  record?: Partial<RelayRecord>
  observed?: Partial<Observed>
  config?: Parameters<typeof config>[0]
}

function follow({ session: over, digest, record, observed, config: inputs }: Seen) {
  const own = {
    trackings: [tracking(record)],
    session: session(over),
    digest: { ...EMPTY_DIGEST, lastAgentAt: ago(MINUTE), ...digest },
    ...observed,
  }
  return decide(scene({ observed: own, ...(inputs && { config: inputs }) }))
}
function ending(seen: Seen) {
  const { effects, next, story: told } = follow(seen)
  return { effects: effects.map(inShort), next, ...told.verdict }
}

describe('design §4.1: what a state asks for', () => {
  const rows: { name: string; seen: Seen; outcome: string; reason: string; ends: boolean }[] = [
    { name: 'QUEUED', seen: { session: { state: 'QUEUED' } }, outcome: 'running', reason: 'handed-over', ends: false },
    {
      name: 'PLANNING',
      seen: { session: { state: 'PLANNING' } },
      outcome: 'running',
      reason: 'handed-over',
      ends: false,
    },
    { name: 'IN_PROGRESS', seen: {}, outcome: 'running', reason: 'handed-over', ends: false },
    {
      name: 'F-18 an unknown state',
      seen: { session: { state: 'UNKNOWN', rawState: 'DANCING' } },
      outcome: 'running',
      reason: 'handed-over',
      ends: false,
    },
    {
      name: 'a session that was not read so far',
      seen: { observed: { session: undefined } },
      outcome: 'running',
      reason: 'handed-over',
      ends: false,
    },
    {
      name: 'a pull request, and work goes on',
      seen: { session: { pullRequest: PULL } },
      outcome: 'pull-request',
      reason: 'still-working',
      ends: false,
    },
    {
      name: 'a pull request, quiet for less than ten minutes',
      seen: {
        session: { pullRequest: PULL, created: ago(60 * MINUTE) },
        digest: { lastAgentAt: ago(10 * MINUTE - 1) },
      },
      outcome: 'pull-request',
      reason: 'still-working',
      ends: false,
    },
    {
      name: 'a pull request, quiet for ten minutes',
      seen: { session: { pullRequest: PULL, created: ago(60 * MINUTE) }, digest: { lastAgentAt: ago(10 * MINUTE) } },
      outcome: 'pull-request',
      reason: 'still-working',
      ends: true,
    },
    {
      name: 'F-25 AWAITING_PLAN_APPROVAL',
      seen: { session: { state: 'AWAITING_PLAN_APPROVAL' }, digest: { plan: PLAN, endsOn: 'plan' } },
      outcome: 'waiting-for-approval',
      reason: 'plan-ready',
      ends: true,
    },
    {
      name: 'F-25 AWAITING_USER_FEEDBACK',
      seen: { session: { state: 'AWAITING_USER_FEEDBACK' } },
      outcome: 'waiting-for-reply',
      reason: 'question',
      ends: true,
    },
    {
      name: 'F-25 PAUSED',
      seen: { session: { state: 'PAUSED' } },
      outcome: 'waiting-for-reply',
      reason: 'paused',
      ends: true,
    },
    {
      name: 'FAILED',
      seen: { session: { state: 'FAILED' }, digest: { why: 'No disk.' } },
      outcome: 'failed',
      reason: 'session-failed',
      ends: true,
    },
    { name: 'F-22 gone', seen: { observed: { session: 'gone' } }, outcome: 'failed', reason: 'gone', ends: true },
    {
      name: 'T-55 foreign',
      seen: { observed: { session: 'foreign' } },
      outcome: 'failed',
      reason: 'foreign-session',
      ends: true,
    },
    {
      name: 'COMPLETED with a pull request',
      seen: { session: { state: 'COMPLETED', pullRequest: PULL } },
      outcome: 'pull-request',
      reason: 'completed',
      ends: true,
    },
    {
      name: 'F-23 COMPLETED with a patch: the pull request may be late',
      seen: { session: { state: 'COMPLETED', patch: 'diff' }, observed: { settledLooks: 1 } },
      outcome: 'changes',
      reason: 'not-published',
      ends: false,
    },
    {
      name: 'F-23 COMPLETED with a patch, looked at often enough',
      seen: { session: { state: 'COMPLETED', patch: 'diff' }, observed: { settledLooks: 4 } },
      outcome: 'changes',
      reason: 'not-published',
      ends: true,
    },
    {
      name: 'COMPLETED with a patch, where no pull request was asked for',
      seen: { session: { state: 'COMPLETED', patch: 'diff' }, record: { noPullRequest: true } },
      outcome: 'changes',
      reason: 'not-published',
      ends: true,
    },
    {
      name: 'COMPLETED with a patch in the activities only',
      seen: { session: { state: 'COMPLETED' }, digest: { patch: 'diff' }, observed: { settledLooks: 4 } },
      outcome: 'changes',
      reason: 'not-published',
      ends: true,
    },
    {
      name: 'COMPLETED on a plan that nobody approved',
      seen: { session: { state: 'COMPLETED' }, digest: { plan: PLAN, endsOn: 'plan' } },
      outcome: 'waiting-for-approval',
      reason: 'plan-expired',
      ends: true,
    },
    {
      name: 'COMPLETED on an approved plan',
      seen: { session: { state: 'COMPLETED' }, digest: { plan: PLAN, endsOn: 'plan', approved: ['p1'] } },
      outcome: 'no-changes',
      reason: 'nothing-produced',
      ends: true,
    },
    {
      name: 'COMPLETED with an open question',
      seen: { session: { state: 'COMPLETED' }, digest: { endsOn: 'question', message: 'Which?' } },
      outcome: 'waiting-for-reply',
      reason: 'open-question',
      ends: true,
    },
    {
      name: 'COMPLETED with nothing',
      seen: { session: { state: 'COMPLETED' } },
      outcome: 'no-changes',
      reason: 'nothing-produced',
      ends: true,
    },
    {
      name: 'no agent activity for less than 15 minutes',
      seen: { session: { created: ago(60 * MINUTE) }, digest: { lastAgentAt: ago(15 * MINUTE - 1) } },
      outcome: 'running',
      reason: 'handed-over',
      ends: false,
    },
    {
      name: 'no agent activity for more than 15 minutes',
      seen: { session: { created: ago(60 * MINUTE) }, digest: { lastAgentAt: ago(15 * MINUTE + 1) } },
      outcome: 'running',
      reason: 'stalled',
      ends: false,
    },
    {
      name: 'a young session that has shown none so far',
      seen: { session: { created: ago(14 * MINUTE) }, digest: { lastAgentAt: '' } },
      outcome: 'running',
      reason: 'handed-over',
      ends: false,
    },
    {
      name: 'quiet, but told something since',
      seen: {
        session: { created: ago(60 * MINUTE) },
        digest: { lastAgentAt: ago(30 * MINUTE) },
        record: { acted: ago(5 * MINUTE) },
      },
      outcome: 'running',
      reason: 'handed-over',
      ends: false,
    },
    {
      name: 'F-18 no times at all',
      seen: { session: { created: '' }, digest: { lastAgentAt: '' } },
      outcome: 'running',
      reason: 'handed-over',
      ends: false,
    },
  ]
  test.each(rows)('$name: $outcome, $reason', ({ seen, outcome, reason, ends }) => {
    const found = ending(seen)
    expect(found).toMatchObject({ outcome, reason })
    expect(found.next === 'done').toBe(ends)
  })
})

describe('what is written when a job ends', () => {
  test.each([
    {
      name: 'a pull request',
      seen: { session: { state: 'COMPLETED', pullRequest: PULL } },
      effects: ['-jules: running', 'write settled'],
    },
    {
      name: 'a question',
      seen: { session: { state: 'AWAITING_USER_FEEDBACK' } },
      effects: ['-jules: running', '+jules: waiting', 'write waiting', 'note needed #12'],
    },
    {
      name: 'a plan',
      seen: { session: { state: 'AWAITING_PLAN_APPROVAL' }, digest: { plan: PLAN } },
      effects: ['-jules: running', '+jules: waiting', 'write waiting', 'note needed #12'],
    },
    {
      name: 'a failure',
      seen: { session: { state: 'FAILED' } },
      effects: ['-jules: running', '+jules: failed', 'write failed', 'note needed #12'],
    },
    { name: 'nothing', seen: { session: { state: 'COMPLETED' } }, effects: ['-jules: running', 'write settled'] },
  ] as const)('$name', ({ seen, effects }) => {
    const decision = follow({ ...seen, observed: { thread: thread({ labels: ['jules: running'] }) } })
    expect(decision.effects.map(inShort)).toEqual(effects)
    expect(decision.effects.find((effect) => effect.do === 'write')).toMatchObject({
      record: { run: undefined, doing: undefined, seq: 4 },
    })
  })

  test('labels are let be where the inputs say so', () => {
    expect(ending({ session: { state: 'PAUSED' }, config: { statusLabels: false } }).effects).toEqual([
      'write waiting',
      'note needed #12',
    ])
  })

  test('the plan that the comment shows is written down', () => {
    const { effects } = follow({ session: { state: 'AWAITING_PLAN_APPROVAL' }, digest: { plan: PLAN, endsOn: 'plan' } })
    expect(effects.find((effect) => effect.do === 'write')).toMatchObject({
      record: { plan: 'p1' },
      story: { plan: PLAN },
    })
  })
})

describe('the one new comment that notifies', () => {
  const notes = (seen: Seen) => ending(seen).effects.filter((effect) => effect.startsWith('note'))
  const asking: Seen = {
    session: { state: 'AWAITING_USER_FEEDBACK' },
    digest: { endsOn: 'question', message: 'Which?', messageId: 'ab12' },
  }
  const finished: Seen = { session: { state: 'COMPLETED', pullRequest: PULL } }
  test.each([
    { notify: 'needed', question: ['note needed #12'], done: [] },
    { notify: 'always', question: ['note needed #12'], done: ['note done #12'] },
    { notify: 'never', question: [], done: [] },
  ] as const)('notify: $notify', ({ notify, question, done }) => {
    expect(notes({ ...asking, config: { notify } })).toEqual(question)
    expect(notes({ ...finished, config: { notify } })).toEqual(done)
  })

  const keyOf = (seen: Seen) =>
    follow(seen).effects.flatMap((effect) => (effect.do === 'note' ? [effect.key] : []))[0] ?? ''
  test('F-06 its key is that of the question: the same one is never asked for twice, the next one is', () => {
    const key = keyOf(asking)
    expect(key).toMatch(/^[a-z0-9-]+$/)
    expect(notes({ ...asking, observed: { notes: [key] } })).toEqual([])
    expect(keyOf({ ...asking, digest: { ...asking.digest, messageId: 'cd34' } })).not.toBe(key)
    expect(keyOf({ ...asking, digest: { ...asking.digest, turns: 2 } })).not.toBe(key)
  })

  test('T-56 nothing of an id can break out of the key', () => {
    expect(keyOf({ ...asking, digest: { ...asking.digest, messageId: 'x--> <!--\n"A_' } })).toMatch(/^[a-z0-9-]+$/)
  })

  test('without a thread there is none', () => {
    const own = { ...tracking(), comment: undefined, url: '' }
    const intent = promptIntent({ thread: undefined, asker: undefined })
    const { effects } = decide(
      scene({ intent, observed: { thread: undefined, trackings: [own], session: session({ state: 'FAILED' }) } }),
    )
    expect(effects.map(inShort)).toEqual(['write failed'])
  })
})

describe('F-26 the end of the wait', () => {
  const late = { elapsed: 15 * MINUTE }
  test.each([
    { name: 'work goes on', seen: {}, outcome: 'running', reason: 'handed-over' },
    {
      name: 'a pull request is there',
      seen: { session: { pullRequest: PULL } },
      outcome: 'pull-request',
      reason: 'still-working',
    },
    {
      name: 'it stalls',
      seen: { session: { created: ago(60 * MINUTE) }, digest: { lastAgentAt: ago(30 * MINUTE) } },
      outcome: 'running',
      reason: 'stalled',
    },
    {
      name: 'a late pull request does not come',
      seen: { session: { state: 'COMPLETED', patch: 'diff' } },
      outcome: 'changes',
      reason: 'not-published',
    },
  ] as const)('$name: $reason', ({ seen, outcome, reason }) => {
    expect(ending({ ...seen, observed: late })).toMatchObject({ next: 'done', outcome, reason })
  })

  test('nobody holds the record any more, the comment says so, and the label stays', () => {
    const { effects } = follow({ observed: { ...late, thread: thread({ labels: ['jules: running'] }) } })
    expect(effects).toMatchObject([
      { do: 'write', record: { phase: 'following', run: undefined }, story: { followed: false } },
    ])
  })

  test('without a thread nobody follows', () => {
    const own = { ...tracking(), comment: undefined, url: '' }
    const intent = promptIntent({ thread: undefined, asker: undefined })
    const decision = decide(
      scene({ intent, observed: { ...late, thread: undefined, trackings: [own], session: session() } }),
    )
    expect(decision.story.verdict).toEqual({ outcome: 'running', reason: 'nobody-follows' })
  })

  test('wait-minutes 0: handed over at the first look', () => {
    expect(ending({ observed: { elapsed: 500 }, config: { waitMs: 0 } })).toMatchObject({
      next: 'done',
      reason: 'handed-over',
    })
  })
})

describe('when to look again', () => {
  test.each([
    { name: 'a young session', created: ago(MINUTE), elapsed: MINUTE, pollMs: 15_000, after: 15_000 },
    { name: 'a session of six minutes', created: ago(6 * MINUTE), elapsed: MINUTE, pollMs: 15_000, after: 30_000 },
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
      after: 15_000,
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

  test('a session that was not read so far counts as young', () => {
    expect(follow({ observed: { session: undefined } }).next).toEqual({ lookAfterMs: 15_000 })
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
    { name: 'progress, less than 20 s later', seen: { digest: { progress: ['Reading'] } }, at: 1, effects: [] },
    { name: 'progress, 20 s later', seen: { digest: { progress: ['Reading'] } }, at: 0, effects: ['write following'] },
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
  test('F-16 now: it is said, and looks go on', () => {
    const { next, story: told } = follow({ observed: { trouble: trouble() } })
    expect(told).toMatchObject({ verdict: { outcome: 'running' }, trouble: trouble() })
    expect(next).toEqual({ lookAfterMs: 15_000 })
  })

  test('F-17 T-118 for good: the run ends', () => {
    const rejected = trouble({ failure: 'key-rejected', passing: false })
    const { next, story: told } = follow({ observed: { trouble: rejected } })
    expect(told).toMatchObject({ verdict: { outcome: 'failed', reason: 'key-rejected' }, trouble: rejected })
    expect(next).toBe('done')
  })
})

describe('the story of a scene', () => {
  test('everything that is known is told', () => {
    const files = [{ path: 'a.ts', added: 1, removed: 2 }]
    const digest = {
      plan: PLAN,
      progress: ['Reading'],
      progressCount: 3,
      commands: [{ command: 'ls', exitCode: 0 }],
      spanMs: 4.4 * MINUTE,
      turns: 2,
    }
    const told = follow({
      session: { state: 'COMPLETED', pullRequest: PULL, patch: 'diff' },
      digest,
      observed: { files },
    }).story
    expect(told).toEqual(
      story({
        verdict: { outcome: 'pull-request', reason: 'completed' },
        requester: 'ada',
        session: {
          id: session().id,
          url: session().url,
          title: 'Mend the date test',
          state: 'COMPLETED',
          rawState: 'COMPLETED',
        },
        pullRequest: PULL,
        commentUrl: tracking().url,
        runUrl: 'https://github.com/acme/widgets/actions/runs/900',
        branch: 'main',
        plan: PLAN,
        progress: ['Reading'],
        progressCount: 3,
        files,
        patch: 'diff',
        commands: [{ command: 'ls', exitCode: 0 }],
        minutes: 4,
        turns: 2,
      }),
    )
  })

  test.each([
    { name: 'an open question is told', digest: { endsOn: 'question', message: 'Which?' } as const, message: 'Which?' },
    { name: 'an answered one is not', digest: { endsOn: 'work', message: 'Which?' } as const, message: '' },
  ])('$name', ({ digest, message }) => {
    expect(follow({ digest }).story.message).toBe(message)
  })

  test('on a pull request of a person: Jules opens its own, into that branch', () => {
    const pull = thread({ kind: 'pull-request', head: { branch: 'feature', ofThisRepository: true } })
    expect(follow({ observed: { thread: pull } }).story.into).toBe('feature')
    expect(follow({ observed: { thread: pull }, session: { pullRequest: PULL } }).story.into).toBe('')
  })

  test('a session that took seconds took a minute', () => {
    expect(follow({ session: { state: 'COMPLETED' }, digest: { spanMs: 900 } }).story.minutes).toBe(1)
  })

  test('the branch is not known where there is no ground', () => {
    expect(follow({ observed: { ground: undefined } }).story.branch).toBe('')
  })

  test('a scene is only looked at: the same one gives the same decision', () => {
    const one = scene({ observed: { trackings: [tracking()], session: session(), now: NOW } })
    const before = structuredClone(one)
    expect(decide(one)).toEqual(decide(one))
    expect(one).toEqual(before)
  })
})
