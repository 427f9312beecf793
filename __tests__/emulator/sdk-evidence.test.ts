/** Where the client and what was seen of the real service differ: docs/decisions/0009-client-and-evidence.md. */
import { type Connected, connectClient, sessionOf, takeAll, takeUntil, WIDGETS } from './sdk-client.ts'

let connected: Connected
beforeEach(async () => {
  connected = await connectClient()
})
afterEach(() => connected.stop())

const TASK = { prompt: 'Fix it', source: WIDGETS }

/** A session that has run to its end. */
async function completed(prompt = TASK.prompt): Promise<string> {
  const { id } = await connected.client.run({ ...TASK, prompt })
  connected.clock.move(300_000)
  return id
}

const wireOf = (id: string) => connected.jules.sessions().find((session) => session.id === id)

describe('states', () => {
  test('COMPLETED is not the end, though the client takes it for that', async () => {
    const id = await completed()
    const session = sessionOf(connected.client, id)
    await session.result()
    await session.send('Test a change of month as well.')
    await session.waitFor('inProgress')
    expect((await session.result()).generatedFiles().all()).toHaveLength(2)
    const before = connected.jules.server.calls.length
    connected.clock.move(10_000)
    expect((await session.info()).state).toBe('completed')
    expect(connected.routes(before)).toEqual([])
    expect(wireOf(id)?.state).toBe('IN_PROGRESS')
  })

  test('COMPLETED does not mean that anything was done: a plan that nobody approved ends there too', async () => {
    const session = await connected.client.session(TASK)
    connected.clock.move(900_000)
    await session.waitFor('awaitingPlanApproval')
    expect(await session.result()).toMatchObject({ state: 'completed', outputs: [], pullRequest: undefined })
    await session.approve()
    connected.clock.move(300_000)
    expect(await session.result()).toMatchObject({ pullRequest: { title: 'Make the date test deterministic' } })
  })

  test('a state that nobody knows is served as it is, and the client waits on', async () => {
    const { id } = await connected.client.run(TASK)
    connected.jules.alter(id, { state: 'STARTING_UP' })
    const session = sessionOf(connected.client, id)
    expect((await session.info()).state).toBe('unspecified')
    await expect(session.result({ timeoutMs: 10 })).rejects.toThrow('timed out')
  })

  test('a failed session can be read, though the client’s `info` throws', async () => {
    const id = await completed('[scenario: failure]')
    expect(wireOf(id)?.state).toBe('FAILED')
    await expect(connected.client.session(id).info()).rejects.toThrow(`Session ${id} failed.`)
    expect(await connected.client.getSessionResource(id)).toMatchObject({ state: 'failed' })
  })
})

describe('values that proto3 leaves out', () => {
  test('the exit code of a command that went well, which the client then counts as failed', async () => {
    const id = await completed()
    const { insights, activities } = await connected.client.session(id).snapshot()
    const commands = activities.flatMap(({ artifacts }) => artifacts).filter(({ type }) => type === 'bashOutput')
    expect(commands).toMatchObject([{ exitCode: 1 }, { exitCode: undefined }])
    expect(insights.failedCommands).toHaveLength(2)
  })

  test('the index of the first step, the title of mere progress, and an originator now and then', async () => {
    const activities = await takeAll(sessionOf(connected.client, await completed()).history())
    const [planned] = activities.filter((activity) => activity.type === 'planGenerated')
    expect(planned?.plan.steps.map(({ index }) => index)).toEqual([undefined, 1, 2, 3])
    const untitled = activities.filter(
      (activity) => activity.type === 'progressUpdated' && activity.title === undefined,
    )
    expect(untitled).toMatchObject([{ originator: 'system', artifacts: [{ type: 'changeSet' }] }])
  })

  test('fields that are only for input, and those that only the client’s types have', async () => {
    const { requirePlanApproval, automationMode, source, generatedFiles, activities } =
      await connected.client.getSessionResource(await completed())
    expect({ requirePlanApproval, automationMode, source, generatedFiles, activities }).toEqual({})
  })
})

describe('what a client does not know', () => {
  test.each([
    ['activity', { activity: { rocketLaunched: {} } }, 'Unknown activity type'],
    ['artifact', { activity: { progressUpdated: {}, artifacts: [{ hologram: {} }] } }, 'Unknown artifact type'],
  ])('an unknown kind of %s is served like any other, and stops the client', async (_, change, words) => {
    const id = await completed()
    connected.jules.alter(id, change)
    await expect(sessionOf(connected.client, id).hydrate()).rejects.toThrow(words)
  })

  test('so is an unknown kind of output', async () => {
    const id = await completed()
    connected.jules.alter(id, { outputs: [{ poem: {} }] })
    await expect(connected.client.session(id).result()).rejects.toThrow('Unknown output type')
  })
})

