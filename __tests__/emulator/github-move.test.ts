/** Threads and repositories that have moved, and comments that are too long, through GitHub's own client. */

import { Octokit } from '@octokit/rest'
import { startClock } from '../../emulator/clock.ts'
import { type Delivery, type GitHub, type Person, startGitHub } from '../../emulator/github/index.ts'

const at = { owner: 'acme', repo: 'widgets' }

let github: GitHub
let alice: Person
let issue_number: number
let deliveries: Delivery[]
let octokit: Octokit
let token: string

beforeEach(async () => {
  github = await startGitHub({ clock: startClock({}), repository: 'acme/widgets' })
  alice = github.person('alice', 'write')
  issue_number = github.openIssue(alice, { title: 'Dates are flaky' }).number
  deliveries = []
  github.onDelivery((delivery) => deliveries.push(delivery))
  token = github.mintToken({ issues: 'write', pull_requests: 'write', contents: 'read' })
  const log = { debug() {}, info() {}, warn() {}, error() {} }
  octokit = new Octokit({ auth: token, baseUrl: github.url, log })
})

afterEach(() => github.stop())

/** Where a call is sent instead, without the host. */
async function placeOf(path: string): Promise<string> {
  const { status, headers } = await fetch(`${github.url}${path}`, {
    redirect: 'manual',
    headers: { authorization: `token ${token}` },
  })
  return `${status} ${headers.get('location')?.replace(github.url, '')}`
}

test('an issue that was transferred answers with its new place, and its comments are gone', async () => {
  const { id } = github.comment(alice, issue_number, 'Since May')
  github.transferIssue(alice, issue_number, 'acme/gadgets')

  expect(await placeOf(`/repos/acme/widgets/issues/${issue_number}`)).toMatch(/^301 \/repositories\/\d+\/issues\/1$/)
  expect(await placeOf(`/repos/acme/widgets/issues/${issue_number}/comments?page=2`)).toMatch(
    /^301 \/repositories\/\d+\/issues\/1\/comments\?page=2$/,
  )
  await expect(octokit.rest.issues.getComment({ ...at, comment_id: id })).rejects.toMatchObject({ status: 404 })
  expect((await octokit.rest.issues.listForRepo(at)).data).toEqual([])
  expect(deliveries.map(({ event, payload }) => `${event} ${Reflect.get(payload, 'action')}`)).toEqual([
    'issue_comment created',
    'issues transferred',
  ])
})

test('a repository that was renamed answers under its old name with its new place', async () => {
  github.renameRepository(alice, 'gadgets')

  expect(await placeOf('/repos/acme/widgets')).toBe(`301 /repositories/${github.store.repository.id}`)
  expect(await placeOf(`/repos/acme/Widgets/issues/${issue_number}`)).toBe(
    `301 /repositories/${github.store.repository.id}/issues/${issue_number}`,
  )
  const there = await octokit.rest.issues.get({ owner: 'acme', repo: 'gadgets', issue_number })
  expect(there.data.html_url).toBe(`https://github.com/acme/gadgets/issues/${issue_number}`)
  expect(deliveries.map(({ event }) => event)).toEqual(['repository'])
})

test('how long a comment may be is a setting', async () => {
  github.store.commentLimit = 100
  const post = (length: number) => octokit.rest.issues.createComment({ ...at, issue_number, body: 'x'.repeat(length) })
  await expect(post(101)).rejects.toMatchObject({ status: 422 })
  expect((await post(100)).status).toBe(201)
})
