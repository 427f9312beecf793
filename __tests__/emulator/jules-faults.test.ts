import { type Caller, startCaller } from './jules-caller.ts'

let caller: Caller
beforeEach(async () => {
  caller = await startCaller()
})
afterEach(() => caller.jules.stop())

const UNAVAILABLE = { error: { code: 503, message: 'The service is currently unavailable.', status: 'UNAVAILABLE' } }

test('a connection cut after the create leaves exactly one session', async () => {
  caller.jules.server.faults.add({ route: 'sessions.create', phase: 'after', act: { kind: 'cut' } })
  await expect(caller.create('Fix it')).rejects.toThrow()
  expect(caller.jules.sessions()).toHaveLength(1)
  expect(caller.jules.server.calls.map(({ route, status }) => [route, status])).toEqual([['sessions.create', 0]])
})

test('a connection cut before the create leaves none', async () => {
  caller.jules.server.faults.add({ route: 'sessions.create', phase: 'before', act: { kind: 'cut' } })
  await expect(caller.create('Fix it')).rejects.toThrow()
  expect(caller.jules.sessions()).toEqual([])
})

test('a change before the effect is given nothing to change, and the effect never happens', async () => {
  const change = (given: object) => ({ body: { given } })
  caller.jules.server.faults.add({ route: 'sessions.create', phase: 'before', act: { kind: 'change', change } })
  expect((await caller.call('POST', '/sessions', { prompt: 'Fix it' })).body).toEqual({ given: {} })
  expect(caller.jules.sessions()).toEqual([])
})

test('activities can be missing for the first calls after a create', async () => {
  const id = await caller.create('Fix it')
  const answer = { status: 404, body: { error: { code: 404, status: 'NOT_FOUND' } } }
  caller.jules.server.faults.add({
    route: 'activities.list',
    times: 2,
    phase: 'before',
    act: { kind: 'answer', answer },
  })
  const statuses = []
  for (let at = 0; at < 3; at += 1) statuses.push((await caller.call('GET', `/sessions/${id}/activities`)).status)
  expect(statuses).toEqual([404, 404, 200])
})

test.each([
  ['sources.list', 'GET', '/sources'],
  ['sources.get', 'GET', '/sources/github/acme/widgets'],
  ['sessions.create', 'POST', '/sessions'],
  ['sessions.get', 'GET', '/sessions/ID'],
  ['sessions.list', 'GET', '/sessions'],
  ['sessions.delete', 'DELETE', '/sessions/ID'],
  ['sessions.sendMessage', 'POST', '/sessions/ID:sendMessage'],
  ['sessions.approvePlan', 'POST', '/sessions/ID:approvePlan'],
  ['sessions.archive', 'POST', '/sessions/ID:archive'],
  ['sessions.unarchive', 'POST', '/sessions/ID:unarchive'],
  ['activities.list', 'GET', '/sessions/ID/activities'],
  ['activities.get', 'GET', '/sessions/ID/activities/00'],
])('%s can be made to fail', async (route, method, path) => {
  const id = await caller.create('Fix it')
  const answer = { status: 503, body: UNAVAILABLE }
  caller.jules.server.faults.add({ route, phase: 'before', act: { kind: 'answer', answer } })
  expect(await caller.call(method, path.replace('ID', id))).toMatchObject({ status: 503, body: UNAVAILABLE })
  expect(caller.state(id)).toMatchObject({ state: 'QUEUED', activities: [] })
})

test('the emulator is steered over HTTP, beside the API and without a key', async () => {
  const steer = (name: string, body: object) =>
    fetch(`${caller.jules.server.url}/emulator/${name}`, { method: 'POST', body: JSON.stringify(body) })
  expect((await steer('scenario', { name: 'nothing-done' })).status).toBe(200)
  const id = await caller.create('Fix it')
  expect((await steer('clock', { seconds: 200 })).status).toBe(200)
  expect(caller.state(id)).toMatchObject({ state: 'COMPLETED', outputs: [] })
  await steer('faults', { route: 'sessions.get', phase: 'before', act: { kind: 'answer', answer: { status: 500 } } })
  expect((await caller.call('GET', `/sessions/${id}`)).status).toBe(500)
  expect((await caller.call('GET', `/sessions/${id}`)).status).toBe(200)
  for (const [name, body] of [
    ['scenario', { name: 'nonsense' }],
    ['clock', { seconds: -1 }],
    ['faults', { route: 'sessions.get', phase: 'before', act: { kind: 'burn' } }],
  ] as const) {
    expect((await steer(name, body)).status).toBe(400)
  }
})
