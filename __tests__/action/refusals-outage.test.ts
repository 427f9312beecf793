/** GitHub's rate limits, outages and lost tokens, and texts that it does not take. */
import { ALL_OUTPUTS, atLook, callsAfter, githubAnswers } from '../support/midway.ts'
import { useStage } from '../support/stage/use-stage.ts'
import {
  bodyOf,
  julesCalls,
  last,
  notes,
  type Told,
  tellDirectly,
  tracking,
  verdict,
  writes,
} from '../support/story.ts'

const stage = useStage()

const label = (world: Told) => {
  world.github.label(world.ann, world.issue, 'ask-jules')
  return last(world, 'issues', 'labeled')
}

const minutes = (world: Told, since: number) => (world.clock.now() - since) / 60_000

/** The hour's calls are used up, and come back in 59 minutes. */
const usedUp = (world: Told, status: number) => ({
  status,
  headers: {
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(Math.ceil(world.clock.now() / 1000) + 59 * 60),
  },
  body: { message: 'API rate limit exceeded for installation.' },
})

test.each([403, 429])('F-30 the rate limit is used up (%i) in the middle: handed over at once', async (status) => {
  const world = await tellDirectly({ start: stage.start, scenario: 'stall' })
  const [event, start] = [label(world), world.clock.now()]
  atLook(world, 2, () => githubAnswers(world, usedUp(world, status)))
  const result = await world.run(event).done

  expect([verdict(result), result.code]).toEqual(['running/handed-over', 0])
  expect(result.outputs['session-id']).toBe(world.jules.sessions()[0]?.id)
  expect(result.summary).toContain('rate limit')
  expect(callsAfter(world, status).length).toBeLessThanOrEqual(1)
  expect(minutes(world, start)).toBeLessThan(15)
})

test('F-30 the rate limit is used up before there is a session: the run fails at once, without a session', async () => {
  const world = await tellDirectly({ start: stage.start })
  const [event, start] = [label(world), world.clock.now()]
  githubAnswers(world, usedUp(world, 403), 'issues.createComment')
  const result = await world.run(event).done

  expect([verdict(result), result.code]).toEqual(['failed/github-unavailable', 1])
  expect(julesCalls(world, 'sessions.create')).toEqual([])
  expect(callsAfter(world, 403).length).toBeLessThanOrEqual(1)
  expect(minutes(world, start)).toBeLessThan(3)
})

test('F-30 one thread of a sweep meets the limit: the others are left to the next sweep', async () => {
  const world = await tellDirectly({ start: stage.start, scenario: 'stall', inputs: { 'wait-minutes': '0' } })
  await world.run(label(world)).done
  const other = world.github.openIssue(world.ann, { title: 'Another one' }).number
  world.github.label(world.ann, other, 'ask-jules')
  await world.run(last(world, 'issues', 'labeled')).done
  for (const { id } of world.jules.sessions()) world.jules.alter(id, { state: 'COMPLETED' })
  githubAnswers(world, usedUp(world, 403), 'issues.listComments')
  const result = await world.run({ name: 'schedule', payload: {} }, { inputs: { mode: 'sweep' } }).done

  expect([verdict(result), result.code]).toEqual(['failed/github-unavailable', 1])
  expect(callsAfter(world, 403).length).toBeLessThanOrEqual(1)
})

