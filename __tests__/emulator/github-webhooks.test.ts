/** Webhooks come in GitHub's order and say what GitHub's say; all tests hold them against GitHub's own schemas. */
import { type Clock, startClock } from '../../emulator/clock.ts'
import { type Delivery, type GitHub, startGitHub } from '../../emulator/github/index.ts'

const EPOCH = Date.parse('2026-08-24T10:00:41.700Z')

let clock: Clock
let github: GitHub
let deliveries: Delivery[]

beforeEach(async () => {
  clock = startClock({ epoch: EPOCH })
  github = await startGitHub({ clock, repository: 'acme/widgets' })
  deliveries = []
  github.onDelivery((delivery) => deliveries.push(delivery))
})

afterEach(() => github.stop())

type Payload = Record<string, never> & {
  action?: string
  sender?: { login: string; type: string }
  issue?: { number: number; updated_at: string; body: string; pull_request?: object }
  pull_request?: { merged: boolean; head: { repo: { full_name: string; fork: boolean } }; base: { repo: object } }
  review?: { body: string | null; state: string }
}

function payloadOf(delivery: Delivery | undefined): Payload {
  return (delivery?.payload ?? {}) as Payload
}

function nameOf(delivery: Delivery): string {
  const { action } = payloadOf(delivery)
  return action === undefined ? delivery.event : `${delivery.event}.${action}`
}

function expectAll(...names: string[]) {
  expect(deliveries.map(nameOf)).toEqual(names)
}

test('an issue, from opening to deletion', () => {
  const alice = github.person('alice', 'write')
  const { number } = github.openIssue(alice, { title: 'Dates are flaky', body: 'Since May', labels: ['bug'] })
  github.label(alice, number, 'ask-jules')
  github.label(alice, number, 'Ask-Jules')
  github.unlabel(alice, number, 'ASK-JULES')
  github.unlabel(alice, number, 'ask-jules')
  github.editIssue(alice, number, { body: 'Since April' })
  github.lock(number)
  github.unlock(number)
  github.closeIssue(alice, number)
  github.reopenIssue(alice, number)
  github.deleteIssue(alice, number)
  expectAll(
    'issues.opened',
    'issues.labeled',
    'issues.labeled',
    'issues.unlabeled',
    'issues.edited',
    'issues.locked',
    'issues.unlocked',
    'issues.closed',
    'issues.reopened',
    'issues.deleted',
  )
  expect(payloadOf(deliveries[4])).toMatchObject({
    changes: { body: { from: 'Since May' } },
    issue: { body: 'Since April' },
  })
})

test('comments on an issue and on a pull request', () => {
  const alice = github.person('alice')
  const issue = github.openIssue(alice, { title: 'Dates' })
  const pull = github.openPullRequest(alice, { title: 'Fix dates', head: 'fix-dates' })
  const comment = github.comment(alice, issue.number, '/jules')
  github.editComment(alice, comment.id, '/jules plan')
  github.editComment(alice, comment.id, '/jules plan')
  github.deleteComment(alice, comment.id)
  github.comment(alice, pull.number, 'Thanks')
  expectAll(
    'issues.opened',
    'pull_request.opened',
    'issue_comment.created',
    'issue_comment.edited',
    'issue_comment.deleted',
    'issue_comment.created',
  )
  expect(payloadOf(deliveries[3])).toMatchObject({
    changes: { body: { from: '/jules' } },
    comment: { body: '/jules plan' },
  })
  expect(payloadOf(deliveries[2]).issue?.pull_request).toBeUndefined()
  expect(payloadOf(deliveries[5]).issue?.pull_request).toMatchObject({ url: expect.stringMatching(/\/pulls\/\d+$/) })
})

test('a pull request that is labelled, closed, reopened and merged closes the issue that it fixes', () => {
  const alice = github.person('alice', 'maintain')
  const jules = github.person('google-labs-jules[bot]')
  const issue = github.openIssue(alice, { title: 'Dates' })
  const { number } = github.openPullRequest(jules, { title: 'Fix', body: `Fixes #${issue.number}`, head: 'fix' })
  github.label(alice, number, 'ask-jules')
  github.unlabel(alice, number, 'ask-jules')
  github.closePullRequest(alice, number)
  github.reopenPullRequest(alice, number)
  github.lock(number)
  github.closePullRequest(alice, number, { merged: true })
  expectAll(
    'issues.opened',
    'pull_request.opened',
    'pull_request.labeled',
    'pull_request.unlabeled',
    'pull_request.closed',
    'pull_request.reopened',
    'pull_request.locked',
    'pull_request.closed',
    'issues.closed',
  )
  expect(payloadOf(deliveries[1]).sender).toMatchObject({ login: 'google-labs-jules[bot]', type: 'Bot' })
  expect(deliveries.map((delivery) => delivery.cause)).toEqual(['user', 'app', ...Array(7).fill('user')])
  expect(payloadOf(deliveries[4]).pull_request?.merged).toBe(false)
  expect(payloadOf(deliveries[7]).pull_request?.merged).toBe(true)
})

