import {
  AutomatedSessionFailedError,
  JulesApiError,
  JulesAuthenticationError,
  JulesNetworkError,
  JulesRateLimitError,
  MissingApiKeyError,
  SourceNotFoundError,
  SyncInProgressError,
  TimeoutError,
} from '@google/jules-sdk'
import type { Fault } from '../../emulator/faults.ts'
import { type Connected, connectClient, sessionOf, takeAll, WIDGETS } from './sdk-client.ts'

let connected: Connected
beforeEach(async () => {
  connected = await connectClient({ key: 'key-of-the-test' })
})
afterEach(() => connected.stop())

const TASK = { prompt: 'Fix it', source: WIDGETS }
const NOBODY = '4242424242424242424'

const UNAVAILABLE = { code: 503, message: 'The service is currently unavailable.', status: 'UNAVAILABLE' }
const EXHAUSTED = {
  code: 429,
  message: 'Resource has been exhausted (e.g. check quota).',
  status: 'RESOURCE_EXHAUSTED',
}
const DENIED = { code: 403, message: 'The caller does not have permission', status: 'PERMISSION_DENIED' }

type Problem = typeof UNAVAILABLE

/** Answers the next calls of a method with a problem. */
function trouble(route: string, error: Problem, more: Partial<Fault> = {}): void {
  const answer = { status: error.code, body: { error } }
  connected.jules.server.faults.add({ route, phase: 'before', act: { kind: 'answer', answer }, ...more })
}