describe('waiting', () => {
  test('only `run.stream` gives a new session time to become known; all else fails at once', async () => {
    const run = await connected.client.run(TASK)
    const error = { code: 404, message: 'Requested entity was not found.', status: 'NOT_FOUND' }
    const answer = { status: 404, body: { error } }
    connected.jules.server.faults.add({ route: 'activities.list', phase: 'before', act: { kind: 'answer', answer } })
    await expect(takeAll(connected.client.session(run.id).history())).rejects.toMatchObject({ status: 404 })
    expect(await takeAll(connected.client.session(run.id).history())).toEqual([])
  })

  test('Retry-After is served, and the client does not look at it', async () => {
    const error = {
      code: 429,
      message: 'Resource has been exhausted (e.g. check quota).',
      status: 'RESOURCE_EXHAUSTED',
    }
    const answer = { status: 429, headers: { 'retry-after': '3600' }, body: { error } }
    connected.jules.server.faults.add({ route: 'sources.list', phase: 'before', act: { kind: 'answer', answer } })
    expect(await takeAll(connected.client.sources())).toHaveLength(1)
  })

  test('the client’s limit of time ends with the headers: a body that stalls is waited for', async () => {
    const impatient = connected.client.with({ config: { requestTimeoutMs: 20 } })
    connected.jules.server.faults.add({ route: 'sources.list', phase: 'before', act: { kind: 'stall' } })
    let failed = false
    const waiting = takeAll(impatient.sources()).catch(() => {
      failed = true
    })
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(failed).toBe(false)
    await connected.jules.stop()
    await waiting
    expect(failed).toBe(true)
  })
})

test('times have 6 or 9 digits, which the client’s stream compares as texts: the later of two may be lost', async () => {
  const run = await connected.client.run(TASK)
  const [earlier, later] = ['2099-01-01T00:00:00.123456Z', '2099-01-01T00:00:00.123456789Z']
  connected.jules.alter(run.id, { activity: { createTime: earlier, agentMessaged: { agentMessage: 'earlier' } } })
  connected.jules.alter(run.id, { activity: { createTime: later, agentMessaged: { agentMessage: 'later' } } })
  connected.jules.alter(run.id, { activity: { createTime: '2099-01-01T00:00:01Z', sessionCompleted: {} } })
  const streamed = await takeUntil(run.stream(), ({ type }) => type === 'sessionCompleted')
  expect(streamed).toMatchObject([{ message: 'earlier' }, { type: 'sessionCompleted' }])
  const { activities } = await connected.client.session(run.id).activities.list()
  expect(activities).toMatchObject([{ message: 'earlier' }, { message: 'later' }, { type: 'sessionCompleted' }])
})

/** Sends what the client has no words for. */
async function create(body: object): Promise<unknown> {
  const headers = { 'x-goog-api-key': 'key', 'content-type': 'application/json' }
  const answer = await fetch(`${connected.jules.url}/sessions`, { method: 'POST', headers, body: JSON.stringify(body) })
  return answer.json()
}

test('the working branch may stand where the client’s types have it, or where other clients send it', async () => {
  const context = { source: 'sources/github/acme/widgets', githubRepoContext: { startingBranch: 'main' } }
  const inside = { ...context, githubRepoContext: { startingBranch: 'main', workingBranch: 'work' } }
  for (const sourceContext of [{ ...context, workingBranch: 'work' }, inside]) {
    expect(await create({ prompt: 'Fix it', sourceContext })).toMatchObject({ sourceContext })
  }
})

test('an unknown mode is refused with the name that the service has for its modes', async () => {
  expect(await create({ prompt: 'Fix it', automationMode: 'NONE' })).toMatchObject({
    error: {
      message: expect.stringContaining('(type.googleapis.com/google.labs.jules.v1alpha.AutomationMode), "NONE"'),
    },
  })
})

test('automation without a pull request is accepted, in every combination', async () => {
  for (const autoPr of [true, false]) {
    for (const requireApproval of [true, false]) {
      expect(await connected.client.run({ ...TASK, autoPr, requireApproval })).toMatchObject({ id: expect.any(String) })
    }
  }
})
