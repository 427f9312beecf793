/** Lists of Jules: their pages, their ends, their filters, and pages that are too large to be read. */
import type { Activity } from '../../src/core/session.ts'
import { getActivity, listActivities, listSessions, listSources } from '../../src/shell/jules/read.ts'
import { unarchiveSession } from '../../src/shell/jules/write.ts'
import { clientFor, failureOf, stopServers } from './jules-server.ts'
import { activitiesWith, asked, queryOf, upTo } from './large-pages.ts'

afterEach(stopServers)

beforeEach(() => asked.splice(0))

test('activities come page by page, in their order', async () => {
  expect(await activitiesWith({})).toEqual({ ids: upTo(250), leftOut: [] })
  expect(asked.map(({ searchParams }) => searchParams.get('pageSize'))).toEqual(['100', '100', '100'])
})

test('T-101 where a page is too large, only the activity that makes it so is left out', async () => {
  const { ids, leftOut } = await activitiesWith({ large: [137] })
  expect(ids).toEqual(upTo(250).filter((id) => id !== 137))
  expect(leftOut).toEqual(['137'])
  // One page of 100, two of 10 up to it, ten of one with a look behind the large one, six of 10 behind, and the other two.
  expect(asked.length).toBeLessThan(30)
})

test('T-139 a token that comes again ends the list', async () => {
  const client = await clientFor((request, answer) => {
    queryOf(request)
    answer.end('{"sources":[{"name":"sources/github/a/b"}],"nextPageToken":"again"}')
  })
  expect(await listSources(client)).toHaveLength(2)
})

test('T-139 a list that never ends is left after 200 pages', async () => {
  const client = await clientFor((request, answer) => {
    queryOf(request)
    answer.end(JSON.stringify({ nextPageToken: String(asked.length) }))
  })
  expect(await listSources(client)).toEqual([])
  expect(asked).toHaveLength(200)
})

test('a page without its list leads on, and tokens are passed on as they are', async () => {
  const token = 'a+b/c=&d'
  const client = await clientFor((request, answer) =>
    answer.end(
      JSON.stringify(
        queryOf(request).get('pageToken') === token ? { sources: [{ name: 'sources/x' }] } : { nextPageToken: token },
      ),
    ),
  )
  expect(await listSources(client)).toMatchObject([{ name: 'sources/x' }])
})

test.each([
  { archived: undefined, filter: null },
  { archived: 'only' as const, filter: 'archived = true' },
  { archived: 'either' as const, filter: 'archived = true OR archived = false' },
])('sessions.list with archived: $archived', async ({ archived, filter }) => {
  const client = await clientFor((request, answer) => {
    queryOf(request)
    answer.end(JSON.stringify({ sessions: [{ name: `sessions/${asked.length}`, archived: true }], nextPageToken: 'n' }))
  })
  const sessions = await listSessions(client, { ...(archived && { archived }), pages: 1 })
  expect(sessions).toMatchObject([{ id: '1', archived: true }])
  expect(asked.map(({ searchParams }) => searchParams.get('filter'))).toEqual([filter])
})

test('sources.list by name', async () => {
  const client = await clientFor((request, answer) => {
    queryOf(request)
    answer.end('{}')
  })
  expect(await listSources(client, ['sources/github/a/b', 'sources/github-a-b'])).toEqual([])
  expect(asked[0]?.searchParams.get('filter')).toBe('name=sources/github/a/b OR name=sources/github-a-b')
})

test('a filter that is refused is done without', async () => {
  const client = await clientFor((request, answer) => {
    const refused = queryOf(request).has('filter')
    answer.writeHead(refused ? 400 : 200).end(refused ? '{}' : '{"activities":[{"id":"a1"}]}')
  })
  const heard: Activity[] = []
  await listActivities(client, '1', '2026-11-20T12:00:00Z', { take: (page) => heard.push(...page), leaveOut: () => {} })
  expect(heard.map(({ id }) => id)).toEqual(['a1'])
})

test('activities.get', async () => {
  const client = await clientFor((request, answer) => {
    queryOf(request)
    const there = request.url === '/sessions/1/activities/a1'
    answer.writeHead(there ? 200 : 404).end(there ? '{"id":"a1","agentMessaged":{"agentMessage":"Hi"}}' : '{}')
  })
  expect(await getActivity(client, '1', 'a1')).toMatchObject({ id: 'a1', happening: { message: 'Hi' } })
  expect(await getActivity(client, '1', 'a2')).toBeUndefined()
})

test('sessions.unarchive', async () => {
  const calls: string[] = []
  const client = await clientFor((request, answer) => {
    calls.push(`${request.method} ${request.url}`)
    answer.end('{"name":"sessions/1"}')
  })
  await unarchiveSession(client, '1')
  expect(calls).toEqual(['POST /sessions/1:unarchive'])
})

test('T-137 a session of more than 32 MiB is not read', async () => {
  const client = await clientFor((_, answer) =>
    answer.end(`{"name":"sessions/1","title":"${'x'.repeat(33 * 1024 * 1024)}"}`),
  )
  expect(await failureOf(client.read('sessions.get', 'sessions/1'))).toMatchObject({
    code: 'too-large',
    passing: false,
  })
})
