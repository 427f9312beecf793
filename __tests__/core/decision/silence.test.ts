/** Threads that take no more words, GitHub that shows nothing for a while, and records that somebody has changed. */

import { EMPTY_DIGEST } from '../../../src/core/decision/activities/digest.ts'
import { giveUp, told } from '../../../src/core/decision/broken.ts'
import { decide } from '../../../src/core/decision/decide.ts'
import type { Observed } from '../../../src/core/decision/observed.ts'
import { muted, ON_REFUSAL } from '../../../src/core/decision/silence.ts'
import type { Applied, Effect } from '../../../src/core/effect/effect.ts'
import type { Refusal } from '../../../src/core/effect/story.ts'
import {
  ago,
  commentUrl,
  config,
  inShort,
  labelIntent,
  MINUTE,
  OTHER_KEY,
  PULL,
  promptIntent,
  refused,
  request,
  SESSION,
  say,
  scene,
  session,
  sessionIntent,
  story,
  thread,
  tracked,
  tracking,
  trouble,
} from '../builders.ts'

const REFUSALS: Refusal[] = ['locked', 'deleted', 'moved', 'comment-gone', 'newer', 'token', 'rate-limit']
const silent = (refusal: Refusal) => trouble({ failure: 'github-unavailable', sentence: refusal, refusal })
const create: Effect = {
  do: 'create',
  session: {
    prompt: 'x',
    title: 'x',
    source: 'x',
    branch: 'main',
    requirePlanApproval: false,
    autoCreatePullRequest: true,
    environmentVariables: false,
  },
}
const claimed = tracking({ session: '', phase: 'creating', doing: { what: 'create' } })

describe('F-35 nothing was started', () => {
  test.each(REFUSALS)('%s: nothing is done, and the reason is told', (refusal) => {
    const { effects, next, story: seen } = decide(scene({ observed: { silence: silent(refusal), thread: undefined } }))
    expect(seen.verdict).toEqual(ON_REFUSAL[refusal].before)
    expect([effects, next, seen.trouble?.sentence]).toEqual([[], 'done', refusal])
  })

  test.each(REFUSALS)('%s after the claim: the same', (refusal) => {
    const observed = { silence: silent(refusal), trackings: [claimed], session: undefined }
    expect(decide(scene({ observed })).story.verdict).toEqual(ON_REFUSAL[refusal].before)
  })

  test('a session of an earlier run is not what this one was asked for', () => {
    const observed = { silence: silent('locked'), trackings: [tracking({ key: OTHER_KEY, run: undefined })] }
    const { story: seen } = decide(scene({ observed: { ...observed, session: session({ state: 'COMPLETED' }) } }))
    expect(seen.verdict).toEqual({ outcome: 'ignored', reason: 'thread-locked' })
  })

  test.each([promptIntent(), sessionIntent('follow')])(
    'a thread that only the workflow file names ($because.kind)',
    (intent) => {
      const { story: seen } = giveUp(scene({ intent, observed: { thread: undefined } }), silent('deleted'))
      expect(seen.verdict).toEqual({ outcome: 'failed', reason: 'inputs-invalid' })
      expect(seen.trouble?.sentence).toContain('`issue-number`')
    },
  )

  test('an error that comes as a refusal is told as one', () => {
    const { effects, story: seen } = giveUp(scene({ observed: { thread: undefined } }), silent('moved'))
    expect([effects, seen.verdict]).toEqual([[], { outcome: 'ignored', reason: 'other-repository' }])
  })
})

type Row = { refusal: Refusal; working: string; completed: string; url: boolean }
const AFTER: Row[] = [
  { refusal: 'locked', working: 'look', completed: 'done', url: true },
  { refusal: 'deleted', working: 'look', completed: 'done', url: false },
  { refusal: 'moved', working: 'look', completed: 'done', url: false },
  { refusal: 'comment-gone', working: 'look', completed: 'done', url: false },
  { refusal: 'token', working: 'done', completed: 'done', url: true },
  { refusal: 'rate-limit', working: 'done', completed: 'done', url: true },
]
describe.each(AFTER)('a session is there: $refusal', ({ refusal, working, url }) => {
  const at = (over: Partial<Observed>) => decide(tracked({ observed: { silence: silent(refusal), ...over } }))

  test('while it works', () => {
    const { next, story: seen } = at({})
    expect(typeof next === 'object' ? 'look' : next).toBe(working)
    expect(seen).toMatchObject({ verdict: { outcome: 'running', reason: 'handed-over' }, session: { id: SESSION } })
    expect(seen.commentUrl).toBe(url ? commentUrl(500) : '')
  })

  test('when it is complete', () => {
    const { next, story: seen } = at({ session: session({ state: 'COMPLETED', pullRequest: PULL }) })
    expect([next, seen.verdict]).toEqual(['done', { outcome: 'pull-request', reason: 'completed' }])
    expect(seen.trouble?.sentence).toBe(refusal)
  })

  test('nothing reaches the thread', () => {
    const open = { requests: [request(say('more'))], thread: thread({ labels: ['jules: running'] }) }
    const { effects } = at({ ...open, session: session({ state: 'COMPLETED', pullRequest: PULL }) })
    const reaching = effects.filter((effect) => 'thread' in effect && effect.thread !== undefined).map(inShort)
    expect(reaching).toEqual(refusal === 'comment-gone' ? ['-jules: running'] : [])
  })
})

