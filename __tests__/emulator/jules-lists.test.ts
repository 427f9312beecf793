import { type Caller, startCaller } from './jules-caller.ts'

let caller: Caller
beforeEach(async () => {
  caller = await startCaller()
})
afterEach(() => caller.jules.stop())

const encode = encodeURIComponent

/** Every item of a list, page after page, with the sizes of the pages. */
async function walk(from: Caller, path: string, key: string) {
  const items: Record<string, unknown>[] = []
  const sizes: number[] = []
  const tokens: string[] = []
  for (let token = ''; ; ) {
    const { body } = await from.call('GET', `${path}${token === '' ? '' : `&pageToken=${encode(token)}`}`)
    const page = (body[key] ?? []) as Record<string, unknown>[]
    items.push(...page)
    sizes.push(page.length)
    if (body.nextPageToken === undefined) return { items, sizes, tokens }
    token = String(body.nextPageToken)
    tokens.push(token)
  }
}

async function createMany(count: number): Promise<string[]> {
  const ids: string[] = []
  for (let at = 0; at < count; at += 1) {
    ids.unshift(await caller.create(`Task ${at}`))
    caller.clock.move(1000)
  }
  return ids
}

test('sessions come newest first, 30 on a page, with tokens that say nothing', async () => {
  const ids = await createMany(35)
  const { items, sizes, tokens } = await walk(caller, '/sessions?', 'sessions')
  expect(items.map(({ id }) => id)).toEqual(ids)
  expect(sizes).toEqual([30, 5])
  expect(tokens[0]).toMatch(/^[A-Za-z0-9+/]+=*$/)
})

test('a session created between two pages moves nothing', async () => {
  const ids = await createMany(4)
  const first = await caller.call('GET', '/sessions?pageSize=2')
  await caller.create('Another')
  const token = encode(String(first.body.nextPageToken))
  const second = await caller.call('GET', `/sessions?pageSize=2&pageToken=${token}`)
  expect((second.body.sessions as { id: string }[]).map(({ id }) => id)).toEqual(ids.slice(2))
})

test('an empty list is an empty object', async () => {
  expect((await caller.call('GET', '/sessions')).text).toBe('{}')
  const id = await caller.create('Fix it')
  expect((await caller.call('GET', `/sessions/${id}/activities`)).text).toBe('{}')
})

test('archived sessions are listed only when asked for', async () => {
  const [shown, hidden] = await createMany(2)
  await caller.call('POST', `/sessions/${hidden}:archive`)
  const listed = async (filter: string) => {
    const { items } = await walk(caller, `/sessions?filter=${encode(filter)}`, 'sessions')
    return items.map(({ id }) => id)
  }
  expect(await listed('')).toEqual([shown])
  expect(await listed('archived = true')).toEqual([hidden])
  expect(await listed('archived = false')).toEqual([shown])
  expect(await listed('archived = true OR archived = false')).toEqual([shown, hidden])
})

test('activities come oldest first, and the token is a time in nanoseconds', async () => {
  const id = await caller.create('Fix it')
  caller.clock.move(200_000)
  const { items, sizes, tokens } = await walk(caller, `/sessions/${id}/activities?pageSize=4`, 'activities')
  expect(items).toEqual(caller.state(id).activities)
  expect(sizes).toEqual([4, 4, 1])
  expect(tokens[0]).toMatch(/^1787\d{15}$/)
})

test('activities after a time are found with the filter, whatever its spaces', async () => {
  const id = await caller.create('Fix it')
  caller.clock.move(200_000)
  const { activities } = caller.state(id)
  const third = activities[2]?.createTime
  const listed = async (filter: string) =>
    (await walk(caller, `/sessions/${id}/activities?filter=${encode(filter)}`, 'activities')).items
  expect(await listed(`create_time > "${third}"`)).toEqual(activities.slice(3))
  expect(await listed(`create_time>"${third}"`)).toEqual(activities.slice(3))
  expect(await listed(`create_time >= "${third}"`)).toEqual(activities.slice(2))
  expect(await listed(`create_time = "${third}"`)).toEqual([activities[2]])
  const between = `create_time > "${activities[0]?.createTime}" AND create_time <= "${third}"`
  expect(await listed(between)).toEqual(activities.slice(1, 3))
  expect(await listed(`create_time < "${activities[0]?.createTime}"`)).toEqual([])
})

test('sources are paged by the next one, and filtered by name', async () => {
  const sources = ['a', 'b', 'c'].map((repo) => ({ owner: 'acme', repo, isPrivate: true }))
  const wide = await startCaller({ sources })
  const { items, tokens } = await walk(wide, '/sources?pageSize=2', 'sources')
  expect(items.map(({ id }) => id)).toEqual(['github/acme/a', 'github/acme/b', 'github/acme/c'])
  expect(items[0]).toMatchObject({ githubRepo: { isPrivate: true } })
  expect(tokens).toEqual(['github/acme/c'])
  const filter = 'name=sources/github/acme/c OR name=sources/github/acme/a'
  const some = await walk(wide, `/sources?filter=${encode(filter)}`, 'sources')
  expect(some.items.map(({ id }) => id)).toEqual(['github/acme/a', 'github/acme/c'])
  await wide.jules.stop()
})

test('a page is never larger than 100', async () => {
  const sources = Array.from({ length: 120 }, (_, at) => ({ owner: 'acme', repo: `r${at}` }))
  const wide = await startCaller({ sources })
  expect((await walk(wide, '/sources?pageSize=5000', 'sources')).sizes).toEqual([100, 20])
  expect((await walk(wide, '/sources?pageSize=0', 'sources')).sizes).toEqual([30, 30, 30, 30])
  await wide.jules.stop()
})

test.each([
  '/sessions?filter=state%20%3D%20COMPLETED',
  '/sessions?pageToken=nonsense',
  '/sessions?pageSize=-1',
  '/sessions?pageSize=many',
  '/sources?filter=owner%3Dacme',
  '/sources?pageToken=github/acme/none',
  'activities?filter=createTime%3E%222026-08-24T10:00:00Z%22',
  'activities?filter=create_time%3E%22yesterday%22',
  'activities?pageToken=abc',
])('%s is refused', async (path) => {
  const id = await caller.create('Fix it')
  const reply = await caller.call('GET', path.startsWith('/') ? path : `/sessions/${id}/${path}`)
  expect(reply).toMatchObject({ status: 400, body: { error: { status: 'INVALID_ARGUMENT' } } })
})
