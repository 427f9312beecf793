import { type Caller, startCaller, WIDGETS } from './jules-caller.ts'

let caller: Caller
beforeEach(async () => {
  caller = await startCaller()
})
afterEach(() => caller.jules.stop())

const NOT_FOUND = { error: { code: 404, message: 'Requested entity was not found.', status: 'NOT_FOUND' } }

test('a session is created, and answered without what is only for input', async () => {
  const { status, body } = await caller.call('POST', '/sessions', {
    prompt: 'Fix the flaky date test.\nIt fails in the evening.',
    sourceContext: WIDGETS,
    requirePlanApproval: true,
    automationMode: 'AUTO_CREATE_PR',
  })
  expect(status).toBe(200)
  expect(body).toEqual({
    name: `sessions/${body.id}`,
    id: expect.stringMatching(/^\d{19}$/),
    prompt: 'Fix the flaky date test.\nIt fails in the evening.',
    title: 'Fix the flaky date test.',
    state: 'QUEUED',
    url: `https://jules.google.com/session/${body.id}`,
    sourceContext: WIDGETS,
    createTime: expect.stringMatching(/^2026-08-24T10:00:00\.\d{9}Z$/),
    updateTime: expect.stringMatching(/^2026-08-24T10:00:00\.\d{6}Z$/),
  })
  const again = await caller.call('GET', `/sessions/${body.id}`)
  expect(again).toMatchObject({ status: 200, body })
})

test('a session needs no repository, and then publishes nothing', async () => {
  const { body } = await caller.call('POST', '/sessions', { prompt: 'Write a haiku', automationMode: 'AUTO_CREATE_PR' })
  caller.clock.move(200_000)
  const session = caller.state(String(body.id))
  expect(session).toMatchObject({ state: 'COMPLETED', outputs: [{ changeSet: { source: 'sources/github/' } }] })
  expect(session.outputs).toHaveLength(1)
  expect(session.outputs[0]?.changeSet?.gitPatch).not.toHaveProperty('baseCommitId')
})

test('ids are the same in every run, and differ from session to session', async () => {
  const ids = [await caller.create('one'), await caller.create('two')]
  const other = await startCaller()
  expect([await other.create('one'), await other.create('two')]).toEqual(ids)
  expect(new Set(ids).size).toBe(2)
  await other.jules.stop()
})

test.each([
  ['GET', '/sessions/42'],
  ['DELETE', '/sessions/42'],
  ['POST', '/sessions/42:approvePlan'],
  ['POST', '/sessions/42:archive'],
  ['POST', '/sessions/42:unarchive'],
  ['GET', '/sessions/42/activities'],
  ['GET', '/sessions/42/activities/00'],
  ['GET', '/42'],
  ['GET', '/sources/github/acme/other'],
  ['GET', '/sources/github-acme-widgets'],
])('%s %s is not found', async (method, path) => {
  expect(await caller.call(method, path)).toMatchObject({ status: 404, body: NOT_FOUND })
  expect(caller.jules.server.unplanned).toEqual([])
})

test('a message to a session that is not there is not found', async () => {
  expect(await caller.call('POST', '/sessions/42:sendMessage', { prompt: 'Hello' })).toMatchObject({ status: 404 })
})

test.each([
  ['PATCH', '/sessions/42'],
  ['PUT', '/sessions/42'],
  ['HEAD', '/sessions'],
  ['GET', '/sessions/'],
  ['POST', '/sessions/42:cancel'],
  ['GET', '/nonsense<b>'],
])("%s %s is no method of the API: a page of Google's, and noted", async (method, path) => {
  const reply = await caller.call(method, path)
  expect(reply.status).toBe(404)
  expect(reply.text).toMatch(method === 'HEAD' ? /^$/ : /^<!DOCTYPE html>[\s\S]*<title>Error 404 \(Not Found\)!!1/)
  expect(reply.text).not.toContain('<b>/')
  expect(caller.jules.server.unplanned).toHaveLength(1)
})

test('a path outside the API is answered with 501 and noted', async () => {
  expect((await fetch(`${caller.jules.server.url}/v2/sessions`)).status).toBe(501)
  expect((await fetch(`${caller.jules.server.url}//v1alpha/sessions`)).status).toBe(501)
  expect(caller.jules.server.unplanned.map(({ path }) => path)).toEqual(['/v2/sessions', '//v1alpha/sessions'])
})

