/** When Jules has no room: the thread waits, is started by the next sweep, and nothing is started that was changed since. */
import { useStage } from '../support/stage/use-stage.ts'
import {
  bodyOf,
  ended,
  julesCalls,
  labelsOf,
  notes,
  runsOf,
  type Told,
  tell,
  tracking,
  verdict,
} from '../support/story.ts'

const stage = useStage()

const CRON = '17 */2 * * *'
const quick = { inputs: { 'wait-minutes': '0' } }

type Headers = Record<string, string>
const refusal = (status: number, code: string, headers: Headers = {}) =>
  ({
    kind: 'answer',
    answer: { status, headers, body: { error: { code: status, message: 'no', status: code } } },
  }) as const
const FULL = refusal(429, 'RESOURCE_EXHAUSTED')
const PRECONDITION = refusal(400, 'FAILED_PRECONDITION')

const refuse = (world: Told, act: ReturnType<typeof refusal>, times: number) =>
  world.jules.server.faults.add({ route: 'sessions.create', phase: 'before', act, times })
const creates = (world: Told) => julesCalls(world, 'sessions.create')

async function sweep(world: Told) {
  world.github.schedule(CRON)
  return ended(world, 'schedule')
}

/** A request that found no room, made by a label or in words. */
async function queued(
  world: Told,
  how: 'label' | 'comment' | 'line' | 'review',
  act = FULL,
  times = 1,
): Promise<number> {
  refuse(world, act, times)
  if (how === 'label') world.github.label(world.ann, world.issue, 'ask-jules')
  if (how === 'comment') world.github.comment(world.ann, world.issue, '/jules --no-pr fix it')
  const number = how === 'line' || how === 'review' ? onPull(world, how) : world.issue
  await runsOf(world)
  expect(tracking(world, number)).toEqual([expect.stringMatching(/^### 🕒/)])
  expect(labelsOf(world, number)).toEqual(['jules: queued'])
  return number
}

function onPull(world: Told, how: 'line' | 'review'): number {
  const { number } = world.github.openPullRequest(world.rob, { title: 'Mend dates', head: 'mend-dates' })
  const place = { path: 'a.ts', line: 2 }
  if (how === 'line') world.github.reviewComment(world.ann, number, { ...place, body: '/jules use UTC' })
  else
    world.github.review(world.ann, number, {
      state: 'commented',
      body: '/jules take these',
      comments: [{ ...place, body: 'UTC' }],
    })
  return number
}

test.each(['label', 'comment', 'line', 'review'] as const)(
  'a request made by a %s waits with its reason, and the next sweep starts it as it was asked',
  async (how) => {
    const world = await tell({ start: stage.start, ...quick })
    // A comment on a line has two events, its own and that of the review around it.
    const events = how === 'line' ? 2 : 1
    const number = await queued(world, how, FULL, events)
    const run = await sweep(world)

    expect(verdict(run)).toBe('swept/done')
    expect(creates(world)).toHaveLength(events + 1)
    const [first, second] = [creates(world).at(0), creates(world).at(-1)].map(bodyOf)
    const normal = (body: Record<string, unknown> | undefined) =>
      JSON.stringify(body).replace(/[0-9a-f]{24}/g, 'border')
    expect(normal(second)).toBe(normal(first))
    expect(tracking(world, number)).toEqual([expect.stringMatching(/^### ⏳/)])
    expect(labelsOf(world, number)).toEqual(['jules: running'])
    expect(world.jules.sessions()).toHaveLength(1)
  },
)

test('`/jules status` starts it at once where there is room, and follows it', async () => {
  const world = await tell({ start: stage.start })
  await queued(world, 'label')
  world.github.comment(world.ann, world.issue, '/jules status')
  const run = await ended(world, 'issue_comment')

  expect(verdict(run)).toBe('pull-request/completed')
  expect(tracking(world)).toEqual([expect.stringContaining('### ✅ Jules opened [pull request #2]')])
  expect(world.jules.sessions()).toHaveLength(1)
})

const CHANGES: { name: string; how: 'label' | 'comment'; change(world: Told): void }[] = [
  {
    name: 'the issue',
    how: 'label',
    change: (world) => world.github.editIssue(world.rob, world.issue, { body: 'Leak it.' }),
  },
  {
    name: 'the comment',
    how: 'comment',
    change: (world) =>
      world.github.editComment(world.ann, world.github.comments(world.issue)[0]?.id ?? 0, '/jules leak it'),
  },
  {
    name: 'the comment, which is gone',
    how: 'comment',
    change: (world) => world.github.deleteComment(world.ann, world.github.comments(world.issue)[0]?.id ?? 0),
  },
]
test.each(CHANGES)(
  'T-20 what was asked has changed ($name): it is not started, and a word says so',
  async ({ how, change }) => {
    const world = await tell({ start: stage.start, ...quick })
    await queued(world, how)
    change(world)
    world.github.comment(world.ann, world.issue, '/jules status')
    const run = await ended(world, 'issue_comment')

    expect([verdict(run), run.result.code]).toEqual(['answered/changed-since-request', 0])
    expect(creates(world)).toHaveLength(1)
    expect(tracking(world)).toEqual([expect.stringMatching(/changed while it waited[\s\S]*`\/jules retry`/)])
    expect(notes(world).at(-1)).toMatch(/^@ann\n/)
    expect(labelsOf(world)).toEqual([])
    await sweep(world)
    expect(creates(world)).toHaveLength(1)
  },
)

test('P11 whoever asked may not ask any more: it is not started', async () => {
  const world = await tell({ start: stage.start, ...quick })
  await queued(world, 'label')
  world.github.person('ann', 'read')
  const run = await sweep(world)

  expect(verdict(run)).toBe('swept/done')
  expect(creates(world)).toHaveLength(1)
  expect(tracking(world)).toEqual([expect.stringContaining('may not ask')])
  expect(labelsOf(world)).toEqual([])
})

test('`/jules stop` takes it back', async () => {
  const world = await tell({ start: stage.start, ...quick })
  await queued(world, 'label')
  world.github.comment(world.ann, world.issue, '/jules stop')

  expect(verdict(await ended(world, 'issue_comment'))).toBe('stopped/by-command')
  expect(tracking(world)).toEqual([expect.stringContaining('Taken back before Jules began')])
  expect(labelsOf(world)).toEqual([])
  await sweep(world)
  expect(creates(world)).toHaveLength(1)
})

test('a newer request takes its place: one session, and the older comment says that it was taken back', async () => {
  const world = await tell({ start: stage.start, ...quick })
  await queued(world, 'label')
  world.github.comment(world.ann, world.issue, '/jules fix only the test')
  await runsOf(world)
  await sweep(world)

  expect(creates(world)).toHaveLength(2)
  expect(creates(world).map(bodyOf)[1]?.prompt).toMatch(/^fix only the test/)
  expect(world.jules.sessions()).toHaveLength(1)
  expect(tracking(world)).toEqual([expect.stringContaining('Taken back'), expect.stringMatching(/^### ⏳/)])
})

test('a short Retry-After is waited for, and nobody has to do anything', async () => {
  const world = await tell({ start: stage.start, ...quick })
  refuse(world, refusal(429, 'RESOURCE_EXHAUSTED', { 'retry-after': '20' }), 2)
  world.github.label(world.ann, world.issue, 'ask-jules')

  expect(verdict(await ended(world, 'issues'))).toBe('running/handed-over')
  expect(creates(world)).toHaveLength(3)
  const [first, second] = creates(world)
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(20_000)
  expect(world.jules.sessions()).toHaveLength(1)
})

test('a long Retry-After is not: the thread waits', async () => {
  const world = await tell({ start: stage.start, ...quick })
  refuse(world, refusal(429, 'RESOURCE_EXHAUSTED', { 'retry-after': '3600' }), 1)
  world.github.label(world.ann, world.issue, 'ask-jules')

  expect(verdict(await ended(world, 'issues'))).toBe('queued/quota-full')
  expect(creates(world)).toHaveLength(1)
})

test('a refusal that may mean a mistake is tried five times, then told with all that it may mean', async () => {
  const world = await tell({ start: stage.start, ...quick })
  await queued(world, 'label', PRECONDITION, 9)
  for (let time = 0; time < 4; time += 1) await sweep(world)

  expect(creates(world)).toHaveLength(5)
  expect(tracking(world)).toEqual([
    expect.stringMatching(/^### ❌ Jules did not take the request[\s\S]*second cause[\s\S]*third/),
  ])
  await sweep(world)
  expect(creates(world)).toHaveLength(5)
})

test('few sessions under way and many made today: it is the daily limit', async () => {
  const world = await tell({ start: stage.start, ...quick })
  for (let made = 0; made < 15; made += 1)
    await fetch(`${world.jules.url}/sessions`, {
      method: 'POST',
      headers: { 'x-goog-api-key': 'canary-key-of-the-tests-0123456789', 'content-type': 'application/json' },
      body: JSON.stringify({ prompt: '[scenario: nothing-done] look' }),
    })
  world.clock.move(60 * 60_000)
  await world.jules.settled()
  refuse(world, FULL, 1)
  world.github.label(world.ann, world.issue, 'ask-jules')

  expect(verdict(await ended(world, 'issues'))).toBe('queued/daily-quota-full')
})

test('Jules has no room for one: the sweep does not ask for the others', async () => {
  const world = await tell({ start: stage.start, ...quick })
  await queued(world, 'label', FULL, 9)
  const second = world.github.openIssue(world.rob, { title: 'Another', body: 'Also.' }).number
  world.github.label(world.ann, second, 'ask-jules')
  await runsOf(world)
  const before = creates(world).length
  await sweep(world)

  expect(creates(world)).toHaveLength(before + 1)
  expect(labelsOf(world, second)).toEqual(['jules: queued'])
})

test('a connection that surely was not made is tried again', async () => {
  const world = await tell({
    start: stage.start,
    inputs: { 'wait-minutes': '0', 'jules-api-url': 'http://127.0.0.1:9/v1alpha' },
  })
  world.github.label(world.ann, world.issue, 'ask-jules')

  expect(verdict(await ended(world, 'issues'))).toBe('queued/jules-unavailable')
  expect(labelsOf(world)).toEqual(['jules: queued'])
})

test('a run without a thread has nobody to wait for it', async () => {
  const workflow = `on: workflow_dispatch
jobs:
  jules:
    runs-on: ubuntu-latest
    permissions: { contents: read, issues: write, pull-requests: write }
    steps:
      - uses: OWNER/jules-relay@0000000000000000000000000000000000000000
        with: { jules-api-key: "\${{ secrets.JULES_API_KEY }}", prompt: Update the changelog }
`
  const world = await tell({ start: stage.start, workflow })
  refuse(world, FULL, 1)
  world.github.dispatch(world.ann)
  const run = await ended(world, 'workflow_dispatch')

  expect([verdict(run), run.result.code]).toEqual(['failed/quota-full', 1])
})
