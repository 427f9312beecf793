/** Changes to threads, labels, locks and reactions, through GitHub's own client. */

import type { Delivery } from '../../emulator/github/index.ts'
import { WRONG as WRONG_ON_PURPOSE } from '../support/witness/on-purpose.ts'
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
const failed = (error: object) => ({ status: 422, response: { data: { errors: [error] } } })

test('an issue is opened, changed, closed for a reason and opened again', async () => {
  const { data } = await octokit.rest.issues.create({ ...at, title: 'New', body: 'Words', labels: ['bug'] })
  const on = { ...at, issue_number: data.number }
  await octokit.rest.issues.update({ ...on, title: 'Newer', labels: ['later'] })
  await octokit.rest.issues.update({ ...on, title: 'Newer' })
  const closed = await octokit.rest.issues.update({ ...on, state: 'closed', state_reason: 'not_planned' })
  expect(closed.data).toMatchObject({ title: 'Newer', state: 'closed', state_reason: 'not_planned' })
  expect(closed.data.performed_via_github_app).toMatchObject({ id: 15368, slug: 'github-actions' })
  await octokit.rest.issues.update({ ...on, state: 'open' })
  const acts = ['opened', 'labeled', 'edited', 'unlabeled', 'labeled', 'closed', 'reopened']
  expect(happened()).toEqual(acts.map((act) => `issues ${act}`))
})

const LONG = 'x'.repeat(257)
const WRONG: { name: string; act(): Promise<unknown>; error: object }[] = [
  {
    name: 'a title that is too long',
    act: () => octokit.rest.issues.update({ ...thread, title: LONG }),
    error: { resource: 'Issue', field: 'title', message: 'title is too long (maximum is 256 characters)' },
  },
  {
    name: 'a blank title',
    act: () => octokit.rest.issues.create({ ...at, title: ' ' }),
    error: { resource: 'Issue', field: 'title', message: "title can't be blank" },
  },
  {
    name: 'a body that is too long',
    act: () => octokit.rest.pulls.update({ ...pull, body: 'x'.repeat(65_537) }),
    error: { resource: 'Issue', field: 'body', message: 'body is too long (maximum is 65536 characters)' },
  },
  {
    name: 'a label with a name that is too long',
    act: () => octokit.rest.issues.addLabels({ ...thread, labels: ['x'.repeat(51)] }),
    error: { value: 'x'.repeat(51), resource: 'Label', field: 'name', code: 'invalid' },
  },
  {
    name: 'a new label with such a name',
    act: () => octokit.rest.issues.createLabel({ ...at, name: 'x'.repeat(51) }),
    error: { resource: 'Label', field: 'name', code: 'invalid' },
  },
  {
    name: 'a hundred and one labels',
    act: () => octokit.rest.issues.setLabels({ ...thread, labels: Array.from({ length: 101 }, (_, n) => `l${n}`) }),
    error: { resource: 'Issue', field: 'labels' },
  },
  {
    name: 'a state that there is none',
    act: () => octokit.request(`PATCH ${REPO}/issues/1`, { state: 'shut', headers: WRONG_ON_PURPOSE } as never),
    error: { resource: 'Issue', field: 'state', code: 'invalid' },
  },
]
test.each(WRONG)('$name is refused, and nothing happens', async ({ act, error }) => {
  await expect(act()).rejects.toMatchObject(failed(error))
  expect(happened()).toEqual([])
})

test('all labels at once, whatever the case of their letters', async () => {
  await octokit.rest.issues.setLabels({ ...thread, labels: ['BUG', 'new'] })
  expect((await octokit.rest.issues.listLabelsOnIssue(thread)).data.map(({ name }) => name)).toEqual(['bug', 'new'])
  expect((await octokit.rest.issues.removeAllLabels(thread)).status).toBe(204)
  expect((await octokit.rest.issues.listLabelsForRepo(at)).data.map(({ name }) => name)).toEqual(['bug', 'new'])
  expect(happened()).toEqual(['issues labeled', 'issues unlabeled', 'issues unlabeled'])
})

