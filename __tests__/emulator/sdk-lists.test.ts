import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Connected, connectClient, sessionOf, takeAll, takeUntil, WIDGETS } from './sdk-client.ts'

let connected: Connected
afterEach(() => connected.stop())

/** Creates sessions, each a second after the one before; answers their ids, newest first. */
async function createSessions(count: number): Promise<string[]> {
  const ids: string[] = []
  for (let at = 0; at < count; at += 1) {
    ids.unshift((await connected.client.run({ prompt: `Task ${at}` })).id)
    connected.clock.move(1000)
  }
  return ids
}

const idOf = ({ id }: { id: string }) => id
const queries = (route: string) =>
  connected.jules.server.calls.filter((call) => call.route === route).map(({ query }) => Object.fromEntries(query))

describe('sources', () => {
  const repositories = Array.from({ length: 230 }, (_, at) => ({ owner: 'acme', repo: `part-${at}` }))
  beforeEach(async () => {
    const widgets = { owner: 'acme', repo: 'widgets', isPrivate: true, branches: ['main', 'dev'] }
    connected = await connectClient({ sources: [...repositories, widgets] })
  })

  test('every one of 231 is given once, in pages of 100', async () => {
    const sources = await takeAll(connected.client.sources())
    expect(sources.map(idOf)).toEqual([...repositories.map(({ repo }) => `github/acme/${repo}`), 'github/acme/widgets'])
    expect(queries('sources.list')).toEqual([
      { pageSize: '100' },
      { pageSize: '100', pageToken: 'github/acme/part-100' },
      { pageSize: '100', pageToken: 'github/acme/part-200' },
    ])
  })

  test('nobody reads further than wanted', async () => {
    await takeUntil(connected.client.sources({ pageSize: 7 }), ({ id }) => id === 'github/acme/part-3')
    expect(queries('sources.list')).toEqual([{ pageSize: '7' }])
  })

  test.each(['name="sources/github/acme/widgets"', 'name=sources/github/acme/widgets'])('only %s', async (filter) => {
    expect(await takeAll(connected.client.sources({ filter }))).toEqual([
      {
        type: 'githubRepo',
        name: 'sources/github/acme/widgets',
        id: 'github/acme/widgets',
        githubRepo: {
          owner: 'acme',
          repo: 'widgets',
          isPrivate: true,
          defaultBranch: 'main',
          branches: ['main', 'dev'],
        },
      },
    ])
  })

  test('the names of older documents lead the client nowhere', async () => {
    await connected.stop()
    connected = await connectClient({ sourceNaming: 'dashed' })
    expect((await takeAll(connected.client.sources())).map(idOf)).toEqual(['github-acme-widgets'])
    expect(await connected.client.sources.get(WIDGETS)).toBeUndefined()
  })
})

describe('sessions', () => {
  beforeEach(async () => {
    connected = await connectClient()
  })

  test('every one of 105 is given once, newest first', async () => {
    const ids = await createSessions(105)
    expect((await connected.client.sessions({ pageSize: 100 }).all()).map(idOf)).toEqual(ids)
    expect(queries('sessions.list')).toEqual([
      { pageSize: '100' },
      { pageSize: '100', pageToken: expect.stringMatching(/./) },
    ])
  })

  test('sessions that begin in the same moment are not lost between pages', async () => {
    await connected.stop()
    // Time all but stands still.
    connected = await connectClient({ speed: 1e-9 })
    const runs = await connected.client.all(
      Array.from({ length: 24 }, (_, at) => `Task ${at}`),
      (prompt) => ({ prompt }),
      { concurrency: 24 },
    )
    const found = await connected.client.sessions({ pageSize: 1 }).all()
    expect(found.map(idOf).sort()).toEqual(runs.map(idOf).sort())
    const times = found.map(({ createTime }) => createTime)
    expect(times).toEqual([...times].sort().reverse())
  })

  test('a page leads on by its token, and a limit ends the walk', async () => {
    const ids = await createSessions(5)
    const first = await connected.client.sessions({ pageSize: 2 })
    const pageToken = String(first.nextPageToken)
    const second = await connected.client.sessions({ pageSize: 2, pageToken })
    expect([...first.sessions, ...second.sessions].map(idOf)).toEqual(ids.slice(0, 4))
    expect((await takeAll(connected.client.sessions({ pageSize: 2, limit: 3 }))).map(idOf)).toEqual(ids.slice(0, 3))
  })

  test('archived ones are hidden, and found by the filter', async () => {
    const [newer, older] = await createSessions(2)
    await connected.client.session(String(older)).archive()
    const { client } = connected
    expect((await client.sessions().all()).map(idOf)).toEqual([newer])
    const archived = await client.sessions({ filter: 'archived = true' }).all()
    expect(archived).toMatchObject([{ id: older, archived: true, state: 'paused' }])
    const either = { filter: 'archived = true OR archived = false' }
    expect((await client.sessions(either).all()).map(idOf)).toEqual([newer, older])
    await client.session(String(older)).unarchive()
    expect((await client.sessions().all()).map(idOf)).toEqual([newer, older])
  })
})

