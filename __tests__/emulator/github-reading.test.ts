/** Merges, authors, references, pages and conditional reads, through GitHub's own client. */
import type { Delivery } from '../../emulator/github/index.ts'
import { at, call, client, type Small, small, USUAL } from './github-world.ts'

let world: Small
let octokit: ReturnType<typeof client>
let deliveries: Delivery[]
beforeEach(async () => {
  world = await small()
  octokit = client(world.github, world.github.mintToken(USUAL))
  deliveries = []
  world.github.onDelivery((delivery) => deliveries.push(delivery))
})
afterEach(async () => {
  expect(world.github.server.unplanned).toEqual([])
  await world.github.stop()
})

const REPO = '/repos/acme/widgets'
const thread = { ...at, issue_number: 1 }
const pull = { ...at, pull_number: 2 }
const happened = () => deliveries.map(({ event, payload }) => `${event} ${Reflect.get(payload, 'action')}`)

test('whether it can be merged is known at the second look', async () => {
  const { github, alice } = world
  const state = async () => {
    const { mergeable, mergeable_state, merge_commit_sha } = (await octokit.rest.pulls.get(pull)).data
    return [mergeable, mergeable_state, merge_commit_sha?.length]
  }
  expect(await state()).toEqual([null, 'unknown', undefined])
  expect(await state()).toEqual([true, 'clean', 40])
  github.conflict(2)
  expect(await state()).toEqual([null, 'unknown', undefined])
  expect(await state()).toEqual([false, 'dirty', undefined])
  github.conflict(2, false)
  github.draftPullRequest(alice, 2, true)
  expect([await state(), await state()][1]).toEqual([true, 'draft', 40])
  github.closePullRequest(alice, 2, { merged: true })
  expect(await state()).toEqual([null, 'unknown', 40])
  expect(happened()).toEqual(['pull_request converted_to_draft', 'pull_request closed'])
})

test('a pull request with conflicts says so to the service that would start its workflows', () => {
  world.github.openPullRequest(world.alice, { title: 'Clash', head: 'clash', conflicting: true, draft: true })
  expect(deliveries[0]?.payload).toMatchObject({ pull_request: { mergeable: false, draft: true } })
})

test.each(['Fixes #1', 'resolved acme/widgets#1', 'Closes: https://github.com/acme/widgets/issues/1'])(
  '%s closes the issue when it is merged',
  async (body) => {
    const { github, alice } = world
    const { number } = github.openPullRequest(alice, {
      title: 'Mend',
      head: 'mend',
      body: `${body}, not acme/other#2.`,
    })
    github.closePullRequest(alice, number, { merged: true })
    expect((await octokit.rest.issues.get(thread)).data).toMatchObject({
      state: 'closed',
      closed_by: { login: 'alice' },
    })
  },
)

test('what is fixed elsewhere is not closed here', async () => {
  const { github, alice } = world
  const { number } = github.openPullRequest(alice, { title: 'Mend', head: 'mend', body: 'Fixes acme/gadgets#1' })
  github.closePullRequest(alice, number, { merged: true })
  expect((await octokit.rest.issues.get(thread)).data.state).toBe('open')
})

test('members who hide it are contributors at most', async () => {
  const { github, alice, pull: number } = await small({ membership: 'private' })
  const hers = async () => (await client(github).rest.issues.get(thread)).data.author_association
  expect(await hers()).toBe('NONE')
  github.closePullRequest(alice, number, { merged: true })
  expect(await hers()).toBe('CONTRIBUTOR')
  await github.stop()
})

test('comments of apps say so', async () => {
  const { github, alice } = world
  const jules = github.person('google-labs-jules[bot]')
  const apps = [github.comment(alice, 1, 'Mine'), github.comment(jules, 1, 'Its')].map(async ({ id }) => {
    const { data } = await octokit.rest.issues.getComment({ ...at, comment_id: id })
    return data.performed_via_github_app?.slug
  })
  expect(await Promise.all(apps)).toEqual([undefined, 'google-labs-jules'])
})