test('a locked thread takes words only from people who may push, from no token of an app; the lock has its reason', async () => {
  const { github } = world
  const { data } = await octokit.rest.issues.createComment({ ...thread, body: 'Ours' })
  await octokit.rest.issues.lock({ ...thread, lock_reason: 'too heated' })
  expect((await octokit.rest.issues.get(thread)).data).toMatchObject({ locked: true, active_lock_reason: 'too heated' })
  const app = client(github, github.mintToken({ ...USUAL, contents: 'write' }))
  const pusher = client(github, github.mintTokenFor(github.person('alice', 'write')))
  const words = { ...at, comment_id: data.id, body: 'Changed' }
  const says = (what: string) => ({
    status: 403,
    response: { data: { message: `Unable to ${what} because issue is locked.` } },
  })
  await expect(octokit.rest.issues.createComment({ ...thread, body: 'x' })).rejects.toMatchObject(
    says('create comment'),
  )
  await expect(app.rest.issues.createComment({ ...thread, body: 'x' })).rejects.toMatchObject(says('create comment'))
  await expect(octokit.rest.issues.updateComment(words)).rejects.toMatchObject(says('update comment'))
  const eyes = { ...at, comment_id: data.id, content: 'eyes' } as const
  await expect(octokit.rest.reactions.createForIssueComment(eyes)).rejects.toMatchObject(says('create reaction'))
  await expect(octokit.rest.reactions.createForIssue({ ...thread, content: 'eyes' })).rejects.toMatchObject({
    status: 403,
  })
  expect((await pusher.rest.issues.updateComment(words)).data.body).toBe('Changed')
  expect((await octokit.rest.issues.addLabels({ ...thread, labels: ['new'] })).status).toBe(200)
  await octokit.rest.issues.unlock(thread)
  expect((await octokit.rest.reactions.createForIssueComment(eyes)).status).toBe(201)
})

test('a comment that a person has deleted is gone for us, and so are its reactions', async () => {
  const { github, alice } = world
  const { data } = await octokit.rest.issues.createComment({ ...thread, body: 'Ours' })
  github.deleteComment(alice, data.id)
  const gone = { ...at, comment_id: data.id }
  await expect(octokit.rest.issues.updateComment({ ...gone, body: 'x' })).rejects.toMatchObject({ status: 404 })
  await expect(octokit.rest.reactions.createForIssueComment({ ...gone, content: 'eyes' })).rejects.toMatchObject({
    status: 404,
  })
  await expect(octokit.rest.reactions.listForIssueComment(gone)).rejects.toMatchObject({ status: 404 })
})

test('reactions are listed, by kind too; reviews have none', async () => {
  const { github, alice } = world
  const own = client(github, github.mintTokenFor(alice))
  await own.rest.reactions.createForIssue({ ...thread, content: 'eyes' })
  const { data } = await octokit.rest.reactions.createForIssue({ ...thread, content: 'rocket' })
  const listed = await octokit.rest.reactions.listForIssue(thread)
  expect(listed.data.map(({ content, user }) => `${user?.login} ${content}`)).toEqual([
    'alice eyes',
    'github-actions[bot] rocket',
  ])
  expect((await octokit.rest.reactions.listForIssue({ ...thread, content: 'eyes' })).data).toHaveLength(1)
  await octokit.rest.reactions.deleteForIssue({ ...thread, reaction_id: data.id })
  expect((await octokit.rest.reactions.listForIssue(thread)).data).toHaveLength(1)
  const review = github.review(alice, 2, { state: 'approved' })
  const line = `POST ${REPO}/pulls/2/reviews/${review.id}/reactions`
  expect((await call(github, github.mintToken(USUAL), line, { content: 'eyes' })).status).toBe(404)
})
