/** Every fault of the catalogue, as a client meets it. */
import { gunzipSync } from 'node:zlib'
import { startClock } from '../../emulator/clock.ts'
import { FAULTS } from '../../emulator/jules/faults.ts'
import type { Activity } from '../../emulator/jules/resource.ts'
import { type Caller, startCaller } from './jules-caller.ts'

let caller: Caller
let id: string
beforeAll(async () => {
  caller = await startCaller({
    clock: startClock({ speed: 0, epoch: Date.parse('2026-08-24T10:00:00Z') }),
    sources: ['widgets', 'gadgets', 'tools'].map((repo) => ({ owner: 'acme', repo })),
  })
})
beforeEach(async () => {
  id = await caller.create('Fix it')
  caller.clock.move(200_000)
})
afterEach(() => caller.jules.reset())
afterAll(() => caller.jules.stop())

const tried = new Set<string>()

function order(name: string, options: object = {}): void {
  tried.add(name)
  caller.jules.addFault({ name, ...options })
}

const list = () => caller.call('GET', `/sessions/${id}/activities`)
const get = () => caller.call('GET', `/sessions/${id}`)
const create = () => caller.call('POST', '/sessions', { prompt: 'Another' })
const bare = (init: RequestInit = {}) =>
  fetch(`${caller.jules.url}/sessions/${id}`, { headers: { 'x-goog-api-key': 'k' }, ...init })
const activitiesOf = ({ body }: { body: Record<string, unknown> }) => (body.activities ?? []) as Activity[]
const real = () => caller.state(id).activities

test.each([
  { phase: 'before', left: 1 },
  { phase: 'after', left: 2 },
])('cut $phase the effect', async ({ phase, left }) => {
  order('cut', { phase, route: 'sessions.create' })
  await expect(create()).rejects.toThrow('fetch failed')
  expect(caller.jules.sessions()).toHaveLength(left)
})

test('slow-headers wait for the emulated time; before the effect, a client that has gone leaves none', async () => {
  order('slow-headers', { seconds: 30 })
  const waiting = get()
  await arrival()
  caller.clock.move(29_000)
  const early = await Promise.race([waiting, new Promise((resolve) => setTimeout(resolve, 20, 'nothing yet'))])
  expect(early).toBe('nothing yet')
  caller.clock.move(1000)
  expect((await waiting).status).toBe(200)

  order('slow-headers', { phase: 'before', route: 'sessions.create' })
  const impatient = fetch(`${caller.jules.url}/sessions`, {
    method: 'POST',
    headers: { 'x-goog-api-key': 'k' },
    body: '{"prompt":"Another"}',
    signal: AbortSignal.timeout(30),
  })
  await expect(impatient).rejects.toThrow()
  await new Promise((resolve) => setTimeout(resolve, 20))
  caller.clock.move(60_000)
  expect(caller.jules.sessions()).toHaveLength(1)
})

test('slow-body sends the headers at once and the body piece by piece', async () => {
  order('slow-body', { seconds: 5, bytes: 40 })
  const answer = await bare()
  const reader = answer.body?.getReader()
  caller.clock.move(5000)
  expect((await reader?.read())?.value).toHaveLength(40)
  let length = 40
  for (;;) {
    const next = reader?.read()
    const ticking = setInterval(() => caller.clock.move(5000), 1)
    const part = await next
    clearInterval(ticking)
    if (part === undefined || part.done) break
    length += part.value.length
  }
  expect(length).toBe(Number(answer.headers.get('content-length')))
})

test.each([
  { name: 'slow-body', seconds: 5 },
  { name: 'slow-headers' },
  { name: 'stalled-body' },
  { name: 'huge-body', mib: 50 },
])('a client that goes away in the middle of $name does no harm', async ({ name, ...options }) => {
  order(name, options)
  const leaving = new AbortController()
  const left = bare({ signal: leaving.signal }).then((answer) => answer.body?.getReader().read())
  await arrival()
  setTimeout(() => leaving.abort(), 20)
  await left.catch(() => {})
  leaving.abort()
  for (let at = 0; at < 3; at += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5))
    caller.clock.move(60_000)
  }
  expect((await get()).status).toBe(200)
})

