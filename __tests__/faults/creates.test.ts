/** F-04 F-05 F-13 F-15 A create whose answer is lost, or that surely was not heard: one session, or a clear word, and never two. */
import { createServer } from 'node:net'
import type { Act } from '../../emulator/faults.ts'
import type { WorldOptions } from '../../emulator/world.ts'
import { useStage } from '../support/stage/use-stage.ts'
import { julesCalls, labeled, labelsOf, last, notes, type Told, tracking, verdict } from '../support/story.ts'

const stage = useStage()

const begin = (options: WorldOptions = {}) =>
  labeled({ start: stage.start, inputs: { 'wait-minutes': '0' }, ...options })

const creates = (world: Told) => julesCalls(world, 'sessions.create')
const html = (status: number): Act => ({ kind: 'answer', answer: { status, text: '<html>Error</html>' } })

const LOST: { name: string; act: Act }[] = [
  { name: 'a reset', act: { kind: 'cut' } },
  { name: 'a timeout', act: { kind: 'slow', ms: 10 * 60_000 } },
  { name: '502', act: html(502) },
  { name: '503', act: html(503) },
  { name: '504', act: html(504) },
  { name: 'half a body', act: { kind: 'truncate' } },
  { name: 'HTML with 200', act: html(200) },
]

test.each(LOST)(
  'F-04 $name in place of the answer to a create that has happened: one session, adopted',
  async ({ act }) => {
    const { world, event } = await begin()
    world.jules.server.faults.add({ route: 'sessions.create', phase: 'after', act })
    const result = await world.run(event).done

    expect([verdict(result), result.outputs['session-id']]).toEqual([
      'running/handed-over',
      world.jules.sessions()[0]?.id,
    ])
    expect(creates(world)).toHaveLength(1)
    expect(world.jules.sessions()).toHaveLength(1)
  },
)

/** Sessions made just now are not listed. */
function hideSessions(world: Told, times: number): void {
  const change = (answer: { body?: unknown }) => ({ ...answer, body: {} })
  world.jules.server.faults.add({ route: 'sessions.list', phase: 'after', times, act: { kind: 'change', change } })
}

test.each([1, 3, 8])(
  'F-04 F-07 the session is listed only after %i more looks: it is waited for, and adopted',
  async (looks) => {
    const { world, event } = await begin()
    world.jules.server.faults.add({ route: 'sessions.create', phase: 'after', act: { kind: 'cut' } })
    hideSessions(world, looks + 1)
    expect(verdict(await world.run(event).done)).toBe('running/handed-over')

    expect(creates(world)).toHaveLength(1)
  },
)

