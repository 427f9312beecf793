import { type Caller, startCaller, WIDGETS } from './jules-caller.ts'

let caller: Caller
beforeEach(async () => {
  caller = await startCaller({ key: 'right-key' })
})
afterEach(() => caller.jules.stop())

const KEY = { 'x-goog-api-key': 'right-key' }
const GENERIC = {
  error: { code: 400, message: 'Request contains an invalid argument.', status: 'INVALID_ARGUMENT' },
}

const withRepository = (change: object) => ({ prompt: 'Fix it', sourceContext: { ...WIDGETS, ...change } })

test.each([
  { name: 'no prompt', body: { title: 'Fix it' } },
  { name: 'an empty prompt', body: { prompt: ' ' } },
  { name: 'no starting branch', body: withRepository({ githubRepoContext: {} }) },
  { name: 'no repository context', body: { prompt: 'Fix it', sourceContext: { source: WIDGETS.source } } },
  { name: 'no source', body: { prompt: 'Fix it', sourceContext: { githubRepoContext: { startingBranch: 'main' } } } },
  { name: 'a dashed source', body: withRepository({ source: 'sources/github-acme-widgets' }) },
])('a create with $name is refused without an explanation', async ({ body }) => {
  expect(await caller.call('POST', '/sessions', body, KEY)).toMatchObject({ status: 400, body: GENERIC })
  expect(caller.jules.sessions()).toEqual([])
})