test('a pull request from a fork says so', () => {
  const { number } = github.openPullRequest(github.person('mallory'), { title: 'Hi', head: 'main', fork: true })
  expectAll('pull_request.opened')
  expect(payloadOf(deliveries[0])).toMatchObject({
    number,
    pull_request: {
      head: { repo: { full_name: 'mallory/widgets', fork: true } },
      base: { repo: { full_name: 'acme/widgets' } },
    },
  })
})

test('a review comes before its comments, and a single comment brings a review of its own', () => {
  const bob = github.person('bob', 'write')
  const { number } = github.openPullRequest(bob, { title: 'Fix', head: 'fix' })
  const comments = [1, 2].map((line) => ({ path: 'src/date.ts', line, body: `/jules line ${line}` }))
  github.review(bob, number, { body: '/jules please', state: 'changes_requested', comments })
  const single = github.reviewComment(bob, number, { path: 'src/date.ts', line: 7, body: 'Why?' })
  github.reviewComment(bob, number, { path: 'src/date.ts', line: 7, body: 'Because', inReplyTo: single.id })
  expectAll(
    'pull_request.opened',
    'pull_request_review.submitted',
    'pull_request_review_comment.created',
    'pull_request_review_comment.created',
    'pull_request_review.submitted',
    'pull_request_review_comment.created',
    'pull_request_review.submitted',
    'pull_request_review_comment.created',
  )
  expect(payloadOf(deliveries[1]).review).toMatchObject({ body: '/jules please', state: 'changes_requested' })
  expect(payloadOf(deliveries[4]).review).toMatchObject({ body: null, state: 'commented' })
  expect(payloadOf(deliveries[7])).toMatchObject({ comment: { in_reply_to_id: single.id } })
})

test('a workflow that is started by hand, and one by the clock', () => {
  github.dispatch(github.person('alice', 'write'), { prompt: 'Tidy up' })
  expectAll('workflow_dispatch')
  expect(payloadOf(deliveries[0])).toMatchObject({ inputs: { prompt: 'Tidy up' }, ref: 'refs/heads/main' })
  github.schedule('17 */2 * * *')
  expect(deliveries[1]).toMatchObject({
    event: 'schedule',
    payload: { schedule: '17 */2 * * *', repository: { full_name: 'acme/widgets' } },
  })
})

test('times are to the second and move with what happens; a payload stays as it was', () => {
  const alice = github.person('alice')
  const issue = github.openIssue(alice, { title: 'Dates' })
  clock.move(5_000)
  github.label(alice, issue.number, 'ask-jules')
  expect(payloadOf(deliveries[0]).issue?.updated_at).toMatch(/^2026-08-24T10:00:4[12]Z$/)
  expect(payloadOf(deliveries[1]).issue?.updated_at).toMatch(/^2026-08-24T10:00:4[67]Z$/)
  expect(issue.updatedAt).toBe(payloadOf(deliveries[1]).issue?.updated_at)
})

test('a story that makes no sense is told so', () => {
  const alice = github.person('alice')
  const issue = github.openIssue(alice, { title: 'Dates' })
  const pull = github.openPullRequest(alice, { title: 'Fix', head: 'fix' })
  expect(() => github.comment(alice, 99, 'Hello')).toThrow('There is no issue or pull request #99')
  expect(() => github.review(alice, issue.number, { state: 'approved' })).toThrow('Name a pull request')
  expect(() => github.closeIssue(alice, pull.number)).toThrow('is a pull request')
  expect(() => github.editComment(alice, 5, 'x')).toThrow('There is no comment 5')
  expect(() => github.openPullRequest(alice, { title: 'x', head: 'y', base: 'nowhere' })).toThrow('nowhere')
  github.lock(issue.number)
  expect(() => github.comment(alice, issue.number, 'Hello')).toThrow('locked')
})

test('a push to a pull request changes its head and what it changes, and tells of both', async () => {
  const alice = github.person('alice', 'write')
  const file = {
    filename: 'a.ts',
    status: 'modified',
    additions: 1,
    deletions: 0,
    patch: '@@ -1,0 +1,1 @@\n+a',
  } as const
  const { number, head } = github.openPullRequest(alice, { title: 'Fix', head: 'fix', files: [file] })
  github.push(alice, number, [file, { ...file, filename: 'b.ts' }])
  expect(deliveries.map(nameOf)).toEqual(['pull_request.opened', 'pull_request.synchronize'])
  const told = Object(payloadOf(deliveries[1]))
  expect(told.before).toBe(head.sha)
  expect(told.pull_request).toMatchObject({ head: { sha: told.after }, changed_files: 2 })
  expect(github.store.branches.find(({ name }) => name === 'fix')?.sha).toBe(told.after)
})
