/** The routes beside the API, over HTTP and without a key. */
import { startClock } from '../../emulator/clock.ts'
import { type Caller, startCaller, WIDGETS } from './jules-caller.ts'

let caller: Caller
beforeEach(async () => {
  const clock = startClock({ speed: 0, epoch: Date.parse('2026-08-24T10:00:00Z') })
  caller = await startCaller({ key: 'secret-key', clock })
})
afterEach(() => caller.jules.stop())

const AUTH = { 'x-goog-api-key': 'secret-key' }

async function steer(method: string, path: string, body?: unknown) {
  const answer = await fetch(`${caller.jules.server.url}/emulator${path}`, {
    method,
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, text, body: JSON.parse(text) }
}

async function create(more: object = {}): Promise<string> {
  const reply = await caller.call('POST', '/sessions', { prompt: 'Fix it', sourceContext: WIDGETS, ...more }, AUTH)
  return String(reply.body.id)
}
const status = async (path: string) => (await caller.call('GET', path, undefined, AUTH)).status

test('the help tells a stranger of every route and every fault', async () => {
  const { body } = await steer('GET', '')
  expect(body.api).toHaveLength(12)
  expect(body.api).toContainEqual({
    route: 'sessions.approvePlan',
    method: 'POST',
    path: '/v1alpha/sessions/{id}:approvePlan',
  })
  for (const { method, path } of body.emulator.filter((route: { method: string }) => route.method === 'GET')) {
    expect((await fetch(`${caller.jules.server.url}${path}`, { method })).status).toBe(200)
  }
  expect(body.emulator).toContainEqual({ method: 'POST', path: '/emulator/sessions/{id}', about: expect.any(String) })
  expect(body.faults).toContainEqual({
    name: 'redirect',
    about: expect.any(String),
    route: '*',
    phases: ['before', 'after'],
    options: { status: [302, 301, 307, 308], to: '' },
  })
})

test('the clock is read and moved, by seconds or until a time', async () => {
  expect((await steer('GET', '/clock')).body).toEqual({ now: '2026-08-24T10:00:00.000Z', speed: 0 })
  expect((await steer('POST', '/clock', { seconds: 1.5 })).body.now).toBe('2026-08-24T10:00:01.500Z')
  const id = await create()
  expect((await steer('POST', '/clock', { until: '2026-08-24T10:10:00Z' })).body.now).toBe('2026-08-24T10:10:00.000Z')
  expect(caller.state(id).state).toBe('COMPLETED')
})

test('faults are ordered, listed, used up and taken back', async () => {
  await steer('POST', '/faults', { name: 'unavailable', times: 2, skip: 1, retryAfter: 3 })
  await steer('POST', '/faults', { route: 'sources.list', phase: 'before', act: { kind: 'truncate', bytes: 3 } })
  await steer('POST', '/faults', {
    route: ['sources.get'],
    act: { kind: 'answer', answer: { status: 418, text: 'tea' } },
  })
  expect((await steer('GET', '/faults')).body.faults).toEqual([
    { name: 'unavailable', route: '*', phase: 'before', left: 2, skip: 1 },
    { act: { kind: 'truncate', bytes: 3 }, route: 'sources.list', phase: 'before', left: 1, skip: 0 },
    {
      act: { kind: 'answer', answer: { status: 418, text: 'tea' } },
      route: ['sources.get'],
      phase: 'before',
      left: 1,
      skip: 0,
    },
  ])
  const statuses = []
  for (let at = 0; at < 3; at += 1) statuses.push(await status('/sessions'))
  expect(statuses).toEqual([200, 503, 503])
  expect(await status('/sources/github/acme/widgets')).toBe(418)
  expect((await steer('DELETE', '/faults')).status).toBe(200)
  expect((await steer('GET', '/faults')).body.faults).toEqual([])
  expect(await status('/sources')).toBe(200)
})

test('calls are shown with their bodies and without their keys, by route and by time, and forgotten', async () => {
  const id = await create({ title: 'A title' })
  await steer('POST', '/clock', { seconds: 60 })
  await caller.call('GET', `/sessions/${id}?key=secret-key`, undefined, AUTH)
  const { body, text } = await steer('GET', '/calls')
  expect(body.calls).toMatchObject([
    {
      at: '2026-08-24T10:00:00.000Z',
      route: 'sessions.create',
      method: 'POST',
      path: '/v1alpha/sessions',
      body: { prompt: 'Fix it', title: 'A title' },
      status: 200,
      answer: { id },
    },
    { route: 'sessions.get', path: `/v1alpha/sessions/${id}`, status: 400 },
  ])
  expect(text).not.toContain('secret-key')
  expect((await steer('GET', '/calls?route=sessions.get')).body.calls).toHaveLength(1)
  expect((await steer('GET', '/calls?since=2026-08-24T10:00:01Z')).body.calls).toHaveLength(1)
  await steer('DELETE', '/calls')
  expect((await steer('GET', '/calls')).body.calls).toEqual([])
})

test('sessions are shown, and changed by hand', async () => {
  const id = await create()
  const { body } = await steer('POST', `/sessions/${id}`, {
    state: 'STARTING_UP',
    outputs: [{ other: 1 }],
    activity: { moodChanged: {} },
  })
  expect(body).toMatchObject({ id, state: 'STARTING_UP', outputs: [{ other: 1 }], activities: [{ moodChanged: {} }] })
  expect((await steer('GET', '/sessions')).body.sessions).toEqual([body])
  expect((await steer('POST', '/sessions/42', { state: 'FAILED' })).status).toBe(404)
})

test('limits and the race are set while it runs, and a limit is lifted', async () => {
  await steer('POST', '/settings', { concurrentLimit: 1, quotaRefusal: 'exhausted', raceReads: 2 })
  const id = await create()
  const statuses = []
  for (const path of ['', '/activities', '', '/activities']) statuses.push(await status(`/sessions/${id}${path}`))
  expect(statuses).toEqual([404, 404, 200, 200])
  expect((await caller.call('POST', '/sessions', { prompt: 'Another' }, AUTH)).status).toBe(429)
  const { body } = await steer('POST', '/settings', { concurrentLimit: null, raceReads: 0, raceSeconds: 5 })
  expect(body).toMatchObject({ concurrentLimit: null, quotaRefusal: 'exhausted', raceSeconds: 5 })
  const other = await create()
  expect(await status(`/sessions/${other}`)).toBe(404)
  await steer('POST', '/clock', { seconds: 6 })
  expect(await status(`/sessions/${other}`)).toBe(200)
})

test('a reset brings back the start, and only the time goes on', async () => {
  const first = await create()
  await steer('POST', '/scenario', { name: 'failure' })
  await steer('POST', '/settings', { dailyLimit: 1, emptyBodies: true })
  await steer('POST', '/faults', { name: 'unavailable' })
  await steer('POST', '/clock', { seconds: 300 })
  await steer('POST', '/reset')
  expect((await steer('GET', '/calls')).body.calls).toEqual([])
  expect((await steer('GET', '/settings')).body).toMatchObject({ dailyLimit: null, emptyBodies: false })
  expect((await caller.call('GET', '/sessions', undefined, AUTH)).text).toBe('{}')
  expect((await caller.call('GET', '/sources', undefined, AUTH)).body).toMatchObject({
    sources: [{ githubRepo: { branches: [{ displayName: 'main' }] } }],
  })
  expect(await create({ automationMode: 'AUTO_CREATE_PR' })).toBe(first)
  await steer('POST', '/clock', { seconds: 300 })
  expect(caller.state(first).outputs[1]?.pullRequest?.url).toMatch(/\/pull\/1$/)
  expect((await steer('GET', '/clock')).body.now).toBe('2026-08-24T10:10:00.000Z')
})

test.each([
  ['POST', '/clock', {}, 'Say either `seconds`'],
  ['POST', '/clock', { seconds: 1, until: '2027-01-01T00:00:00Z' }, 'Say either `seconds`'],
  ['POST', '/clock', { sceonds: 1 }, 'There is no field "sceonds" here. There are: seconds, until.'],
  ['POST', '/clock', { seconds: -1 }, '"seconds" is -1; it has to be a number from 0 on.'],
  ['POST', '/clock', { until: 'tomorrow' }, '"until" is "tomorrow"; it has to be a time such as'],
  ['POST', '/clock', { until: '2026-08-24T09:00:00Z' }, '"until" is over already: it is 2026-08-24T10:00:00.000Z.'],
  ['POST', '/clock', [], 'The body has to be a JSON object.'],
  ['POST', '/clock', '{"seconds":', 'The body is not JSON.'],
  ['POST', '/clock', undefined, 'The body has to be a JSON object.'],
  ['GET', '/clock?seconds=1', undefined, "Field 'seconds' could not be found"],
  ['GET', '/calls?since=noon', undefined, '"since" is "noon"; it has to be a time such as'],
  ['POST', '/scenario', { name: 'nonsense' }, 'There is no scenario "nonsense"'],
  ['POST', '/scenario', {}, '"name" is missing; it has to be a text.'],
  ['POST', '/settings', { dailyLimit: -1 }, '"dailyLimit" is -1; it has to be a whole number from 0 on, or null'],
  ['POST', '/settings', { fields: 'maybe' }, 'it has to be one of "refused", "honoured", "ignored".'],
  ['POST', '/settings', { emptyBodys: true }, 'There is no field "emptyBodys" here.'],
  [
    'POST',
    '/sessions/42',
    { status: 'FAILED' },
    'There is no field "status" here. There are: state, outputs, activity.',
  ],
  ['POST', '/faults', undefined, 'The body has to be a JSON object.'],
  ['POST', '/faults', {}, '"name" is missing; it has to be a text.'],
  ['POST', '/faults', { name: 'burn' }, 'There is no fault "burn". There are: cut, slow-headers,'],
  ['POST', '/faults', { name: 'cut', route: 'sessions.creat' }, '"route" is "sessions.creat"; it has to be one of *,'],
  ['POST', '/faults', { name: 'cut', route: [] }, '"route" is []; it has to be'],
  ['POST', '/faults', { name: 'cut', times: 0 }, '"times" is 0; it has to be a whole number from 1 on.'],
  ['POST', '/faults', { name: 'cut', phase: 'later' }, '"phase" is "later"; it has to be one of "before", "after".'],
  ['POST', '/faults', { name: 'zero-byte', phase: 'before' }, '"phase" is "before"; it has to be one of "after".'],
  ['POST', '/faults', { name: 'cut', seconds: 3 }, 'There is no field "seconds" here.'],
  ['POST', '/faults', { name: 'huge-body', mib: 'ten' }, '"mib" is "ten"; it has to be a number from 0 to 2048.'],
  ['POST', '/faults', { name: 'redirect', to: 'x\r\ny: z' }, 'a text of visible ASCII'],
  ['POST', '/faults', { name: 'short-page', route: 'sessions.get' }, '"short-page" can do nothing to sessions.get'],
  ['POST', '/faults', { name: 'too-many-requests', retryAfter: 1, retryAfterDate: 2 }, 'Say either'],
  [
    'POST',
    '/faults',
    { route: '*', act: { kind: 'answer', answer: { headers: { 'b ad': '1' } } } },
    'names of headers',
  ],
  ['POST', '/clock', { seconds: 1e300 }, 'The emulated time ends with the year 9999.'],
  ['POST', '/reset', { x: 1 }, 'There is no field "x" here.'],
  ['GET', '/calls?route=nope', undefined, 'There is no route "nope".'],
  ['POST', '/faults', { name: 'html-error', status: 404 }, '"status" is 404; it has to be one of 502, 500, 503, 504.'],
  ['POST', '/faults', { name: 'redirect' }, 'A redirect needs `to`, the address that it leads to.'],
  ['POST', '/faults', { name: 'cut', act: { kind: 'cut' } }, 'There is no field "name" here.'],
  ['POST', '/faults', { act: { kind: 'cut' } }, '"route" is missing; it has to be one of *,'],
  ['POST', '/faults', { route: '*', act: { kind: 'slow' } }, '"ms" is missing; it has to be a number from 0 on.'],
  ['POST', '/faults', { route: '*', act: { kind: 'cut', ms: 5 } }, 'There is no field "ms" here. There are: kind.'],
  ['POST', '/faults', { route: '*', act: { kind: 'change' } }, '"kind" is "change"; it has to be one of "answer",'],
  ['POST', '/faults', { route: '*', act: { kind: 'answer', answer: { status: 99 } } }, 'a status from 200 to 599.'],
])('%s %s with %j is refused in a sentence', async (method, path, body, sentence) => {
  const reply = await steer(method, path, body)
  expect(reply.status).toBe(400)
  expect(reply.body.error.message).toContain(sentence)
  expect(caller.jules.server.faults.list()).toEqual([])
})

test('a fault for every call does not hit the routes that take it back', async () => {
  await steer('POST', '/faults', { name: 'cut', times: 1000 })
  await expect(caller.call('GET', '/sessions', undefined, AUTH)).rejects.toThrow()
  expect((await steer('DELETE', '/faults')).status).toBe(200)
  expect(await status('/sessions')).toBe(200)
})

test('a wrong order is thrown in TypeScript, too', () => {
  expect(() => caller.jules.addFault({ name: 'burn' })).toThrow('There is no fault "burn"')
})