test.each([
  { name: 'an unknown field', body: { prompt: 'Fix it', message: 'x' }, field: 'session' },
  {
    name: 'an unknown field inside',
    body: withRepository({ displayName: 'x' }),
    field: 'session.source_context',
  },
  { name: 'an unknown mode', body: { prompt: 'Fix it', automationMode: 'MANUAL' }, field: 'session.automation_mode' },
  { name: 'a prompt that is no text', body: { prompt: 7 }, field: 'session.prompt' },
  {
    name: 'a flag that is text',
    body: { prompt: 'Fix it', requirePlanApproval: 'true' },
    field: 'session.require_plan_approval',
  },
])('a create with $name is refused by field', async ({ body, field }) => {
  const reply = await caller.call('POST', '/sessions', body, KEY)
  expect(reply).toMatchObject({
    status: 400,
    body: {
      error: {
        status: 'INVALID_ARGUMENT',
        details: [{ '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: [{ field }] }],
      },
    },
  })
})

test('text that is no JSON is refused', async () => {
  expect((await caller.call('POST', '/sessions', '{"prompt":', KEY)).status).toBe(400)
  expect((await caller.call('POST', '/sessions', '[]', KEY)).status).toBe(400)
})

test('a repository that is not connected is not found', async () => {
  const body = withRepository({ source: 'sources/github/acme/unknown' })
  expect((await caller.call('POST', '/sessions', body, KEY)).body).toMatchObject({ error: { status: 'NOT_FOUND' } })
})

test('a message is called prompt and nothing else, and the empty methods take no field', async () => {
  const id = await create(caller)
  const refused = await caller.call('POST', `/sessions/${id}:sendMessage`, { message: 'Hi' }, KEY)
  expect(refused.text).toContain('Unknown name \\"message\\": Cannot find field.')
  expect((await caller.call('POST', `/sessions/${id}:sendMessage`, {}, KEY)).status).toBe(400)
  for (const method of ['approvePlan', 'archive', 'unarchive']) {
    expect((await caller.call('POST', `/sessions/${id}:${method}`, { planId: 'x' }, KEY)).status).toBe(400)
  }
})

test.each([
  '/sessions?orderBy=createTime',
  '/sources?limit=3',
  '/sessions/42?fields=state',
  '/sessions/42/activities?createTime=2026-08-24T10:00:00Z',
])('an unknown query parameter is refused: %s', async (path) => {
  const reply = await caller.call('GET', path, undefined, KEY)
  expect(reply).toMatchObject({ status: 400, body: { error: { status: 'INVALID_ARGUMENT' } } })
  expect(reply.text).toContain('Cannot bind query parameter')
})

test('a call without a key and one with a wrong key are refused in different words', async () => {
  const bare = await fetch(`${caller.jules.url}/sessions`, { method: 'POST', body: '{}' })
  const missing: unknown = await bare.json()
  const wrong = await caller.call('POST', '/sessions', {}, { 'x-goog-api-key': 'wrong' })
  const details = [
    {
      reason: 'CREDENTIALS_MISSING',
      domain: 'googleapis.com',
      metadata: { method: 'google.labs.jules.v1alpha.JulesService.CreateSession' },
    },
  ]
  const message = expect.stringContaining('missing required authentication credential')
  expect(missing).toMatchObject({ error: { code: 401, status: 'UNAUTHENTICATED', message, details } })
  const other = expect.stringContaining('API keys are not supported')
  expect(wrong).toMatchObject({ status: 401, body: { error: { message: other, details } } })
})

test.each([
  { quotaRefusal: 'failed-precondition' as const, status: 400, name: 'FAILED_PRECONDITION' },
  { quotaRefusal: 'exhausted' as const, status: 429, name: 'RESOURCE_EXHAUSTED' },
])('over the limits a create is refused: $name', async ({ quotaRefusal, status, name }) => {
  const busy = await startCaller({ concurrentLimit: 1, dailyLimit: 2, quotaRefusal })
  const refusal = { status, body: { error: { code: status, status: name } } }
  const attempt = () => busy.call('POST', '/sessions', { prompt: 'Fix it' })
  await busy.create('one')
  expect(await attempt()).toMatchObject(refusal)
  busy.clock.move(200_000)
  const second = await busy.create('two')
  await busy.call('DELETE', `/sessions/${second}`)
  expect(await attempt()).toMatchObject(refusal)
  busy.clock.move(24 * 3_600_000)
  expect((await attempt()).status).toBe(200)
  await busy.jules.stop()
})

test.each([
  { state: 'QUEUED', counts: true },
  { state: 'PLANNING', counts: true },
  { state: 'IN_PROGRESS', counts: true },
  { state: 'AWAITING_PLAN_APPROVAL', counts: true },
  { state: 'AWAITING_USER_FEEDBACK', counts: true },
  { state: 'PAUSED', counts: false },
  { state: 'FAILED', counts: false },
  { state: 'COMPLETED', counts: false },
])('a session that is $state counts as running: $counts', async ({ state, counts }) => {
  caller.jules.settings.concurrentLimit = 1
  caller.jules.alter(await create(caller), { state })
  expect((await caller.call('POST', '/sessions', { prompt: 'Fix it' }, KEY)).status).toBe(counts ? 400 : 200)
})

test('a failed session counts for its day', async () => {
  caller.jules.settings.dailyLimit = 1
  caller.jules.alter(await create(caller), { state: 'FAILED' })
  expect((await caller.call('POST', '/sessions', { prompt: 'Fix it' }, KEY)).status).toBe(400)
})

test('a branch that a source does not list is found missing later', async () => {
  const strict = await startCaller({ sources: [{ owner: 'acme', repo: 'widgets', branches: ['main', 'dev'] }] })
  const on = (startingBranch: string) => ({ sourceContext: { ...WIDGETS, githubRepoContext: { startingBranch } } })
  const lost = await strict.create('Fix it', on('gone'))
  const good = await strict.create('Fix it', on('dev'))
  expect(strict.follow(lost, 20)).toEqual(['QUEUED', 'PLANNING', 'FAILED'])
  expect(JSON.stringify(strict.state(lost).activities)).toContain('The branch gone could not be found')
  expect(strict.state(good).state).toBe('PLANNING')
  await strict.jules.stop()
})

test('a scenario that does not exist is named, with those that do', async () => {
  const reply = await caller.call('POST', '/sessions', { prompt: '[scenario: nonsense] Fix it' }, KEY)
  expect(reply.status).toBe(400)
  expect(reply.text).toContain('automatic-pull-request')
  expect(() => caller.jules.useScenario('nonsense')).toThrow('There is no scenario "nonsense"')
})

async function create({ call }: Caller): Promise<string> {
  return String((await call('POST', '/sessions', { prompt: 'Fix it' }, KEY)).body.id)
}