test('stalled-body never ends', async () => {
  order('stalled-body')
  const answer = await bare({ signal: AbortSignal.timeout(50) })
  expect(answer.status).toBe(200)
  await expect(answer.text()).rejects.toThrow()
})

test('truncated-body breaks off', async () => {
  order('truncated-body', { times: 2 })
  const answer = await bare()
  expect(answer.headers.get('content-length')).toBe(String(JSON.stringify((await bareBody()) ?? {}).length))
  await expect(answer.text()).rejects.toThrow('terminated')
})

async function bareBody(): Promise<unknown> {
  caller.jules.server.faults.clear()
  return (await get()).body
}

test('clipped-json is whole to HTTP and half to JSON', async () => {
  const { text } = await get()
  order('clipped-json')
  const clipped = await (await bare()).text()
  expect(text.startsWith(clipped)).toBe(true)
  expect(() => JSON.parse(clipped)).toThrow()
})

test.each([0, 1, 2])('short-page with %i items leads to the others', async (items) => {
  await create()
  for (const [route, path, key] of [
    ['activities.list', `/sessions/${id}/activities`, 'activities'],
    ['sessions.list', '/sessions', 'sessions'],
    ['sources.list', '/sources', 'sources'],
  ] as const) {
    const all = (await caller.call('GET', path)).body[key] as object[]
    order('short-page', { route, items })
    const { body } = await caller.call('GET', path)
    if (all.length === items) continue
    expect(body[key]).toEqual(items === 0 ? undefined : all.slice(0, items))
    const rest = await caller.call('GET', `${path}?pageToken=${encodeURIComponent(String(body.nextPageToken))}`)
    expect(rest.body[key]).toEqual(all.slice(items))
  }
})

test('not-found hits the reads of a session', async () => {
  order('not-found', { times: 3 })
  const statuses = []
  for (const call of [get, list, () => caller.call('GET', '/sessions'), get, get]) statuses.push((await call()).status)
  expect(statuses).toEqual([404, 404, 200, 404, 200])
})

test.each([
  { options: {}, header: null },
  { options: { retryAfter: 30 }, header: '30' },
  { options: { retryAfter: 0 }, header: '0' },
  { options: { retryAfter: '-7e99 soon' }, header: '-7e99 soon' },
  { options: { retryAfterDate: 60 }, header: 'Mon, 24 Aug 2026 DATE GMT' },
])('too-many-requests with $options', async ({ options, header }) => {
  order('too-many-requests', options)
  const answer = await bare()
  expect(answer.status).toBe(429)
  const date = new Date(caller.clock.now() + 60_000).toISOString().slice(11, 19)
  expect(answer.headers.get('retry-after')).toBe(header?.replace('DATE', date) ?? null)
})

test.each(['daily-quota', 'concurrent-quota'])('%s refuses a create in both ways', async (name) => {
  order(name)
  expect(await create()).toMatchObject({ status: 400, body: { error: { status: 'FAILED_PRECONDITION' } } })
  order(name, { refusal: 'exhausted' })
  expect(await create()).toMatchObject({ status: 429, body: { error: { status: 'RESOURCE_EXHAUSTED' } } })
})

test.each([
  { name: 'unavailable', options: { retryAfter: 5 }, status: 503, text: /"UNAVAILABLE"/ },
  { name: 'html-error', options: {}, status: 502, text: /^<!DOCTYPE html>/ },
  { name: 'empty-error', options: { status: 500 }, status: 500, text: /^$/ },
  { name: 'permission-denied', options: {}, status: 403, text: /"PERMISSION_DENIED"/ },
  {
    name: 'unauthenticated',
    options: {},
    status: 401,
    text: /API keys are not supported[\s\S]*JulesService.GetSession"/,
  },
  { name: 'unauthenticated', options: { key: 'missing' }, status: 401, text: /missing required auth/ },
  { name: 'zero-byte', options: {}, status: 200, text: /^$/ },
  { name: 'not-json', options: {}, status: 200, text: /^<!doctype html>/ },
])('$name $options', async ({ name, options, status, text }) => {
  order(name, options)
  expect(await get()).toMatchObject({ status, text: expect.stringMatching(text) })
})

