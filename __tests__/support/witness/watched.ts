/** Run by github-watched.test.ts in a jest of its own, for most of these must fail, each for what it did itself. */
import { startClock } from '../../../emulator/clock.ts'
import { type GitHub, startGitHub } from '../../../emulator/github/index.ts'
import { WRONG } from './on-purpose.ts'

const COMMENTS = '/repos/acme/widgets/issues/1/comments'

let github: GitHub

beforeEach(async () => {
  github = await startGitHub({ clock: startClock(), repository: 'acme/widgets' })
  github.openIssue(github.person('alice', 'write'), { title: 'Dates' })
})

afterEach(() => github.stop())

async function call(path: string, body?: object, headers: object = {}): Promise<number> {
  const token = github.mintToken({ issues: 'write' })
  const { status } = await fetch(`${github.url}${path}`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  })
  return status
}

test('right', async () => {
  expect(await call(COMMENTS, { body: 'Hello' })).toBe(201)
})

test('wrong request', async () => {
  expect(await call(COMMENTS, { text: 'Hello' })).toBe(422)
})

test('wrong on purpose', async () => {
  expect(await call(COMMENTS, { text: 'Hello' }, WRONG)).toBe(422)
})

test('marked and right', async () => {
  expect(await call(COMMENTS, { body: 'Hello' }, WRONG)).toBe(201)
})

test('wrong answer', async () => {
  github.store.repository.createdAt = 'yesterday'
  expect(await call('/repos/acme/widgets')).toBe(200)
})

test('wrong webhook', () => {
  github.store.repository.createdAt = 'yesterday'
  github.comment(github.person('alice'), 1, 'Hello')
})

test('no such route', async () => {
  expect(await call('/repos/acme/widgets/milestones')).toBe(501)
})

const down = { phase: 'before', act: { kind: 'answer', answer: { status: 502, text: '<html>' } } } as const

test('trouble on order', async () => {
  github.server.faults.add({ route: 'repos.get', ...down })
  expect(await call('/repos/acme/widgets')).toBe(502)
})

test('trouble on order and wrong request', async () => {
  github.server.faults.add({ route: 'repos.get', ...down })
  expect(await call('/repos/acme/widgets?page=2')).toBe(502)
})

describe('in no test', () => {
  afterAll(async () => {
    const other = await startGitHub({ clock: startClock(), repository: 'acme/widgets' })
    other.store.repository.createdAt = 'yesterday'
    other.openIssue(other.person('alice'), { title: 'Dates' })
    await other.stop()
  })

  test('right again', async () => {
    expect(await call('/repos/acme/widgets')).toBe(200)
  })
})
