/** The emulated GitHub through GitHub's own client. */
import { Octokit } from '@octokit/rest'
import { type Clock, startClock } from '../../emulator/clock.ts'
import { type Delivery, type GitHub, type Issue, type Person, startGitHub } from '../../emulator/github/index.ts'
import { WRONG } from '../support/witness/on-purpose.ts'

const at = { owner: 'acme', repo: 'widgets' }
const EVERYTHING = { issues: 'write', pull_requests: 'write', contents: 'read' } as const

let clock: Clock
let github: GitHub
let alice: Person
let issue: Issue
let octokit: Octokit

beforeEach(async () => {
  clock = startClock({ epoch: Date.parse('2026-08-24T10:00:41Z') })
  github = await startGitHub({ clock, repository: 'acme/widgets', branches: ['feature/dates'] })
  alice = github.person('alice', 'write')
  issue = github.openIssue(alice, { title: 'Dates are flaky', body: 'Since May' })
  octokit = client(github.mintToken(EVERYTHING))
})

afterEach(async () => {
  expect(github.server.unplanned).toEqual([])
  await github.stop()
})

function client(auth: string): Octokit {
  return new Octokit({ auth, baseUrl: github.url, log: { debug() {}, info() {}, warn() {}, error() {} } })
}

const thread = () => ({ ...at, issue_number: issue.number })

test('the tracking comment: written, changed, found, deleted, as github-actions[bot]', async () => {
  const deliveries: Delivery[] = []
  github.onDelivery((delivery) => deliveries.push(delivery))
  const { data, status } = await octokit.rest.issues.createComment({ ...thread(), body: 'Jules is on it' })
  expect(status).toBe(201)
  expect(data.user).toMatchObject({ login: 'github-actions[bot]', id: 41898282, type: 'Bot' })
  expect(data.html_url).toBe(`https://github.com/acme/widgets/issues/${issue.number}#issuecomment-${data.id}`)
  clock.move(60_000)
  const changed = await octokit.rest.issues.updateComment({ ...at, comment_id: data.id, body: 'Done' })
  expect(Date.parse(changed.data.updated_at)).toBeGreaterThan(Date.parse(data.created_at))
  expect((await octokit.rest.issues.getComment({ ...at, comment_id: data.id })).data.body).toBe('Done')
  expect((await octokit.rest.issues.get(thread())).data).toMatchObject({ comments: 1, title: 'Dates are flaky' })
  await octokit.rest.issues.deleteComment({ ...at, comment_id: data.id })
  expect(github.comments(issue.number)).toEqual([])
  await expect(octokit.rest.issues.getComment({ ...at, comment_id: data.id })).rejects.toMatchObject({ status: 404 })
  expect(deliveries.map(({ event, cause }) => `${event} ${cause}`)).toEqual(Array(3).fill('issue_comment github-token'))
})

test('long conversations come in pages', async () => {
  for (let n = 1; n <= 205; n += 1) github.comment(alice, issue.number, `Comment ${n}`)
  const all = await octokit.paginate(octokit.rest.issues.listComments, { ...thread(), per_page: 100 })
  expect(all.map((comment) => comment.body)).toEqual(Array.from({ length: 205 }, (_, n) => `Comment ${n + 1}`))
  const { headers } = await octokit.rest.issues.listComments({ ...thread(), per_page: 100, page: 2 })
  expect(headers.link?.match(/rel="(\w+)"/g)).toEqual(['rel="prev"', 'rel="next"', 'rel="last"', 'rel="first"'])
  const many = await octokit.rest.issues.listComments({ ...thread(), per_page: 1_000 })
  expect(many.data).toHaveLength(100)
  expect((await octokit.rest.issues.listComments(thread())).data).toHaveLength(30)
})

test('new comments since a time, and nothing at all for a list that has not changed', async () => {
  github.comment(alice, issue.number, 'Old')
  clock.move(120_000)
  const since = new Date(clock.now()).toISOString()
  const fresh = github.comment(alice, issue.number, 'New')
  const listed = await octokit.rest.issues.listComments({ ...thread(), since })
  expect(listed.data.map(({ id }) => id)).toEqual([fresh.id])
  const etag = String(listed.headers.etag)
  const again = octokit.rest.issues.listComments({ ...thread(), since, headers: { 'if-none-match': etag } })
  await expect(again).rejects.toMatchObject({ status: 304, response: { headers: { 'x-ratelimit-used': '1' } } })
  github.editComment(alice, fresh.id, 'Newer')
  const changed = await octokit.rest.issues.listComments({ ...thread(), since, headers: { 'if-none-match': etag } })
  expect(changed.data[0]?.body).toBe('Newer')
})