test('a zero-byte success has happened', async () => {
  order('zero-byte', { route: 'sessions.create' })
  expect((await create()).text).toBe('')
  expect(caller.jules.sessions()).toHaveLength(2)
})

test.each([301, 302, 307, 308])('redirect %i', async (status) => {
  order('redirect', { status, to: 'http://127.0.0.1:9/elsewhere' })
  const answer = await bare({ redirect: 'manual' })
  expect([answer.status, answer.headers.get('location')]).toEqual([status, 'http://127.0.0.1:9/elsewhere'])
})

test('huge-body is as large as it was ordered, and good JSON', async () => {
  order('huge-body', { mib: 3 })
  expect(JSON.parse(await (await bare()).text()).padding).toHaveLength(3 * 1024 * 1024)
})

test.each(['gzip', 'br'])('compressed-body: the same answer in %s', async (encoding) => {
  const { body } = await get()
  order('compressed-body', { encoding })
  const answer = await bare()
  expect(answer.headers.get('content-encoding')).toBe(encoding)
  expect(await answer.json()).toEqual(body)
})

test.each(['gzip', 'br'])('compressed-bomb: little %s that becomes much, made once', async (encoding) => {
  order('compressed-bomb', { encoding, mib: 8, times: 2 })
  for (const _ of ['first', 'second']) {
    const answer = await bare()
    expect(Number(answer.headers.get('content-length') ?? 1)).toBeLessThan(100_000)
    let unpacked = 0
    for await (const part of answer.body ?? []) unpacked += part.length
    expect(unpacked).toBe(8 * 1024 * 1024 + '{"padding":""}'.length)
  }
})

test('wrong-encoding says gzip and is not', async () => {
  order('wrong-encoding')
  const answer = await bare()
  expect(answer.headers.get('content-encoding')).toBe('gzip')
  await expect(answer.text()).rejects.toThrow()
  expect(() => gunzipSync('{}')).toThrow()
})

test('unknown-state is served everywhere, and is not kept', async () => {
  order('unknown-state', { times: 2 })
  expect((await get()).body.state).toBe('RUMINATING')
  expect((await caller.call('GET', '/sessions')).body).toMatchObject({ sessions: [{ state: 'RUMINATING' }] })
  expect((await get()).body.state).toBe('COMPLETED')
})

test('unknown-activity stands at the end of the page', async () => {
  order('unknown-activity', { event: 'moodChanged' })
  const activities = activitiesOf(await list())
  expect(activities.slice(0, -1)).toEqual(real())
  expect(activities.at(-1)).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{32}$/), moodChanged: { level: 7 } })
})

test('activities without originator, doubled, and in the wrong order', async () => {
  order('missing-originator')
  expect(activitiesOf(await list()).some((activity) => 'originator' in activity)).toBe(false)
  order('doubled-activities')
  expect(activitiesOf(await list())).toEqual(real().flatMap((activity) => [activity, activity]))
  order('unordered-activities')
  expect(activitiesOf(await list())).toEqual(real().toReversed())
})

test('faults for the same call wait in line, and a route may be one of many', async () => {
  order('unavailable', { route: ['sessions.list', 'sessions.get'], skip: 1 })
  order('not-found', { route: 'sessions.*' })
  const statuses = []
  for (const _ of [1, 2, 3, 4]) statuses.push((await get()).status)
  expect(statuses).toEqual([200, 503, 404, 200])
  expect((await list()).status).toBe(200)
})

test('every fault of the catalogue was tried', () => {
  expect([...tried].sort()).toEqual(Object.keys(FAULTS).sort())
})

/** Until the call has come in. */
async function arrival(): Promise<void> {
  const before = caller.jules.server.calls.length
  while (caller.jules.server.calls.length === before) await new Promise((resolve) => setTimeout(resolve, 1))
}