const SAID = { message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.' }
const SECONDARY = [
  { name: 'with Retry-After', headers: { 'retry-after': '25' }, waits: [25, 25] },
  { name: 'without', headers: {}, waits: [60, 120] },
  { name: 'with blank headers', headers: { 'retry-after': ' ', 'x-ratelimit-remaining': '' }, waits: [60, 120] },
  { name: 'with words for a number', headers: { 'retry-after': 'in a while' }, waits: [60, 120] },
]
/** The shapes of the header are told apart in the tests of the retries; here two of them, or with FULL all. */
const SAMPLE = process.env.FULL === undefined ? SECONDARY.slice(0, 2) : SECONDARY
describe.each(SAMPLE)('F-31 a secondary limit $name', ({ headers, waits }) => {
  const times = (world: Told, route: string) =>
    world.github.server.calls.filter((call) => call.route === route && call.status !== 201).map(({ at }) => at)

  test.each(['issues.createComment', 'issues.listComments'])('of %s is waited for', async (route) => {
    const world = await tellDirectly({ start: stage.start })
    githubAnswers(world, { status: 403, headers, body: SAID }, route, 2)
    const result = await world.run(label(world)).done
    const [first = 0, second = 0, third = world.github.server.calls.findLast((call) => call.route === route)?.at ?? 0] =
      times(world, route)

    expect(verdict(result)).toBe('pull-request/completed')
    expect(second - first).toBeGreaterThanOrEqual(1000 * (waits[0] ?? 0))
    expect(third - second).toBeGreaterThanOrEqual(1000 * (waits[1] ?? 0))
    expect(writes(world).filter((call) => call.route === 'issues.createComment' && call.status === 201)).toHaveLength(1)
  })

  test('that does not end is tried three times', async () => {
    const world = await tellDirectly({ start: stage.start })
    githubAnswers(world, { status: 429, headers, body: SAID }, 'issues.createComment')
    const result = await world.run(label(world)).done

    expect([verdict(result), result.code]).toEqual(['failed/github-unavailable', 1])
    expect(times(world, 'issues.createComment')).toHaveLength(3)
    expect(julesCalls(world, 'sessions.create')).toEqual([])
  })
})

const unknown = { status: 401, body: { message: 'Bad credentials' } }

test('F-33 the token of an app ends in the middle: handed over, with advice', async () => {
  const world = await tellDirectly({ start: stage.start, scenario: 'stall', inputs: { 'wait-minutes': '120' } })
  const event = label(world)
  atLook(world, 30, () => githubAnswers(world, unknown))
  const result = await world.run(event).done

  expect([verdict(result), result.code]).toEqual(['running/handed-over', 0])
  expect(result.outputs['session-id']).toBe(world.jules.sessions()[0]?.id)
  expect(result.summary).toContain('`wait-minutes`')
  expect(callsAfter(world, 401).length).toBeLessThanOrEqual(1)
})

test.each(['issues.get', 'repos.getCollaboratorPermissionLevel'])(
  'F-33 %s: a token that never was one',
  async (route) => {
    const world = await tellDirectly({ start: stage.start })
    githubAnswers(world, unknown, route)
    const result = await world.run(label(world)).done

    expect([verdict(result), result.code]).toEqual(['failed/github-permission-missing', 1])
    expect(callsAfter(world, 401).length).toBeLessThanOrEqual(1)
    expect(result.summary).toContain('GitHub does not accept `github-token`.')
    expect(result.summary).toContain('`github-token`')
    expect(writes(world)).toEqual([])
  },
)

const down = { status: 503, text: '<html>' }

test('F-32 GitHub is away for some minutes while a session is followed: it is told as if nothing had been', async () => {
  const world = await tellDirectly({ start: stage.start })
  const event = label(world)
  atLook(world, 2, () => {
    githubAnswers(world, down)
    world.clock.at(world.clock.now() + 180_000, () => world.github.server.faults.clear())
  })
  const result = await world.run(event).done

  expect([verdict(result), result.code]).toEqual(['pull-request/completed', 0])
  expect(tracking(world)).toEqual([expect.stringContaining('✅ Jules opened')])
})

test('F-32 GitHub stays away: the wait is used up, then the outputs tell how the session stands', async () => {
  const world = await tellDirectly({ start: stage.start, inputs: { 'wait-minutes': '5' } })
  const [event, start] = [label(world), world.clock.now()]
  atLook(world, 2, () => githubAnswers(world, down))
  const result = await world.run(event).done

  expect([verdict(result), result.code]).toEqual(['pull-request/completed', 0])
  expect(result.outputs).toMatchObject({ 'session-state': 'COMPLETED', 'pull-request-number': '2' })
  expect(minutes(world, start)).toBeLessThan(13)
})

test('F-49 GitHub is away from the start: the run ends soon, red, with everything said', async () => {
  const world = await tellDirectly({ start: stage.start, speed: 20 })
  githubAnswers(world, down)
  const start = world.clock.now()
  const inputs = { prompt: 'Mend it.', 'issue-number': String(world.issue) }
  const result = await world.run({ name: 'schedule', payload: {} }, { inputs }).done

  expect([verdict(result), result.code]).toEqual(['failed/github-unavailable', 1])
  expect(Object.keys(result.outputs).sort()).toEqual(ALL_OUTPUTS)
  expect(result.summary).toContain('503')
  expect(world.github.server.calls.length).toBeLessThanOrEqual(12)
  expect(minutes(world, start)).toBeLessThanOrEqual(1.5)
})

test('F-49 GitHub goes away when there is a failure to report', async () => {
  const world = await tellDirectly({ start: stage.start, speed: 20 })
  const event = label(world)
  const refused = { status: 401, body: { error: { code: 401, message: 'no', status: 'UNAUTHENTICATED' } } }
  world.jules.server.faults.add({ route: 'sessions.create', phase: 'before', act: { kind: 'answer', answer: refused } })
  let [calls, at] = [0, 0]
  world.jules.server.onCall(({ route }) => {
    if (route !== 'sessions.create') return
    ;[calls, at] = [world.github.server.calls.length, world.clock.now()]
    githubAnswers(world, down)
  })
  const result = await world.run(event).done

  expect([verdict(result), result.code]).toEqual(['failed/key-rejected', 1])
  expect(Object.keys(result.outputs).sort()).toEqual(ALL_OUTPUTS)
  expect(world.github.server.calls.length - calls).toBeLessThanOrEqual(12)
  expect(minutes(world, at)).toBeLessThanOrEqual(1.5)
})

test('T-05 F-49 where even the permission cannot be read, nobody may ask', async () => {
  const world = await tellDirectly({ start: stage.start })
  const event = label(world)
  githubAnswers(world, down)
  const result = await world.run(event).done

  expect([verdict(result), result.code]).toEqual(['ignored/permission-unknown', 0])
  expect(world.github.server.calls).toHaveLength(3)
})

test('T-05 when the permission API hangs, nobody may ask', async () => {
  const world = await tellDirectly({ start: stage.start })
  const event = label(world)
  world.github.server.faults.add({ route: '*', phase: 'before', times: 99, act: { kind: 'stall' } })
  const result = await world.run(event).done

  expect([verdict(result), result.code]).toEqual(['ignored/permission-unknown', 0])
  expect(world.github.server.calls.length).toBeLessThanOrEqual(3)
})

const LONG = 'one more thing that has to be thought of, '.repeat(30)

test('F-38 GitHub takes shorter comments only: the second text fits', async () => {
  const world = await tellDirectly({ start: stage.start })
  const event = label(world)
  world.github.store.commentLimit = 10_000
  const steps = Array.from({ length: 40 }, (_, index) => ({ index, title: `Step ${index}`, description: LONG }))
  atLook(world, 2, () => {
    const [session] = world.jules.sessions()
    const plan = { id: 'a1b2c3', steps, createTime: '2026-11-20T12:00:00Z' }
    world.jules.alter(session?.id ?? '', { activity: { planGenerated: { plan } } })
  })
  const result = await world.run(event).done
  const refused = writes(world).filter(({ status }) => status === 422)

  expect(verdict(result)).toBe('pull-request/completed')
  expect(refused.length).toBeGreaterThan(0)
  for (const { text } of refused) expect(writes(world).filter((call) => call.text === text)).toHaveLength(1)
  expect(tracking(world)).toEqual([expect.stringContaining('✅ Jules opened')])
  expect(tracking(world)[0]).toContain('too long for a comment')
})

test('F-39 GitHub says that all is well and keeps the old text: two tries, then a warning', async () => {
  const world = await tellDirectly({ start: stage.start, scenario: 'question' })
  const event = label(world)
  atLook(world, 2, () =>
    world.github.server.faults.add({
      route: 'issues.updateComment',
      phase: 'before',
      times: 2,
      act: {
        kind: 'change',
        change: () => {
          const [comment] = world.github.comments(world.issue)
          const { id, body, url, author, updatedAt } = comment ?? {}
          return { body: { id, body, html_url: url, user: { id: author?.id }, updated_at: updatedAt } }
        },
      },
    }),
  )
  const result = await world.run(event).done
  const sent = writes(world)
    .filter(({ route }) => route === 'issues.updateComment')
    .map((call) => String(bodyOf(call).body).length)

  expect(verdict(result)).toBe('waiting-for-reply/question')
  expect(result.stdout.match(/^::warning::.*/gm)).toEqual([expect.stringContaining('kept its old text')])
  expect(sent.length).toBeGreaterThan(2)
  expect(notes(world)).toHaveLength(1)
  expect(tracking(world)).toEqual([expect.stringContaining('Jules has a question')])
})

test('a branch that nobody may push to: Jules is refused, we are not, and the patch is kept', async () => {
  const world = await tellDirectly({ start: stage.start, scenario: 'patch-only' })
  const result = await world.run(label(world)).done

  expect([verdict(result), result.code]).toEqual(['changes/not-published', 0])
  expect(result.outputs['files-path']).not.toBe('')
  expect(world.github.server.calls.filter(({ path }) => /\/(?:git|contents|pulls|merges)\b/.test(path))).toEqual([])
})

const PROTECTED = [
  { status: 403, verdict: 'failed/github-permission-missing', says: '`contents: read`' },
  { status: 404, verdict: 'failed/branch-not-found', says: '`main`' },
  { status: 409, verdict: 'failed/branch-not-found', says: '`main`' },
]
test.each(PROTECTED)('a branch whose reading GitHub refuses with $status is told in the thread', async (row) => {
  const world = await tellDirectly({ start: stage.start })
  const answer = { status: row.status, body: { message: 'Resource protected by organization SAML enforcement.' } }
  githubAnswers(world, answer, 'repos.getBranch')
  githubAnswers(world, answer, 'repos.listBranches')
  const result = await world.run(label(world), { inputs: { 'starting-branch': 'main' } }).done

  expect([verdict(result), result.code]).toEqual([row.verdict, 1])
  expect(tracking(world)).toEqual([expect.stringContaining(row.says)])
  expect(julesCalls(world, 'sessions.create')).toEqual([])
})
