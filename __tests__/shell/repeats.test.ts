/** Over real HTTP: which answers are asked for again, and how often. */
import type { RequestListener } from 'node:http'
import { githubClient } from '../../src/shell/github/client.ts'
import { getSession } from '../../src/shell/jules/read.ts'
import { sendMessage } from '../../src/shell/jules/write.ts'
import type { Patience } from '../../src/shell/retry.ts'
import { clientAt, serve, stopServers } from './jules-server.ts'

afterEach(stopServers)

/** Has all the time there is, and takes none of it. */
const patience: Patience = { left: () => 600_000, pause: async () => {}, spend: () => true, random: () => 0 }

/** How many requests came of each call, when every one of them is answered so. */
async function requests(listener: RequestListener) {
  let count = 0
  const url = await serve((request, answer) => {
    count += 1
    listener(request, answer)
  })
  const jules = clientAt(url, patience)
  const { signal } = new AbortController()
  const github = githubClient({ url, token: 'canary', repository: 'a/b', patience, signal })
  const of = async (call: Promise<unknown>) => {
    count = 0
    await call.catch(() => {})
    return count
  }
  const issue = { owner: 'a', repo: 'b', issue_number: 1, body: 'x' }
  return {
    'Jules, a read': await of(getSession(jules, '1')),
    'Jules, a write': await of(sendMessage(jules, '1', 'x')),
    'GitHub, a read': await of(github.repeatable('issues.get', (octokit) => octokit.rest.issues.get(issue))),
    'GitHub, a write': await of(
      github.once('issues.createComment', (octokit) => octokit.rest.issues.createComment(issue)),
    ),
  }
}

const times = (julesRead: number, julesWrite: number, githubRead: number, githubWrite: number) => ({
  'Jules, a read': julesRead,
  'Jules, a write': julesWrite,
  'GitHub, a read': githubRead,
  'GitHub, a write': githubWrite,
})

test.each([400, 401, 403, 404, 410, 422, 451])('%i is final', async (status) => {
  expect(await requests((_, answer) => answer.writeHead(status).end('{}'))).toEqual(times(1, 1, 1, 1))
})

test.each([408, 500, 502, 503, 504])('F-32 %i: reads are tried four times, writes once', async (status) => {
  expect(await requests((_, answer) => answer.writeHead(status).end('{}'))).toEqual(times(4, 1, 4, 1))
})

// GitHub says so before it has looked at the request.
test('F-31 429: a write to Jules is not sent again, for nobody knows; one to GitHub surely had no effect', async () => {
  expect(await requests((_, answer) => answer.writeHead(429).end('{}'))).toEqual(times(4, 1, 3, 3))
})

test('a connection that is cut: reads are tried four times, writes once', async () => {
  expect(await requests(({ socket }) => socket.destroy())).toEqual(times(4, 1, 4, 1))
})

test('a redirect is not followed, and not asked for again', async () => {
  const listener: RequestListener = (_, answer) => answer.writeHead(307, { location: '/elsewhere' }).end()
  expect(await requests(listener)).toEqual(times(1, 1, 1, 1))
})