test.each(LOST)(
  'F-04 $name, and no list ever shows the session: looked for a minute, then needs attention; the next runs send no second create',
  async ({ act }) => {
    const { world, event } = await begin()
    world.jules.server.faults.add({ route: 'sessions.create', phase: 'after', act })
    hideSessions(world, 9999)
    const result = await world.run(event, { runId: '7' }).done
    const [create] = creates(world)
    const looks = julesCalls(world, 'sessions.list').filter(({ at }) => at > (create?.at ?? 0))

    expect([verdict(result), result.code]).toEqual(['failed/needs-attention', 1])
    expect((looks.at(-1)?.at ?? 0) - (looks[0]?.at ?? 0)).toBeGreaterThanOrEqual(55_000)
    expect(tracking(world)).toEqual([expect.stringMatching(/^### ❌ It is not known[\s\S]*`\/jules retry`/)])
    expect(notes(world)).toHaveLength(1)
    expect(labelsOf(world)).toEqual(['jules: failed'])
    world.clock.move(5 * 60_000)
    await world.run(event, { runId: '7', runAttempt: 2 }).done
    await world.run({ name: 'schedule', payload: {} }, { inputs: { mode: 'sweep' } }).done
    expect(creates(world)).toHaveLength(1)
  },
)

/** The fate of the create could not be known; by now the session is listed. */
async function known(scenario: string) {
  const { world, event } = await begin({ scenario })
  world.jules.server.faults.add({ route: 'sessions.create', phase: 'after', act: { kind: 'cut' } })
  hideSessions(world, 9999)
  expect(verdict(await world.run(event, { runId: '7' }).done)).toBe('failed/needs-attention')
  world.jules.server.faults.clear()
  return { world, event }
}

const sweep = { name: 'schedule', payload: {} }

const NEXT: { name: string; run(begun: Awaited<ReturnType<typeof begin>>): Promise<unknown> }[] = [
  { name: 'the job once more', run: ({ world, event }) => world.run(event, { runId: '7', runAttempt: 2 }).done },
  {
    name: '`/jules status`',
    run: ({ world }) => {
      world.github.comment(world.ann, world.issue, '/jules status')
      return world.run(last(world, 'issue_comment', 'created')).done
    },
  },
  {
    name: '`/jules retry`',
    run: ({ world }) => {
      world.github.comment(world.ann, world.issue, '/jules retry')
      return world.run(last(world, 'issue_comment', 'created')).done
    },
  },
  { name: 'a sweep', run: ({ world }) => world.run(sweep, { inputs: { mode: 'sweep' } }).done },
]
test.each(NEXT)(
  'F-04 the fate of a create becomes known later: $name adopts its session, and makes no second one',
  async ({ run }) => {
    const begun = await known('one-hour')
    const { world } = begun
    await run(begun)

    expect(tracking(world)).toEqual([expect.stringMatching(/^### ⏳/)])
    expect(labelsOf(world)).toEqual(['jules: running'])
    expect(creates(world)).toHaveLength(1)
  },
)

test('F-04 the fate of a create becomes known by the pull request that the session opens', async () => {
  const { world } = await known('automatic-pull-request')
  world.clock.move(60 * 60_000)
  await world.jules.settled()
  expect(verdict(await world.run(last(world, 'pull_request', 'opened')).done)).toBe('pull-request/completed')

  expect(tracking(world)).toEqual([expect.stringContaining('✅ Jules opened')])
  expect(labelsOf(world)).toEqual([])
  expect(creates(world)).toHaveLength(1)
})

test('F-04 a run dies between its create and its record: the pull request brings the thread to its end', async () => {
  const { world, event } = await begin()
  const run = world.run(event)
  const kill = () => run.kill('SIGKILL')
  world.jules.server.faults.add({ route: 'sessions.create', phase: 'after', act: { kind: 'run', run: kill } })
  await run.done
  world.clock.move(60 * 60_000)
  await world.jules.settled()
  expect(verdict(await world.run(last(world, 'pull_request', 'opened')).done)).toBe('pull-request/completed')

  expect(tracking(world)).toEqual([expect.stringContaining('✅ Jules opened')])
  expect(labelsOf(world)).toEqual([])
})

test('F-04 `/jules retry` where a create got lost for good: one session', async () => {
  const { world, event } = await begin()
  world.jules.server.faults.add({ route: 'sessions.create', phase: 'before', act: html(502) })
  expect(verdict(await world.run(event).done)).toBe('failed/needs-attention')
  world.github.comment(world.ann, world.issue, '/jules retry')
  expect(verdict(await world.run(last(world, 'issue_comment', 'created')).done)).toBe('running/handed-over')

  expect(world.jules.sessions()).toHaveLength(1)
})

const refusal = (status: number, code: string, headers: Record<string, string> = {}): Act => ({
  kind: 'answer',
  answer: { status, headers, body: { error: { code: status, message: 'No.', status: code } } },
})

/** An address at which nobody listens, and one at which nobody speaks TLS. */
const addressOf = (port: number) => `http://127.0.0.1:${port}/v1alpha`

async function freePort(): Promise<number> {
  const server = createServer()
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(Number(Reflect.get(Object(server.address()), 'port'))))
  })
  await new Promise((resolve) => server.close(resolve))
  return port
}

test('F-05 ECONNREFUSED: surely not sent, so it is tried again, and then the thread waits', async () => {
  const { world, event } = await begin({ julesUrl: addressOf(await freePort()) })
  expect(verdict(await world.run(event).done)).toBe('queued/jules-unavailable')
  expect(world.jules.sessions()).toEqual([])
  expect(labelsOf(world)).toEqual(['jules: queued'])
})

const HEARD: { name: string; act: Act; ends: string; creates: number }[] = [
  {
    name: '429 for twenty seconds',
    act: refusal(429, 'RESOURCE_EXHAUSTED', { 'retry-after': '20' }),
    ends: 'running/handed-over',
    creates: 2,
  },
  { name: '429', act: refusal(429, 'RESOURCE_EXHAUSTED'), ends: 'queued/quota-full', creates: 1 },
  {
    name: '429 for ages',
    act: refusal(429, 'RESOURCE_EXHAUSTED', { 'retry-after': '1000000000000' }),
    ends: 'queued/quota-full',
    creates: 1,
  },
  {
    name: '429 for 1e12',
    act: refusal(429, 'RESOURCE_EXHAUSTED', { 'retry-after': '1e12' }),
    ends: 'queued/quota-full',
    creates: 1,
  },
  {
    name: '429 for -1',
    act: refusal(429, 'RESOURCE_EXHAUSTED', { 'retry-after': '-1' }),
    ends: 'queued/quota-full',
    creates: 1,
  },
  { name: '400 FAILED_PRECONDITION', act: refusal(400, 'FAILED_PRECONDITION'), ends: 'queued/quota-full', creates: 1 },
  { name: '400 INVALID_ARGUMENT', act: refusal(400, 'INVALID_ARGUMENT'), ends: 'failed/request-rejected', creates: 1 },
]
test.each(HEARD)('F-05 F-15 T-140 a create is refused with $name: $ends', async ({ act, ends, creates: sent }) => {
  const { world, event } = await begin()
  world.jules.server.faults.add({ route: 'sessions.create', phase: 'before', act })
  const before = world.clock.now()
  expect(verdict(await world.run(event).done)).toBe(ends)

  expect(creates(world)).toHaveLength(sent)
  expect(world.jules.sessions().length).toBe(ends.startsWith('running') ? 1 : 0)
  expect(world.clock.now() - before).toBeLessThan(5 * 60_000)
})

test('F-13 a session that is not found right after its create is waited for; much later it is gone', async () => {
  const { world, event } = await begin({ inputs: { 'wait-minutes': '30' }, scenario: 'one-hour' })
  const missing = {
    kind: 'answer',
    answer: { status: 404, body: { error: { code: 404, status: 'NOT_FOUND' } } },
  } as const
  world.jules.server.faults.add({ route: 'activities.list', phase: 'before', times: 5, act: missing })
  world.jules.server.faults.add({ route: 'sessions.get', phase: 'before', times: 2, act: missing })
  world.clock.at(world.clock.now() + 10 * 60_000, () => {
    world.jules.server.faults.add({
      route: ['sessions.get', 'activities.list'],
      phase: 'before',
      times: 999,
      act: missing,
    })
  })
  const result = await world.run(event).done

  expect(verdict(result)).toBe('failed/gone')
  expect(tracking(world)).toHaveLength(1)
  const seen = julesCalls(world, 'sessions.get')
  expect((seen.at(-1)?.at ?? 0) - (seen[0]?.at ?? 0)).toBeGreaterThan(14 * 60_000)
})
