/** Whose token may do what: nobody's, a workflow's, an app's, a person's of each role. */
import { connect } from 'node:net'
import type { Permission } from '../../emulator/github/index.ts'
import { call, client, type Small, small, USUAL } from './github-world.ts'

let world: Small
beforeEach(async () => {
  world = await small()
})
afterEach(() => world.github.stop())

const REPO = '/repos/acme/widgets'

test('without a token the public part can be read, and nothing else', async () => {
  const { github } = world
  const told = await call(github, undefined, `GET ${REPO}/issues/1`)
  expect([told.status, told.headers.get('cache-control')]).toEqual([200, 'public, max-age=60, s-maxage=60'])
  for (const line of [`POST ${REPO}/issues/1/comments`, 'GET /user', `GET ${REPO}/collaborators/alice/permission`])
    expect(await call(github, undefined, line, line.startsWith('P') ? { body: 'x' } : undefined)).toMatchObject({
      status: 401,
      json: { message: 'Requires authentication' },
    })
  expect((await call(github, undefined, 'POST /graphql', { query: '{ viewer { login } }' })).status).toBe(401)
})

test('a private repository is not there for strangers', async () => {
  const { github, alice } = await small({ private: true })
  const stranger = github.mintTokenFor(github.person('mallory'))
  for (const token of [undefined, stranger])
    for (const line of [`GET ${REPO}`, `GET ${REPO}/issues/1`, `POST ${REPO}/issues/1/comments`])
      expect(await call(github, token, line, line.startsWith('P') ? { body: 'x' } : undefined)).toMatchObject({
        status: 404,
        json: { message: 'Not Found' },
      })
  expect((await call(github, github.mintTokenFor(alice), `GET ${REPO}/issues/1`)).status).toBe(200)
  const blind = await call(github, github.mintToken({}), `GET ${REPO}/issues/1`)
  expect([blind.status, blind.headers.get('x-accepted-github-permissions')]).toEqual([
    403,
    'issues=read; pull_requests=read',
  ])
  await github.stop()
})

test("tokens end: an app's after an hour, others when told, all when taken back", async () => {
  const { github, clock, alice } = world
  const app = github.mintTokenFor(github.person('relay[bot]'))
  const short = github.mintToken(USUAL, { minutes: 10 })
  const own = github.mintTokenFor(alice)
  const states = async () =>
    Promise.all([app, short, own].map(async (token) => (await call(github, token, `GET ${REPO}`)).status))
  expect(await states()).toEqual([200, 200, 200])
  clock.move(10 * 60_000)
  expect(await states()).toEqual([200, 401, 200])
  clock.move(50 * 60_000)
  expect(await states()).toEqual([401, 401, 200])
  github.revoke(own)
  expect(await states()).toEqual([401, 401, 401])
})

const ROLES: { role: Permission; does: Record<string, number> }[] = [
  { role: 'none', does: { comment: 201, label: 403, newLabel: 403, others: 403, lock: 403 } },
  { role: 'triage', does: { comment: 201, label: 200, newLabel: 403, others: 403, lock: 403 } },
  { role: 'write', does: { comment: 201, label: 200, newLabel: 200, others: 200, lock: 204 } },
]
test.each(ROLES)('the own token of a person with $role', async ({ role, does }) => {
  const { github, alice } = world
  const token = github.mintTokenFor(github.person('carol', role))
  const { id } = github.comment(alice, 2, 'By alice')
  const calls: Record<string, Promise<{ status: number }>> = {
    comment: call(github, token, `POST ${REPO}/issues/1/comments`, { body: 'x' }),
    label: call(github, token, `POST ${REPO}/issues/2/labels`, { labels: ['Bug'] }),
    newLabel: call(github, token, `POST ${REPO}/issues/2/labels`, { labels: ['never seen'] }),
    others: call(github, token, `PATCH ${REPO}/issues/comments/${id}`, { body: 'By carol' }),
  }
  const seen: Record<string, number> = {}
  for (const [name, made] of Object.entries(calls)) seen[name] = (await made).status
  seen.lock = (await call(github, token, `PUT ${REPO}/issues/1/lock`)).status
  expect(seen).toEqual(does)
})

test('people change what is theirs; a refusal says that it takes more', async () => {
  const { github, alice } = world
  const carol = github.person('carol')
  const token = github.mintTokenFor(carol)
  const own = github.comment(carol, 1, 'Mine')
  const other = github.comment(alice, 1, 'Hers')
  expect((await call(github, token, `PATCH ${REPO}/issues/comments/${own.id}`, { body: 'Changed' })).status).toBe(200)
  expect(await call(github, token, `DELETE ${REPO}/issues/comments/${other.id}`)).toMatchObject({
    status: 403,
    json: { message: 'Must have admin rights to Repository.' },
  })
  expect((await call(github, token, `DELETE ${REPO}/issues/comments/${own.id}`)).status).toBe(204)
})

test("a workflow's token may change what others have written, even with `issues: write` alone", async () => {
  const { github, alice } = world
  const { id } = github.comment(alice, 1, 'By alice')
  const token = github.mintToken({ issues: 'write' })
  const { data } = await client(github, token).rest.issues.updateComment({
    owner: 'acme',
    repo: 'widgets',
    comment_id: id,
    body: 'By the workflow',
  })
  expect(data).toMatchObject({ body: 'By the workflow', user: { login: 'alice' } })
})

test('`pull_requests: write` puts known labels on a pull request, and makes no new ones', async () => {
  const { github } = world
  const token = github.mintToken({ pull_requests: 'write' })
  expect((await call(github, token, `POST ${REPO}/issues/2/labels`, { labels: ['bug'] })).status).toBe(200)
  expect(await call(github, token, `POST ${REPO}/issues/2/labels`, { labels: ['never seen'] })).toMatchObject({
    status: 403,
    json: {
      message: 'You do not have permission to create labels on this repository.',
      errors: [{ resource: 'Repository', field: 'label', code: 'unauthorized' }],
    },
  })
})

test('a fine-grained token can do no more than it was given, nor more than its owner', async () => {
  const { github, alice } = world
  const narrow = github.mintTokenFor(alice, { permissions: { issues: 'read' } })
  expect(narrow).toMatch(/^github_pat_/)
  expect(await call(github, narrow, `POST ${REPO}/issues/1/comments`, { body: 'x' })).toMatchObject({
    status: 403,
    json: { message: 'Resource not accessible by personal access token' },
  })
  const wide = github.mintTokenFor(github.person('carol'), { permissions: { issues: 'write' } })
  expect((await call(github, wide, `POST ${REPO}/issues/1/labels`, { labels: ['bug'] })).status).toBe(403)
})

test('who does not say what program they are is turned away', async () => {
  const { port } = new URL(world.github.url)
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(Number(port), '127.0.0.1')
    socket.once('data', (data) => {
      resolve(String(data))
      socket.destroy()
    })
    socket.write(`GET ${REPO} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n`)
  })
  expect(answer).toMatch(/^HTTP\/1.1 403 [\s\S]*User-Agent header/)
})