test('labels: made, added, listed, taken off once', async () => {
  await octokit.rest.issues.createLabel({ ...at, name: 'jules: running', color: '00ff00', description: 'Working' })
  await expect(octokit.rest.issues.createLabel({ ...at, name: 'Jules: Running' })).rejects.toMatchObject({
    status: 422,
    response: { data: { errors: [{ code: 'already_exists' }] } },
  })
  await octokit.rest.issues.addLabels({ ...thread(), labels: ['jules: running', 'new'] })
  expect((await octokit.rest.issues.listLabelsOnIssue(thread())).data).toMatchObject([
    { name: 'jules: running', color: '00ff00' },
    { name: 'new', color: 'ededed' },
  ])
  expect((await octokit.rest.issues.getLabel({ ...at, name: 'jules: running' })).data.description).toBe('Working')
  const left = await octokit.rest.issues.removeLabel({ ...thread(), name: 'jules: running' })
  expect(left.data.map(({ name }) => name)).toEqual(['new'])
  await expect(octokit.rest.issues.removeLabel({ ...thread(), name: 'jules: running' })).rejects.toMatchObject({
    status: 404,
    response: { data: { message: 'Label does not exist' } },
  })
})

test('threads by label, state and time', async () => {
  const other = github.openIssue(alice, { title: 'Other', labels: ['jules: running', 'bug'] })
  const pull = github.openPullRequest(alice, { title: 'Fix', head: 'fix' })
  github.label(alice, pull.number, 'jules: running')
  const numbers = async (query: object) =>
    (await octokit.rest.issues.listForRepo({ ...at, ...query })).data.map(({ number }) => number)
  expect(await numbers({})).toEqual([3, 2, 1])
  expect(await numbers({ labels: 'Jules: running' })).toEqual([pull.number, other.number])
  expect(await numbers({ labels: 'jules: running,bug' })).toEqual([other.number])
  github.closeIssue(alice, other.number)
  expect(await numbers({ labels: 'jules: running' })).toEqual([pull.number])
  expect(await numbers({ state: 'closed', direction: 'asc' })).toEqual([other.number])
  clock.move(60_000)
  github.comment(alice, issue.number, 'Ping')
  expect(await numbers({ since: new Date(clock.now()).toISOString(), state: 'all' })).toEqual([issue.number])
})

test('reactions: the same one twice is one', async () => {
  const comment = github.comment(alice, issue.number, '/jules')
  const on = { ...at, comment_id: comment.id, content: 'eyes' } as const
  const first = await octokit.rest.reactions.createForIssueComment(on)
  const second = await octokit.rest.reactions.createForIssueComment(on)
  expect([first.status, second.status]).toEqual([201, 200])
  expect(second.data.id).toBe(first.data.id)
  const shown = await octokit.rest.issues.getComment({ ...at, comment_id: comment.id })
  expect(shown.data.reactions).toMatchObject({ eyes: 1, rocket: 0, total_count: 1 })
  await octokit.rest.reactions.deleteForIssueComment({ ...at, comment_id: comment.id, reaction_id: first.data.id })
  await octokit.rest.reactions.createForIssue({ ...thread(), content: 'rocket' })
  expect(github.store.reactions).toMatchObject([{ kind: 'issue', content: 'rocket' }])
  const wrong = octokit.request('POST /repos/acme/widgets/issues/1/reactions', {
    content: 'shrug',
    headers: WRONG,
  } as never)
  await expect(wrong).rejects.toMatchObject({ status: 422 })
})

test('pull requests: one, many, their files, their reviews', async () => {
  const files = [
    { filename: 'src/date.ts', status: 'modified' as const, additions: 3, deletions: 1, patch: '@@ -1 +1,3 @@' },
  ]
  const jules = github.person('google-labs-jules[bot]')
  const { number } = github.openPullRequest(jules, { title: 'Fix dates', head: 'fix-dates', files })
  github.openPullRequest(github.person('mallory'), { title: 'Evil', head: 'fix-dates', fork: true })
  const pull = { ...at, pull_number: number }
  const { data } = await octokit.rest.pulls.get(pull)
  expect(data).toMatchObject({ number, merged: false, draft: false, additions: 3, head: { ref: 'fix-dates' } })
  expect(data.head.repo?.full_name).toBe('acme/widgets')
  const listed = await octokit.rest.pulls.list({ ...at, head: 'acme:fix-dates' })
  expect(listed.data.map((one) => one.number)).toEqual([number])
  expect((await octokit.rest.pulls.list(at)).data).toHaveLength(2)
  expect((await octokit.rest.pulls.listFiles(pull)).data).toMatchObject([{ filename: 'src/date.ts', changes: 4 }])
  const comments = [{ path: 'src/date.ts', line: 2, body: '/jules use UTC' }]
  const review = github.review(alice, number, { state: 'changes_requested', comments })
  expect((await octokit.rest.pulls.listReviews(pull)).data).toMatchObject([
    { id: review.id, state: 'CHANGES_REQUESTED', body: '' },
  ])
  expect((await octokit.rest.pulls.getReview({ ...pull, review_id: review.id })).data.user?.login).toBe('alice')
  const said = await octokit.rest.pulls.listCommentsForReview({ ...pull, review_id: review.id })
  expect(said.data).toMatchObject([{ path: 'src/date.ts', line: 2, diff_hunk: '@@ -1 +1,3 @@' }])
  const comment_id = said.data[0]?.id ?? 0
  const reply = await octokit.rest.pulls.createReplyForReviewComment({ ...pull, comment_id, body: 'On it' })
  expect(reply.data).toMatchObject({ in_reply_to_id: comment_id, line: 2, user: { login: 'github-actions[bot]' } })
  expect((await octokit.rest.pulls.getReviewComment({ ...at, comment_id: reply.data.id })).data.body).toBe('On it')
  expect((await octokit.rest.pulls.listReviewComments(pull)).data).toHaveLength(2)
  const eyes = { ...at, comment_id, content: 'eyes' } as const
  expect((await octokit.rest.reactions.createForPullRequestReviewComment(eyes)).status).toBe(201)
  const nested = octokit.rest.pulls.createReplyForReviewComment({ ...pull, comment_id: reply.data.id, body: 'x' })
  await expect(nested).rejects.toMatchObject({ status: 422 })
  await expect(octokit.rest.pulls.get({ ...at, pull_number: issue.number })).rejects.toMatchObject({ status: 404 })
})