test('a deleted session is gone from get and list', async () => {
  const id = await caller.create('Fix it')
  expect(await caller.call('DELETE', `/sessions/${id}`)).toMatchObject({ status: 200, text: '{}' })
  expect((await caller.call('GET', `/sessions/${id}`)).status).toBe(404)
  expect((await caller.call('DELETE', `/sessions/${id}`)).status).toBe(404)
  expect((await caller.call('GET', '/sessions')).body).toEqual({})
})

test('archiving a running session hides and pauses it; unarchiving shows it, still paused', async () => {
  const id = await caller.create('Fix it')
  caller.clock.move(30_000)
  const archived = await caller.call('POST', `/sessions/${id}:archive`)
  expect(archived.body).toMatchObject({ id, state: 'PAUSED', archived: true })
  expect((await caller.call('GET', '/sessions')).body).toEqual({})
  caller.clock.move(900_000)
  const shown = await caller.call('POST', `/sessions/${id}:unarchive`, {})
  expect(shown.body).toMatchObject({ id, state: 'PAUSED' })
  expect(shown.body).not.toHaveProperty('archived')
  await caller.call('POST', `/sessions/${id}:sendMessage`, { prompt: 'Go on' })
  expect(caller.follow(id, 200)).toEqual(['PAUSED', 'IN_PROGRESS', 'COMPLETED'])
})

test('archiving a settled session changes no state', async () => {
  const id = await caller.create('Fix it')
  caller.clock.move(200_000)
  expect((await caller.call('POST', `/sessions/${id}:archive`)).body).toMatchObject({
    state: 'COMPLETED',
    archived: true,
  })
})

test('a message is recorded, and the agent takes note of it', async () => {
  const id = await caller.create('Fix it')
  caller.clock.move(30_000)
  expect(await caller.call('POST', `/sessions/${id}:sendMessage`, { prompt: 'Mind the time zones' })).toMatchObject({
    status: 200,
    text: '{}',
  })
  expect(caller.state(id).activities.at(-1)).toMatchObject({
    originator: 'user',
    userMessaged: { userMessage: 'Mind the time zones' },
  })
  caller.clock.move(15_000)
  expect(caller.events(id).at(-1)).toBe('agentMessaged')
  expect(caller.follow(id, 200)).toEqual(['IN_PROGRESS', 'COMPLETED'])
})

test('an approval without a plan that waits is refused', async () => {
  const id = await caller.create('Fix it')
  expect(await caller.call('POST', `/sessions/${id}:approvePlan`, {})).toMatchObject({
    status: 400,
    body: { error: { code: 400, message: 'Precondition check failed.', status: 'FAILED_PRECONDITION' } },
  })
})

test('an activity can be read by its name', async () => {
  const id = await caller.create('Fix it')
  caller.clock.move(30_000)
  const [first] = caller.state(id).activities
  expect(first?.name).toMatch(new RegExp(`^sessions/${id}/activities/[0-9a-f]{32}$`))
  expect((await caller.call('GET', `/${first?.name}`)).body).toEqual(first)
})

test('a source is read by its name, with what is default left out', async () => {
  const { body } = await caller.call('GET', '/sources/github/acme/widgets')
  expect(body).toEqual({
    name: 'sources/github/acme/widgets',
    id: 'github/acme/widgets',
    githubRepo: {
      owner: 'acme',
      repo: 'widgets',
      defaultBranch: { displayName: 'main' },
      branches: [{ displayName: 'main' }],
    },
  })
})

test('the account may name its sources with dashes, and succeed with zero bytes', async () => {
  const other = await startCaller({ sourceNaming: 'dashed', emptyBodies: true })
  const source = 'sources/github-acme-widgets'
  expect((await other.call('GET', `/${source}`)).body).toMatchObject({ name: source, id: 'github-acme-widgets' })
  expect((await other.call('GET', '/sources/github/acme/widgets')).status).toBe(404)
  const id = await other.create('Fix it', { sourceContext: { ...WIDGETS, source } })
  expect((await other.call('POST', `/sessions/${id}:sendMessage`, { prompt: 'Hi' })).text).toBe('')
  expect((await other.call('DELETE', `/sessions/${id}`)).text).toBe('')
  await other.jules.stop()
})