/** What a promise fails with; an error of its own where it does not. */
async function failure(promise: PromiseLike<unknown>): Promise<Error> {
  try {
    await promise
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('Nothing failed.')
}

describe('keys', () => {
  test('without a key nothing is sent', async () => {
    const keyless = connected.client.with({ apiKey: '' })
    expect(await failure(takeAll(keyless.sources()))).toBeInstanceOf(MissingApiKeyError)
    expect(connected.routes()).toEqual([])
  })

  test('a key that Jules does not know is a failed authentication', async () => {
    const stranger = connected.client.with({ apiKey: 'wrong' })
    const error = await failure(stranger.session(NOBODY).info())
    expect(error).toBeInstanceOf(JulesAuthenticationError)
    expect(error).toMatchObject({ status: 401, statusText: 'Unauthorized', name: 'JulesAuthenticationError' })
  })

  test('so is a key without access', async () => {
    trouble('sources.list', DENIED)
    const error = await failure(takeAll(connected.client.sources()))
    expect(error).toBeInstanceOf(JulesAuthenticationError)
    expect(error).toMatchObject({ status: 403 })
  })
})

describe('what is not there', () => {
  const views: [string, (id: string) => PromiseLike<unknown>][] = [
    ['info', (id) => connected.client.session(id).info()],
    ['hydrate', (id) => sessionOf(connected.client, id).hydrate()],
    ['activities.get', (id) => connected.client.session(id).activities.get('00')],
    ['send', (id) => connected.client.session(id).send('Hello')],
    ['approve', (id) => connected.client.session(id).approve()],
    ['archive', (id) => connected.client.session(id).archive()],
    ['unarchive', (id) => connected.client.session(id).unarchive()],
    ['result', (id) => connected.client.session(id).result()],
    ['sync', (sessionId) => connected.client.sync({ sessionId })],
  ]
  test.each(views)(
    '%s of a session that is not there fails with 404, at once and in Google’s words',
    async (_, use) => {
      const error = await failure(use(NOBODY))
      expect(error).toBeInstanceOf(JulesApiError)
      expect(error).toMatchObject({ status: 404, message: expect.stringContaining('Requested entity was not found.') })
      expect(connected.jules.server.calls).toHaveLength(1)
    },
  )

  test('a repository that is not connected is undefined, and no session is made for it', async () => {
    const { client, jules } = connected
    expect(await client.sources.get({ github: 'acme/other' })).toBeUndefined()
    const source = { github: 'acme/other', baseBranch: 'main' }
    expect(await failure(client.session({ prompt: 'Fix it', source }))).toBeInstanceOf(SourceNotFoundError)
    expect(jules.sessions()).toEqual([])
  })

  test('a session that the client remembers and that is gone is forgotten', async () => {
    const { client } = connected
    const session = await client.session(TASK)
    await fetch(`${connected.jules.url}/sessions/${session.id}`, {
      method: 'DELETE',
      headers: { 'x-goog-api-key': 'key-of-the-test' },
    })
    expect(await failure(session.info())).toMatchObject({ status: 404 })
    expect(await client.storage.get(session.id)).toBeUndefined()
  })
})

test('of many sessions, those that can be made are made', async () => {
  const repositories = ['acme/widgets', 'acme/other', 'acme/widgets', 'acme/third']
  const starting = connected.client.all(
    repositories,
    (github) => ({ prompt: 'Fix it', source: { github, baseBranch: 'main' } }),
    { stopOnError: false },
  )
  const error = await failure(starting)
  expect(error).toBeInstanceOf(AggregateError)
  expect(error).toMatchObject({ errors: [{ name: 'SourceNotFoundError' }, { name: 'SourceNotFoundError' }] })
  expect(connected.jules.sessions()).toHaveLength(2)
})

describe('what passes', () => {
  test.each([
    ['429', EXHAUSTED],
    ['503', UNAVAILABLE],
  ])('%s is waited out', async (_, error) => {
    trouble('sessions.list', error, { times: 3 })
    expect(await connected.client.sessions()).toEqual({ sessions: [], nextPageToken: undefined })
    expect(connected.jules.server.calls.map(({ status }) => status)).toEqual([error.code, error.code, error.code, 200])
  })

  test('429 that does not pass is an error of its own', async () => {
    trouble('sessions.list', EXHAUSTED, { times: 1000 })
    const error = await failure(connected.client.sessions())
    expect(error).toBeInstanceOf(JulesRateLimitError)
    expect(error).toMatchObject({ status: 429, message: expect.stringContaining('API rate limit exceeded') })
    expect(connected.jules.server.calls.length).toBeGreaterThan(3)
  })

  test('503 that does not pass tells what the service said', async () => {
    trouble('sessions.list', UNAVAILABLE, { times: 1000 })
    const error = await failure(connected.client.sessions())
    expect(error).not.toBeInstanceOf(JulesRateLimitError)
    expect(error).toMatchObject({ status: 503, message: expect.stringContaining(UNAVAILABLE.message) })
  })

  test('a create whose answer was lost to a 503 is repeated, and two sessions run', async () => {
    trouble('sessions.create', UNAVAILABLE, { phase: 'after' })
    const session = await connected.client.session(TASK)
    const ids = connected.jules.sessions().map(({ id }) => id)
    expect(ids).toHaveLength(2)
    expect(ids[0]).toBe(session.id)
  })

  test('zero-byte answers are successes', async () => {
    await connected.stop()
    connected = await connectClient({ emptyBodies: true })
    const session = await connected.client.session(TASK)
    await session.send('Hello')
    connected.clock.move(60_000)
    await session.waitFor('awaitingPlanApproval')
    await session.approve()
    expect(connected.jules.server.calls.at(-1)).toMatchObject({ route: 'sessions.approvePlan', answer: '' })
  })
})

describe('the network', () => {
  test('a connection that is cut is a network error, and nothing is repeated', async () => {
    connected.jules.server.faults.add({ route: 'sessions.create', phase: 'after', act: { kind: 'cut' } })
    const error = await failure(connected.client.run(TASK))
    expect(error).toBeInstanceOf(JulesNetworkError)
    expect(error).toMatchObject({ url: `${connected.jules.url}/sessions` })
    expect(connected.jules.sessions()).toHaveLength(1)
  })

  test('so is an answer that does not begin in time', async () => {
    const impatient = connected.client.with({ config: { requestTimeoutMs: 20 } })
    connected.jules.server.faults.add({ route: '*', phase: 'before', act: { kind: 'slow', ms: 200 } })
    expect(await failure(impatient.sessions())).toMatchObject({
      name: 'JulesNetworkError',
      cause: { name: 'AbortError' },
    })
  })

  test('so is a service that is not there', async () => {
    await connected.jules.stop()
    expect(await failure(connected.client.sessions())).toMatchObject({
      name: 'JulesNetworkError',
      cause: { cause: { code: 'ECONNREFUSED' } },
    })
  })
})

describe('what a session refuses', () => {
  test('there is no plan to approve', async () => {
    const session = await connected.client.session(TASK)
    expect(await failure(session.approve())).toMatchObject({
      status: 400,
      message: expect.stringContaining('FAILED_PRECONDITION'),
    })
  })

  test('an empty message', async () => {
    const session = await connected.client.session(TASK)
    expect(await failure(session.send(' '))).toMatchObject({ status: 400 })
  })

  test('a filter that nobody knows', async () => {
    const error = await failure(connected.client.sessions({ filter: 'state = COMPLETED' }))
    expect(error).toMatchObject({ status: 400, message: expect.stringContaining('INVALID_ARGUMENT') })
  })

  test.each([
    ['failed-precondition', 400, 'Precondition check failed.'],
    ['exhausted', 429, 'API rate limit exceeded'],
  ] as const)('a session above the daily limit (%s)', async (quotaRefusal, status, words) => {
    await connected.stop()
    connected = await connectClient({ dailyLimit: 1, quotaRefusal })
    await connected.client.run(TASK)
    expect(await failure(connected.client.run(TASK))).toMatchObject({ status, message: expect.stringContaining(words) })
    expect(connected.jules.sessions()).toHaveLength(1)
  })
})

describe('what the client gives up', () => {
  test('waiting for a state that does not come', async () => {
    const session = sessionOf(connected.client, (await connected.client.run(TASK)).id)
    expect(await failure(session.waitFor('paused', { timeoutMs: 10 }))).toBeInstanceOf(TimeoutError)
    expect(await failure(session.result({ timeoutMs: 10 }))).toBeInstanceOf(TimeoutError)
  })

  test('a session that has failed has no result', async () => {
    const run = await connected.client.run({ ...TASK, prompt: '[scenario: failure]' })
    connected.clock.move(300_000)
    expect(await failure(run.result())).toBeInstanceOf(AutomatedSessionFailedError)
    const { activities } = await connected.client.session(run.id).activities.list()
    expect(activities.at(-1)).toMatchObject({
      type: 'sessionFailed',
      reason: 'The setup script of the repository failed: npm ci ended with exit code 1.',
    })
  })

  test('two syncs at once', async () => {
    const first = connected.client.sync()
    expect(await failure(connected.client.sync())).toBeInstanceOf(SyncInProgressError)
    expect(await first).toMatchObject({ isComplete: true, sessionsIngested: 0 })
  })
})