test('the repository and its branches', async () => {
  expect((await octokit.rest.repos.get(at)).data).toMatchObject({ full_name: 'acme/widgets', default_branch: 'main' })
  expect((await octokit.rest.repos.get({ owner: 'ACME', repo: 'Widgets' })).data.private).toBe(false)
  await expect(octokit.rest.repos.get({ ...at, repo: 'other' })).rejects.toMatchObject({ status: 404 })
  const branches = await octokit.rest.repos.listBranches(at)
  expect(branches.data.map(({ name }) => name)).toEqual(['main', 'feature/dates'])
  const branch = await octokit.rest.repos.getBranch({ ...at, branch: 'feature/dates' })
  expect(branch.data.commit.sha).toBe(branches.data[1]?.commit.sha)
  await expect(octokit.rest.repos.getBranch({ ...at, branch: 'none' })).rejects.toMatchObject({ status: 404 })
})

test('who is asking: only GraphQL tells a workflow', async () => {
  const { viewer } = await octokit.graphql<{ viewer: object }>('{ viewer { login databaseId } }')
  expect(viewer).toEqual({ login: 'github-actions[bot]', databaseId: 41898282 })
  for (const query of ['{ repository { id } }', '{ viewer { login } repository { id } }', 'mutation { a } # viewer'])
    await expect(octokit.graphql(query, { headers: WRONG })).rejects.toMatchObject({ status: 501 })
  await expect(octokit.rest.users.getAuthenticated()).rejects.toMatchObject({
    status: 403,
    response: { data: { message: 'Resource not accessible by integration' } },
  })
  const own = client(github.mintTokenFor(alice))
  expect((await own.rest.users.getAuthenticated()).data.login).toBe('alice')
  expect(await own.graphql('{ viewer { login databaseId } }')).toEqual({
    viewer: { login: 'alice', databaseId: alice.id },
  })
})

test('a person or an app that writes with a token of its own starts workflows', async () => {
  const causes: string[] = []
  github.onDelivery(({ cause }) => causes.push(cause))
  const app = github.person('relay[bot]')
  await client(github.mintTokenFor(alice)).rest.issues.createComment({ ...thread(), body: 'Mine' })
  await client(github.mintTokenFor(app)).rest.issues.createComment({ ...thread(), body: 'Its' })
  expect(causes).toEqual(['user', 'app'])
  expect(github.comments(issue.number).map(({ author }) => author.login)).toEqual(['alice', 'relay[bot]'])
})

test('every answer says what is left of the hour, and the hour ends', async () => {
  github.limits.set({ pointsPerMinute: Infinity })
  const { headers } = await octokit.rest.repos.get(at)
  expect(headers).toMatchObject({ 'x-ratelimit-limit': '1000', 'x-ratelimit-remaining': '999' })
  expect(headers['x-github-request-id']).toMatch(/^\w{4}:\w{6}:\w{7}:\w{7}:\w{8}$/)
  expect(headers.date).toBe(new Date(clock.now()).toUTCString())
  expect((await octokit.rest.rateLimit.get()).data.rate).toMatchObject({ used: 1, remaining: 999 })
  for (let n = 0; n < 999; n += 1) await octokit.rest.repos.get(at)
  await expect(octokit.rest.repos.get(at)).rejects.toMatchObject({
    status: 403,
    response: { headers: { 'x-ratelimit-remaining': '0' } },
  })
  clock.move(3_600_000)
  expect((await octokit.rest.repos.get(at)).status).toBe(200)
})
