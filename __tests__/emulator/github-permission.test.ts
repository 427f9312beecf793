/** What tokens may do, what people may do, and how GitHub says no. */
import { startClock } from '../../emulator/clock.ts'
import { type GitHub, type Permission, type Person, startGitHub } from '../../emulator/github/index.ts'
import { WRONG } from '../support/witness/on-purpose.ts'

let github: GitHub
let alice: Person

async function start(isPrivate = false): Promise<void> {
  github = await startGitHub({ clock: startClock(), repository: 'acme/widgets', private: isPrivate })
  alice = github.person('alice', 'write')
  github.openIssue(alice, { title: 'Dates' })
  github.openPullRequest(alice, { title: 'Fix', head: 'fix' })
}

afterEach(() => github.stop())

async function call(token: string, method: string, path: string, body?: unknown, more: object = {}) {
  const answer = await fetch(`${github.url}${path}`, {
    method,
    headers: { ...(token !== '' && { authorization: `Bearer ${token}` }), ...more },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await answer.text()
  const json: Record<string, unknown> = text === '' ? {} : JSON.parse(text)
  return { status: answer.status, headers: answer.headers, json }
}

const ISSUE = '/repos/acme/widgets/issues/1'
const PULL = '/repos/acme/widgets/issues/2'
const body = 'Hello'

const WRITES = [
  { permissions: {}, issue: 403, pull: 403 },
  { permissions: { issues: 'read', pull_requests: 'read' }, issue: 403, pull: 403 },
  { permissions: { issues: 'write' }, issue: 201, pull: 403 },
  { permissions: { pull_requests: 'write' }, issue: 403, pull: 201 },
] as const

test.each(WRITES)('comments with $permissions: issue $issue, pull request $pull', async (row) => {
  await start()
  const token = github.mintToken(row.permissions)
  expect((await call(token, 'POST', `${ISSUE}/comments`, { body })).status).toBe(row.issue)
  expect((await call(token, 'POST', `${PULL}/comments`, { body })).status).toBe(row.pull)
  expect((await call(token, 'POST', `${ISSUE}/labels`, { labels: ['a'] })).status).toBe(row.issue === 201 ? 200 : 403)
  expect((await call(token, 'POST', `${ISSUE}/reactions`, { content: 'eyes' })).status).toBe(row.issue)
})

test('a refusal names the permission that would have done', async () => {
  await start()
  const { status, headers, json } = await call(github.mintToken({}), 'POST', `${PULL}/comments`, { body })
  expect(status).toBe(403)
  expect(headers.get('x-accepted-github-permissions')).toBe('pull_requests=write')
  expect(json).toMatchObject({ message: 'Resource not accessible by integration', status: '403' })
  expect(github.comments(2)).toEqual([])
})

test('permission is looked at before existence, so that a token can be probed', async () => {
  await start()
  const path = '/repos/acme/widgets/issues/0/comments'
  expect((await call(github.mintToken({ issues: 'write' }), 'POST', path, { body })).status).toBe(404)
  expect((await call(github.mintToken({}), 'POST', path, { body })).status).toBe(403)
})

test('a public repository can be read without permissions, a private one can not', async () => {
  await start()
  const paths = [ISSUE, `${ISSUE}/comments`, '/repos/acme/widgets/pulls/2', '/repos/acme/widgets/branches/main']
  for (const path of paths) expect((await call(github.mintToken({}), 'GET', path)).status).toBe(200)
  await github.stop()
  await start(true)
  for (const path of paths) expect((await call(github.mintToken({}), 'GET', path)).status).toBe(403)
  const token = github.mintToken({ issues: 'write', pull_requests: 'read', contents: 'read' })
  for (const path of paths) expect((await call(token, 'GET', path)).status).toBe(200)
})

test('a wrong token, or one that was taken back', async () => {
  await start()
  const token = github.mintToken({ issues: 'write' })
  expect((await call(token, 'GET', ISSUE)).status).toBe(200)
  github.revoke(token)
  for (const each of ['ghs_nonsense', token])
    expect(await call(each, 'GET', ISSUE)).toMatchObject({ status: 401, json: { message: 'Bad credentials' } })
})

const ROLES: { permission: Permission; legacy: string; role: string; closed: string }[] = [
  { permission: 'none', legacy: 'read', role: 'read', closed: 'none' },
  { permission: 'read', legacy: 'read', role: 'read', closed: 'read' },
  { permission: 'triage', legacy: 'read', role: 'triage', closed: 'read' },
  { permission: 'write', legacy: 'write', role: 'write', closed: 'write' },
  { permission: 'maintain', legacy: 'write', role: 'maintain', closed: 'write' },
  { permission: 'admin', legacy: 'admin', role: 'admin', closed: 'admin' },
]

test.each(ROLES)('the permission API about someone with $permission', async ({ permission, legacy, role, closed }) => {
  await start()
  const path = '/repos/acme/widgets/collaborators/Carol/permission'
  const { id } = github.person('carol', permission)
  const open = await call(github.mintToken({}), 'GET', path)
  expect(open.json).toMatchObject({ permission: legacy, role_name: role, user: { login: 'carol', id, type: 'User' } })
  await github.stop()
  await start(true)
  github.person('carol', permission)
  expect((await call(github.mintToken({}), 'GET', path)).json.permission).toBe(closed)
})

test.each(['nobody', 'google-labs-jules[bot]', 'github-actions[bot]'])(
  '%s has no permission to ask for',
  async (login) => {
    await start()
    github.person('google-labs-jules[bot]')
    const path = `/repos/acme/widgets/collaborators/${encodeURIComponent(login)}/permission`
    expect(await call(github.mintToken({}), 'GET', path)).toMatchObject({ status: 404 })
  },
)

test('what can not be written is refused with the field that is wrong', async () => {
  await start()
  const token = github.mintToken({ issues: 'write' })
  const post = (sent: unknown, more = {}) => call(token, 'POST', `${ISSUE}/comments`, sent, more)
  const failed = (error: object) => ({ status: 422, json: { message: 'Validation Failed', errors: [error] } })
  expect(await post({}, WRONG)).toMatchObject(failed({ field: 'body', code: 'missing_field' }))
  expect(await post({ body: 5 }, WRONG)).toMatchObject(failed({ field: 'body', code: 'invalid' }))
  expect(await post({ body: ' \n' })).toMatchObject(failed({ message: "body can't be blank" }))
  const tooLong = { message: 'Body is too long (maximum is 65536 characters)' }
  expect(await post({ body: 'x'.repeat(65_537) })).toMatchObject(failed(tooLong))
  expect((await post({ body: 'x'.repeat(65_536), unknown: true }, WRONG)).status).toBe(201)
  expect(await post('{', WRONG)).toMatchObject({ status: 400, json: { message: 'Problems parsing JSON' } })
  expect((await call(token, 'POST', `${ISSUE}/labels`, {})).status).toBe(422)
  expect((await call(token, 'POST', `${ISSUE}/labels`, { labels: [''] })).status).toBe(422)
  expect((await call(token, 'POST', '/repos/acme/widgets/labels', { name: 'a', color: 'red' })).status).toBe(422)
})

test('locked and deleted threads', async () => {
  await start()
  github.lock(1)
  const token = github.mintToken({ issues: 'write', contents: 'read' })
  expect(await call(token, 'POST', `${ISSUE}/comments`, { body })).toMatchObject({
    status: 403,
    json: { message: 'Unable to create comment because issue is locked.' },
  })
  const pusher = github.mintTokenFor(github.person('pat', 'write'))
  expect((await call(pusher, 'POST', `${ISSUE}/comments`, { body })).status).toBe(201)
  github.unlock(1)
  expect((await call(token, 'POST', `${ISSUE}/comments`, { body })).status).toBe(201)
  github.deleteIssue(alice, 1)
  expect((await call(token, 'GET', ISSUE)).status).toBe(410)
  expect((await call(token, 'POST', `${ISSUE}/comments`, { body })).status).toBe(410)
  expect((await call(token, 'GET', '/repos/acme/widgets/issues/9')).status).toBe(404)
})

test('what was not planned is 501, and trouble can be ordered by the names of the calls', async () => {
  await start()
  const token = github.mintToken({ issues: 'write' })
  expect((await call(token, 'GET', '/repos/acme/widgets/milestones', undefined, WRONG)).status).toBe(501)
  expect(github.server.unplanned).toHaveLength(1)
  github.server.faults.add({ route: 'issues.createComment', phase: 'after', act: { kind: 'cut' } })
  await expect(call(token, 'POST', `${ISSUE}/comments`, { body })).rejects.toThrow()
  expect(github.comments(1)).toMatchObject([{ body }])
})

test('what is merged stays closed, and a change that is refused changes nothing', async () => {
  await start()
  const token = github.mintToken({ issues: 'write', pull_requests: 'write' })
  github.closePullRequest(alice, 2, { merged: true })
  expect((await call(token, 'PATCH', '/repos/acme/widgets/pulls/2', { state: 'open' })).status).toBe(422)
  expect(() => github.reopenPullRequest(alice, 2)).toThrow('merged')
  const before = github.store.threads[0]?.title
  const bad = { title: 'Changed', state: 'closed', state_reason: 'bogus' }
  expect((await call(token, 'PATCH', ISSUE, bad, WRONG)).status).toBe(422)
  expect(github.store.threads[0]?.title).toBe(before)
})

test('what the emulator does not do it says plainly', async () => {
  await start()
  const token = github.mintToken({ issues: 'write', pull_requests: 'write' })
  const diff = { accept: 'application/vnd.github.v3.diff', ...WRONG }
  expect((await call(token, 'PATCH', ISSUE, { assignees: ['alice'] }, WRONG)).status).toBe(501)
  expect((await call(token, 'GET', '/repos/acme/widgets/pulls/2', undefined, diff)).status).toBe(501)
  expect(() => github.mintToken({ 'pull-requests': 'write' })).toThrow('pull_requests')
})
