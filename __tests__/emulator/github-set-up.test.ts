/** What a check of the set-up asks of GitHub: files, and writes to things that are not there. */
import { startClock } from '../../emulator/clock.ts'
import { type GitHub, startGitHub } from '../../emulator/github/index.ts'

let github: GitHub

async function start(isPrivate = false): Promise<void> {
  github = await startGitHub({ clock: startClock(), repository: 'acme/widgets', private: isPrivate })
  const alice = github.person('alice', 'write')
  github.openIssue(alice, { title: 'Dates' })
  github.openPullRequest(alice, { title: 'Fix', head: 'fix' })
}

afterEach(() => github.stop())

async function call(permissions: Parameters<GitHub['mintToken']>[0], method: string, path: string, body?: object) {
  const answer = await fetch(`${github.url}/repos/acme/widgets${path}`, {
    method,
    headers: { authorization: `Bearer ${github.mintToken(permissions)}` },
    ...(body && { body: JSON.stringify(body) }),
  })
  return { status: answer.status, json: await answer.json() }
}

const PROBES = [
  {
    method: 'DELETE',
    path: '/issues/0/sub_issue',
    body: { sub_issue_id: 0 },
    needed: { issues: 'write' },
    other: { pull_requests: 'write' },
  },
  { method: 'PATCH', path: '/pulls/0', body: {}, needed: { pull_requests: 'write' }, other: { issues: 'write' } },
] as const
test.each(PROBES)('$method $path: the permission is asked for before the thing', async (probe) => {
  await start()
  expect((await call(probe.other, probe.method, probe.path, probe.body)).status).toBe(403)
  expect((await call(probe.needed, probe.method, probe.path, probe.body)).status).toBe(404)
})

test('a pull request gets a new title; an issue is none, and has no issues below it', async () => {
  await start()
  const changed = await call({ pull_requests: 'write' }, 'PATCH', '/pulls/2', { title: 'Mend', body: 'Now.' })
  expect(changed).toMatchObject({ status: 200, json: { number: 2, title: 'Mend', body: 'Now.' } })
  expect((await call({ pull_requests: 'write' }, 'PATCH', '/pulls/1', { title: 'Mend' })).status).toBe(404)
  expect((await call({ issues: 'write' }, 'DELETE', '/issues/1/sub_issue', { sub_issue_id: 9 })).status).toBe(404)
})

test('a file has its content; a folder lists what is in it, its own folders once', async () => {
  await start()
  const { files } = github.store
  files.set('.github/ISSUE_TEMPLATE/bug.yml', 'name: Bug\n')
  files.set('.github/ISSUE_TEMPLATE/more/a.yml', 'name: A\n')
  files.set('.github/ISSUE_TEMPLATE/more/b.yml', 'name: B\n')
  const content = Buffer.from('name: Bug\n').toString('base64')
  expect(await call({}, 'GET', '/contents/.github/ISSUE_TEMPLATE/bug.yml')).toMatchObject({
    status: 200,
    json: { type: 'file', name: 'bug.yml', size: 10, encoding: 'base64', content },
  })
  expect((await call({}, 'GET', '/contents/.github%2FISSUE_TEMPLATE')).json).toMatchObject([
    { type: 'file', path: '.github/ISSUE_TEMPLATE/bug.yml' },
    { type: 'dir', path: '.github/ISSUE_TEMPLATE/more', download_url: null },
  ])
  expect((await call({}, 'GET', '/contents/docs')).status).toBe(404)
})

test('files of a private repository need the permission', async () => {
  await start(true)
  github.store.files.set('README.md', 'Widgets')
  expect((await call({ issues: 'write' }, 'GET', '/contents/README.md')).status).toBe(403)
  expect((await call({ contents: 'read' }, 'GET', '/contents/README.md')).status).toBe(200)
})