describe('activities', () => {
  beforeEach(async () => {
    connected = await connectClient()
  })

  test('pages are oldest first and lead on by time; what is known is not asked for again', async () => {
    const { id } = await connected.client.run({ prompt: '[scenario: one-hour]' })
    connected.clock.move(3_000_000)
    const session = sessionOf(connected.client, id)
    const first = await session.activities.list({ pageSize: 5 })
    const second = await session.activities.list({ pageSize: 5, pageToken: String(first.nextPageToken) })
    const all = await takeAll(session.history())
    expect([...first.activities, ...second.activities].map(idOf)).toEqual(all.slice(0, 10).map(idOf))
    expect(all.length).toBeGreaterThan(100)

    connected.clock.move(100_000)
    const before = queries('activities.list').length
    const news = await session.hydrate()
    expect(news).toBeGreaterThan(2)
    expect(queries('activities.list').slice(before)).toEqual([{ filter: `create_time>"${all.at(-1)?.createTime}"` }])
    expect(await session.select({ after: String(all.at(-1)?.id) })).toHaveLength(news)
  })

  test('a filter of one’s own', async () => {
    const { id } = await connected.client.run({ prompt: 'Fix it' })
    connected.clock.move(200_000)
    const { activities } = connected.client.session(id)
    const all = (await activities.list()).activities
    const [from, until] = [all[1]?.createTime, all[3]?.createTime]
    const filter = `create_time >= "${from}" AND create_time <= "${until}"`
    expect((await activities.list({ filter })).activities.map(idOf)).toEqual(all.slice(1, 4).map(idOf))
  })
})

describe('the store on disk', () => {
  test('sync takes what is new, and nothing is written outside of the folder', async () => {
    connected = await connectClient()
    const { another, folder } = connected
    const [second, first] = await createSessions(2)
    const onDisk = another()
    const seen: string[] = []
    const onProgress = ({ lastIngestedId }: { lastIngestedId?: string }) => seen.push(String(lastIngestedId))
    expect(await onDisk.sync({ onProgress })).toMatchObject({ sessionsIngested: 2, isComplete: true })
    expect(seen).toEqual(['undefined', second, first])

    const [third] = await createSessions(1)
    expect(await onDisk.sync({ checkpoint: true })).toMatchObject({ sessionsIngested: 1 })
    const where = { state: 'queued' }
    const known = await onDisk.select({ from: 'sessions', where, order: 'asc', select: ['id', 'title'] })
    expect(known).toEqual([
      { id: first, title: 'Task 0' },
      { id: second, title: 'Task 1' },
      { id: third, title: 'Task 0' },
    ])

    const cache = join(folder, '.jules', 'cache')
    expect(JSON.parse(readFileSync(join(cache, String(third), 'session.json'), 'utf8'))).toMatchObject({
      resource: { id: third, state: 'queued' },
    })
    expect(readdirSync(cache)).toEqual(expect.arrayContaining(['global-metadata.json', 'sessions.jsonl']))
    expect(existsSync('.jules')).toBe(false)
  })

  test('a sync that was stopped says so', async () => {
    connected = await connectClient()
    await createSessions(2)
    expect(await connected.another().sync({ signal: AbortSignal.abort() })).toMatchObject({ isComplete: false })
  })
})