test.each(['locked', 'comment-gone'] as const)(
  'F-36 %s: at most one short note, where a person is needed',
  (refusal) => {
    const observed = { silence: silent(refusal), session: session({ state: 'AWAITING_USER_FEEDBACK' }) }
    const notes = decide(tracked({ observed })).effects.filter((effect) => effect.do === 'note')
    expect(notes.map(inShort)).toEqual(refusal === 'comment-gone' ? ['note needed #12'] : [])
  },
)

describe('what is left out of a decision', () => {
  const eyes: Effect = { do: 'react', to: { kind: 'comment', id: 1 }, with: 'eyes' }
  const label: Effect = { do: 'label', thread: 12, name: 'x', on: false }
  const note: Effect = { do: 'note', thread: 12, key: 'k', kind: 'done', words: '', story: story() }
  const claim: Effect = { do: 'claim', thread: 12, record: claimed.record, story: story() }
  const write: Effect = { ...claim, do: 'write', comment: 500 }
  const kept: Effect = { ...write, thread: undefined }
  const send: Effect = { do: 'send', session: SESSION, message: 'x' }
  const effects: Effect[] = [eyes, label, note, claim, write, { do: 'fold', comment: 500 }, send, create]

  test.each([
    { name: 'nothing', silence: undefined, left: effects },
    { name: 'what the thread would not take', silence: silent('deleted'), left: [kept, send, create] },
    {
      name: 'what would go into our comment',
      silence: silent('comment-gone'),
      left: [label, note, kept, send, create],
    },
  ])('$name', ({ silence, left }) => {
    const decision = { effects, next: 'done', story: story() } as const
    expect(muted(scene({ observed: { silence } }), decision).effects).toEqual(left)
  })
})

test('at the end of the wait nobody follows, and no label says otherwise', () => {
  const labeled = thread({ labels: ['jules: running'] })
  const observed = { silence: silent('comment-gone'), thread: labeled, elapsed: 15 * MINUTE }
  const { effects, story: seen } = decide(tracked({ observed }))
  expect(seen.verdict).toEqual({ outcome: 'running', reason: 'nobody-follows' })
  expect(effects.map(inShort)).toEqual(['write closed', '-jules: running'])
})

test('an approval that was not heard is not said again where nobody can see it', () => {
  const digest = { ...EMPTY_DIGEST, plan: { id: 'p1', steps: [] }, lastAgentAt: ago(9 * MINUTE) }
  const own = tracking({ approved: 'p1', acted: ago(5 * MINUTE) })
  const over = { silence: silent('locked'), session: session({ state: 'COMPLETED' }), digest, settledLooks: 9 }
  expect(decide(tracked({ tracking: own, observed: over })).next).toBe('done')
})

describe('a session may have been created', () => {
  const cases: { name: string; observed: Partial<Observed>; next: unknown }[] = [
    { name: 'it was', observed: { applied: [{ effect: create, ok: true, session: SESSION }] }, next: 'again' },
    { name: 'it was found', observed: { found: SESSION }, next: 'again' },
    { name: 'nobody knows', observed: { unsure: { effect: 'create', since: 0 } }, next: { lookAfterMs: 5000 } },
  ]
  test.each(cases)('$name: it is taken on, silently', ({ observed, next }) => {
    const over = { trackings: [claimed], session: undefined, ...observed }
    expect(decide(scene({ observed: { ...over, silence: silent('deleted') } })).next).toEqual(next)
    expect(decide(scene({ observed: { ...over, blind: trouble({ failure: 'github-unavailable' }) } })).next).toEqual(
      next,
    )
  })
})

describe('F-32 GitHub shows nothing for a while', () => {
  const away = trouble({ failure: 'github-unavailable', sentence: 'GitHub did not answer.' })
  const at = (over: Partial<Observed>) => decide(tracked({ observed: { blind: away, ...over } }))

  test('a session is looked at again, and nothing is written', () => {
    const { effects, next } = at({ session: session({ state: 'COMPLETED', pullRequest: PULL }) })
    expect([effects, typeof next]).toEqual([[], 'object'])
  })

  test('at the end of the wait it is told as it stands', () => {
    const done = { elapsed: 15 * MINUTE, session: session({ state: 'COMPLETED', pullRequest: PULL }) }
    expect(at(done)).toMatchObject({ next: 'done', story: { verdict: { outcome: 'pull-request' } } })
    expect(at({ elapsed: 15 * MINUTE }).story.verdict).toEqual({ outcome: 'running', reason: 'handed-over' })
  })

  const refusedCreate = (failure: 'key-rejected' | 'quota-full'): Applied =>
    refused(create, { failure, passing: false })
  test.each<{ name: string; over: Partial<Observed>; reason: string }>([
    { name: 'nothing is claimed', over: { trackings: [] }, reason: 'github-unavailable' },
    { name: 'nothing is created', over: { trackings: [claimed] }, reason: 'github-unavailable' },
    {
      name: 'another run is at it',
      over: { trackings: [tracking({ run: { id: '1', attempt: 1 } })] },
      reason: 'github-unavailable',
    },
    {
      name: 'Jules has refused',
      over: { trackings: [claimed], applied: [refusedCreate('key-rejected')] },
      reason: 'key-rejected',
    },
    {
      name: 'Jules is full',
      over: { trackings: [claimed], applied: [refusedCreate('quota-full')] },
      reason: 'github-unavailable',
    },
  ])('F-49 $name: the run ends', ({ over, reason }) => {
    const { effects, next, story: seen } = at({ session: undefined, ...over })
    expect([effects, next, seen.verdict]).toEqual([[], 'done', { outcome: 'failed', reason }])
  })
})