test('references and the pull requests of a commit', async () => {
  const { github } = world
  const { data } = await octokit.rest.git.getRef({ ...at, ref: 'heads/fix-dates' })
  expect(data).toMatchObject({ ref: 'refs/heads/fix-dates', object: { type: 'commit' } })
  await expect(octokit.rest.git.getRef({ ...at, ref: 'heads/fix' })).rejects.toMatchObject({ status: 404 })
  const near = await octokit.rest.git.listMatchingRefs({ ...at, ref: 'heads/fix' })
  expect(near.data.map(({ ref }) => ref)).toEqual(['refs/heads/fix-dates'])
  expect((await octokit.rest.git.listMatchingRefs({ ...at, ref: 'tags/' })).data).toEqual([])
  const found = await octokit.rest.repos.listPullRequestsAssociatedWithCommit({ ...at, commit_sha: data.object.sha })
  expect(found.data.map(({ number }) => number)).toEqual([2])
  const unknown = call(github, github.mintToken({}), `GET ${REPO}/commits/${'0'.repeat(40)}/pulls`)
  expect(await unknown).toMatchObject({ status: 422, json: { message: `No commit found for SHA: ${'0'.repeat(40)}` } })
})

test('the comments of all threads', async () => {
  const { github, alice, clock } = world
  github.comment(alice, 1, 'One')
  clock.move(60_000)
  const since = new Date(clock.now()).toISOString()
  github.comment(alice, 2, 'Two')
  const said = async (more: object) =>
    (await octokit.rest.issues.listCommentsForRepo({ ...at, ...more })).data.map(({ body }) => body)
  expect(await said({})).toEqual(['One', 'Two'])
  expect(await said({ sort: 'updated', direction: 'desc' })).toEqual(['Two', 'One'])
  expect(await said({ since })).toEqual(['Two'])
})

test('pages lead on by the id of the repository, and can be followed', async () => {
  const { github, alice } = world
  for (const body of ['One', 'Two', 'Three']) github.comment(alice, 1, body)
  const { headers } = await octokit.rest.issues.listComments({ ...thread, per_page: 2 })
  const next = /<http:\/\/[^/]+([^>]+)>; rel="next"/.exec(headers.link ?? '')?.[1]
  expect(next).toBe(`/repositories/${github.store.repository.id}/issues/1/comments?per_page=2&page=2`)
  expect((await call(github, github.mintToken({}), `GET ${next}`)).json).toMatchObject([{ body: 'Three' }])
  expect((await call(github, github.mintToken({}), 'GET /repositories/5/issues/1/comments')).status).toBe(404)
  const all = await octokit.paginate(octokit.rest.issues.listComments, { ...thread, per_page: 1 })
  expect(all.map(({ body }) => body)).toEqual(['One', 'Two', 'Three'])
})

test('what has not changed since a time, or since a tag, costs nothing', async () => {
  const { github } = world
  const token = github.mintToken({})
  const first = await call(github, token, `GET ${REPO}/issues/1`)
  const [etag, modified] = [first.headers.get('etag') ?? '', first.headers.get('last-modified') ?? '']
  expect(Date.parse(modified)).toBe(Date.parse(String(Reflect.get(Object(first.json), 'updated_at'))))
  const conditions = [{ 'if-none-match': etag }, { 'if-none-match': etag.slice(2) }, { 'if-modified-since': modified }]
  for (const headers of conditions) {
    const again = await call(github, token, `GET ${REPO}/issues/1`, undefined, headers)
    expect([again.status, again.text, again.headers.get('x-ratelimit-used')]).toEqual([304, '', '1'])
  }
  world.clock.move(5_000)
  github.label(world.alice, 1, 'new')
  for (const headers of conditions)
    expect((await call(github, token, `GET ${REPO}/issues/1`, undefined, headers)).status).toBe(200)
})
