/** Reads that are behind what was written. */
import { startClock } from '../../emulator/clock.ts'
import { at, client, type Small, small, USUAL } from './github-world.ts'

let world: Small
let octokit: ReturnType<typeof client>
beforeEach(async () => {
  world = await small({ clock: startClock({ epoch: Date.parse('2026-08-24T10:00:41Z'), speed: 0.001 }) })
  octokit = client(world.github, world.github.mintToken(USUAL))
})
afterEach(() => world.github.stop())

const thread = () => ({ ...at, issue_number: world.issue })
const bodies = async () => (await octokit.rest.issues.listComments(thread())).data.map(({ body }) => body)
const post = async (body: string) => (await octokit.rest.issues.createComment({ ...thread(), body })).data.id

test('nothing is stale unless it is asked for', async () => {
  await post('One')
  expect(await bodies()).toEqual(['One'])
})

test('lists leave out what was written before the last three of them; the rest is fresh', async () => {
  world.github.staleReads({ calls: 3 })
  const comment_id = await post('One')
  expect((await octokit.rest.issues.get(thread())).data.comments).toBe(1)
  expect((await octokit.rest.issues.getComment({ ...at, comment_id })).data.body).toBe('One')
  for (let n = 0; n < 3; n += 1) expect(await bodies()).toEqual([])
  expect(await bodies()).toEqual(['One'])
})

test('edits and deletions lag too, those of people as well', async () => {
  const comment_id = await post('One')
  world.github.staleReads({ calls: 1 })
  await octokit.rest.issues.updateComment({ ...at, comment_id, body: 'Two' })
  expect([await bodies(), await bodies()]).toEqual([['One'], ['Two']])
  world.github.deleteComment(world.alice, comment_id)
  await expect(octokit.rest.issues.getComment({ ...at, comment_id })).rejects.toMatchObject({ status: 404 })
  expect([await bodies(), await bodies()]).toEqual([['Two'], []])
})

test('by time: a minute behind, each write for itself', async () => {
  const { github, clock } = world
  github.staleReads({ seconds: 60 })
  await post('One')
  clock.move(40_000)
  await post('Two')
  expect(await bodies()).toEqual([])
  clock.move(30_000)
  expect(await bodies()).toEqual(['One'])
  clock.move(40_000)
  expect(await bodies()).toEqual(['One', 'Two'])
})

test('fresh again, at once', async () => {
  world.github.staleReads({ calls: 5 })
  await post('One')
  expect(await bodies()).toEqual([])
  world.github.staleReads()
  expect(await bodies()).toEqual(['One'])
})

test('`all`: the count and the comment itself are behind as well, and writes are not', async () => {
  world.github.staleReads({ calls: 2, scope: 'all' })
  const comment_id = await post('One')
  expect((await octokit.rest.issues.get(thread())).data.comments).toBe(0)
  await expect(octokit.rest.issues.getComment({ ...at, comment_id })).rejects.toMatchObject({ status: 404 })
  expect((await octokit.rest.issues.getComment({ ...at, comment_id })).data.body).toBe('One')
  await octokit.rest.issues.updateComment({ ...at, comment_id, body: 'Two' })
  expect(await bodies()).toEqual(['One'])
})

const LISTS = [
  {
    name: 'issues',
    write: () => world.github.openIssue(world.alice, { title: 'New' }),
    read: () => octokit.rest.issues.listForRepo(at),
    before: 2,
  },
  {
    name: 'pull requests',
    write: () => world.github.openPullRequest(world.alice, { title: 'New', head: 'new' }),
    read: () => octokit.rest.pulls.list(at),
    before: 1,
  },
  {
    name: 'labels of a thread',
    write: () => world.github.label(world.alice, world.issue, 'new'),
    read: () => octokit.rest.issues.listLabelsOnIssue(thread()),
    before: 1,
  },
  {
    name: 'labels of the repository',
    write: () => octokit.rest.issues.createLabel({ ...at, name: 'new' }),
    read: () => octokit.rest.issues.listLabelsForRepo(at),
    before: 1,
  },
  {
    name: 'reactions',
    write: () => octokit.rest.reactions.createForIssue({ ...thread(), content: 'eyes' }),
    read: () => octokit.rest.reactions.listForIssue(thread()),
    before: 0,
  },
  {
    name: 'comments of the repository',
    write: () => post('New'),
    read: () => octokit.rest.issues.listCommentsForRepo(at),
    before: 0,
  },
  {
    name: 'reviews',
    write: () => world.github.review(world.alice, world.pull, { state: 'approved' }),
    read: () => octokit.rest.pulls.listReviews({ ...at, pull_number: world.pull }),
    before: 0,
  },
  {
    name: 'comments on code',
    write: () => world.github.reviewComment(world.alice, world.pull, { path: 'a.ts', line: 1, body: 'New' }),
    read: () => octokit.rest.pulls.listReviewComments({ ...at, pull_number: world.pull }),
    before: 0,
  },
  {
    name: 'branches',
    write: () => world.github.openPullRequest(world.alice, { title: 'New', head: 'new' }),
    read: () => octokit.rest.repos.listBranches(at),
    before: 2,
  },
  {
    name: 'references',
    write: () => world.github.openPullRequest(world.alice, { title: 'New', head: 'new' }),
    read: () => octokit.rest.git.listMatchingRefs({ ...at, ref: 'heads/' }),
    before: 2,
  },
]
test.each(LISTS)('the list of $name is behind by one', async ({ write, read, before }) => {
  world.github.staleReads({ calls: 1 })
  await write()
  expect((await read()).data).toHaveLength(before)
  expect((await read()).data).toHaveLength(before + 1)
})