describe('F-39 what must be written down first is not taken', () => {
  const write: Effect = { do: 'write', thread: 12, comment: 500, record: claimed.record, story: story() }
  const letsGo: Effect = { ...write, record: { ...claimed.record, doing: undefined, run: undefined } }
  const tells: Effect = { ...write, record: { ...claimed.record, doing: undefined, run: { id: '1', attempt: 1 } } }
  const claim: Effect = { do: 'claim', thread: 12, record: claimed.record, story: story() }
  test.each([
    { name: 'twice', effect: write, untaken: 2, ends: false },
    { name: 'three times', effect: write, untaken: 3, ends: true },
    { name: 'three times, a claim', effect: claim, untaken: 3, ends: true },
    { name: 'three times, an end before something new begins', effect: letsGo, untaken: 3, ends: true },
    { name: 'three times, mere news', effect: tells, untaken: 3, ends: false },
  ])('$name', ({ effect, untaken, ends }) => {
    const applied = [refused(effect, { failure: 'github-unavailable' })]
    const { next, story: seen } = decide(tracked({ observed: { applied, untaken } }))
    expect(next === 'done' && seen.verdict.reason === 'github-unavailable').toBe(ends)
  })

  test('a claim is not tried for ever', () => {
    const labeled = thread({ labels: ['ask-jules'] })
    expect(decide(scene({ observed: { thread: labeled, claims: 2 } })).story.verdict.reason).toBe('github-unavailable')
  })

  test('the last words did not reach the thread: the outputs say why', () => {
    const ended = story({ verdict: { outcome: 'pull-request', reason: 'completed' } })
    const seen = told(ended, [refused(tells, silent('deleted'))])
    expect([seen.verdict, seen.trouble?.sentence]).toEqual([ended.verdict, 'deleted'])
    const before = { ...ended, trouble: trouble({ sentence: 'first' }) }
    expect(told(before, [refused(tells, silent('deleted'))]).trouble?.sentence).toBe('first')
  })
})

describe('F-37 somebody has changed our record', () => {
  const broken = { ...tracking(), broken: true }

  test('one new comment takes its place, and links it', () => {
    const { effects, next } = decide(tracked({ tracking: broken }))
    expect(effects).toMatchObject([
      {
        do: 'claim',
        thread: 12,
        record: { session: SESSION, seq: 4, disowned: 500 },
        story: { disowned: commentUrl(500) },
      },
    ])
    expect(next).toBe('again')
  })

  test('its answer was lost: the thread is looked at first', () => {
    const unsure = { effect: 'claim', since: 10_000 } as const
    expect(decide(tracked({ tracking: broken, observed: { unsure } })).effects).toEqual([])
    expect(decide(tracked({ tracking: broken, observed: { unsure, elapsed: 40_000 } })).effects).toHaveLength(1)
  })

  test('another run has it: that one sees to it', () => {
    const theirs = { ...tracking({ run: { id: '1', attempt: 1 } }), broken: true }
    expect(decide(tracked({ tracking: theirs })).effects.map(inShort)).not.toContain('claim following')
  })

  test('a session that only its own proof tells of', () => {
    const observed = { thread: thread({ labels: ['ask-jules'] }), maker: SESSION, changed: 499 }
    expect(decide(scene({ intent: labelIntent(), observed })).effects.at(-1)).toMatchObject({
      do: 'claim',
      record: { disowned: 499 },
      story: { disowned: commentUrl(499) },
    })
  })

  test('a run without a thread has nothing to link', () => {
    const own = tracking({ disowned: 3 })
    expect(decide(tracked({ tracking: own, observed: { thread: undefined } })).story.disowned).toBe('')
  })
})

test('a branch that cannot be read is told in the thread', () => {
  const denied = trouble({ failure: 'github-permission-missing', sentence: 'Add a line.', passing: false })
  const own = tracking({ session: '', phase: 'claimed' })
  const ground = { kind: 'unreadable', trouble: denied } as const
  const observed = { trackings: [own], session: undefined, ground }
  const { effects, story: seen } = decide(scene({ observed, config: config() }))
  expect(seen).toMatchObject({ verdict: { outcome: 'failed', reason: 'github-permission-missing' }, trouble: denied })
  expect(effects.map(inShort)).toContain('write failed')
})
