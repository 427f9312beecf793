/** The emulated GitHub is held against GitHub's own description of its API: here, that the holding finds what is wrong. */
import { readFileSync } from 'node:fs'
import { startClock } from '../../emulator/clock.ts'
import { type Delivery, type GitHub, startGitHub } from '../../emulator/github/index.ts'
import type { Answer, Call } from '../../emulator/server.ts'
import { shapeOf } from '../../scripts/openapi/excerpt.ts'
import { lean } from '../../scripts/openapi/lean.ts'
import { faultsOfCall } from '../support/witness/call.ts'
import { operations } from '../support/witness/description.ts'
import { isById } from '../support/witness/request.ts'
import { faultsOfWebhook } from '../support/witness/webhook.ts'

let github: GitHub
const deliveries: Delivery[] = []

beforeAll(async () => {
  github = await startGitHub({ clock: startClock(), repository: 'acme/widgets' })
  github.onDelivery((delivery) => deliveries.push(delivery))
  const alice = github.person('alice', 'write')
  const { number } = github.openIssue(alice, { title: 'Dates' })
  for (let n = 0; n < 4; n += 1) github.comment(alice, number, 'Hello')
  github.schedule('17 */2 * * *')
})

afterAll(() => github.stop())

const COMMENTS = '/repos/acme/widgets/issues/1/comments'
const LIST = `${COMMENTS}?per_page=2&page=2`

/** A call as it arrived, with what became of it. */
async function made(path: string, body?: object): Promise<Call & { own: Answer }> {
  const headers = { authorization: `Bearer ${github.mintToken({ issues: 'write' })}` }
  await fetch(`${github.url}${path}`, { headers, ...(body && { method: 'POST', body: JSON.stringify(body) }) })
  const call = github.server.calls.at(-1)
  if (call?.own === undefined) throw new Error('The call did not arrive.')
  return { ...call, own: { ...call.own, body: structuredClone(call.own.body) } }
}

test('GitHub has every route of the emulator, by the same name, method and path', () => {
  const routes = github.server.routes.filter(({ name, pattern }) => name !== 'absent' && !isById(pattern))
  const theirs = routes.map(({ name }) => {
    const { method = '', path = '', operationId = '' } = operations[name] ?? {}
    const spoken = operationId.replace('/', '.').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
    return `${spoken} ${method} ${shapeOf(path)}`
  })
  // A route that is missing here is taken over by `npm run openapi`.
  expect(theirs).toEqual(routes.map(({ name, method, pattern }) => `${name} ${method} ${shapeOf(pattern)}`))
  expect(Object.keys(operations)).toHaveLength(routes.length)
})

test('the description is small, names its version, and has no prose', () => {
  const text = readFileSync(new URL('../support/openapi/github.json', import.meta.url), 'utf8')
  expect(text.length).toBeLessThan(400_000)
  expect(JSON.parse(text).from).toMatch(/^@octokit\/openapi@\d+\.\d+\.\d+$/)
  const properties = { description: { type: 'string', description: 'Words' }, title: { type: 'string', example: 'x' } }
  const bare = { description: { type: 'string' }, title: { type: 'string' } }
  expect(lean({ title: 'A thing', 'x-github': {}, properties })).toEqual({ properties: bare })
})

test('what is right is found right', async () => {
  for (const path of [LIST, '/repos/acme/widgets', '/user', '/rate_limit', `${COMMENTS}?since=2026-08-24T10:00:41Z`])
    expect(faultsOfCall(await made(path))).toEqual([])
  expect(faultsOfCall(await made(COMMENTS, { body: 'Hello' }))).toEqual([])
  expect(faultsOfCall(await made('/graphql', { query: '{ viewer { login databaseId } }' }))).toEqual([])
  expect(deliveries.flatMap(faultsOfWebhook)).toEqual([])
})

const REQUESTS: { name: string; path?: string; sent?: object; change: (call: Call) => Partial<Call>; fault: string }[] =
  [
    {
      name: 'a missing field',
      path: COMMENTS,
      sent: { body: 'Hello' },
      change: () => ({ body: {} }),
      fault: "must have required property 'body'",
    },
    {
      name: 'a field of the wrong type',
      path: COMMENTS,
      sent: { body: 'Hello' },
      change: () => ({ body: { body: 5 } }),
      fault: '/body must be string',
    },
    {
      name: 'a field that GitHub does not know',
      path: COMMENTS,
      sent: { body: 'Hello' },
      change: () => ({ body: { body: 'Hello', bodi: 'Hello' } }),
      fault: 'must NOT have additional properties: bodi',
    },
    {
      name: 'no body',
      path: COMMENTS,
      sent: { body: 'Hello' },
      change: () => ({ text: '', body: undefined }),
      fault: 'the request has no body',
    },
    {
      name: 'a body that is not JSON',
      path: COMMENTS,
      sent: { body: 'Hello' },
      change: () => ({ text: '{', body: undefined }),
      fault: 'is not JSON',
    },
    { name: 'a body where there is none', change: () => ({ text: '{}', body: {} }), fault: 'none is described' },
    {
      name: 'an unknown query parameter',
      change: () => ({ query: new URLSearchParams('sorted=asc') }),
      fault: 'the query has sorted, which is not described',
    },
    {
      name: 'a query parameter of the wrong type',
      change: () => ({ query: new URLSearchParams('per_page=many') }),
      fault: 'per_page is many: must be integer',
    },
    {
      name: 'a query parameter of the wrong form',
      change: () => ({ query: new URLSearchParams('since=yesterday') }),
      fault: 'since is yesterday: must match format "date-time"',
    },
    {
      name: 'a query parameter twice',
      change: () => ({ query: new URLSearchParams('page=1&page=2') }),
      fault: 'the query has page 2 times',
    },
    {
      name: 'a word for a number in the path',
      change: ({ params }) => ({ params: { ...params, number: 'one' } }),
      fault: 'issue_number is one: must be integer',
    },
    { name: 'a route that nobody planned for', change: () => ({ route: undefined }), fault: 'has no such route' },
  ]

test.each(REQUESTS)('a request with $name is found wrong', async ({ path = LIST, sent, change, fault }) => {
  const call = await made(path, sent)
  const wrong = { ...call, ...change(call) }
  expect(faultsOfCall(wrong)).toEqual([expect.stringContaining(fault)])
  expect(faultsOfCall({ ...wrong, own: undefined })).toEqual([expect.stringContaining(fault)])
})

function firstOf(body: unknown): object {
  return Array.isArray(body) ? Object(body[0]) : {}
}

const ANSWERS: {
  name: string
  path?: string
  sent?: object
  change: (own: Answer) => Partial<Answer>
  fault: string
}[] = [
  { name: 'an undocumented status', change: () => ({ status: 418 }), fault: '418 is not described' },
  {
    name: 'a missing field',
    change: ({ body }) => ({ body: [{ ...firstOf(body), user: undefined }] }),
    fault: "/0 must have required property 'user'",
  },
  {
    name: 'a field of the wrong type',
    change: ({ body }) => ({ body: [{ ...firstOf(body), id: 'one' }] }),
    fault: '/0/id must be integer',
  },
  {
    name: 'a time of the wrong form',
    change: ({ body }) => ({ body: [{ ...firstOf(body), created_at: 'now' }] }),
    fault: '/0/created_at must match format "date-time"',
  },
  {
    name: 'an invented field',
    change: ({ body }) => ({ body: [{ ...firstOf(body), mood: 'good' }] }),
    fault: '/0 must NOT have additional properties: mood',
  },
  { name: 'text', change: () => ({ text: '<html>', body: undefined }), fault: 'the answer is text' },
  { name: 'no body', change: () => ({ body: undefined }), fault: 'the answer has no body' },
  { name: 'a body that says nothing new', change: () => ({ status: 304 }), fault: 'none is described' },
  {
    name: 'links of another form',
    change: () => ({ headers: { link: '</next>; rel=next' } }),
    fault: 'not of GitHub’s form',
  },
  {
    name: 'links to another list',
    change: () => ({ headers: { link: `<${github.url}/repos/acme/widgets/issues?page=2>; rel="next"` } }),
    fault: 'leads to no page of the same list',
  },
  {
    name: 'links from what is no list',
    path: '/repos/acme/widgets',
    change: () => ({ headers: { link: `<${github.url}/repos/acme/widgets?page=2>; rel="next"` } }),
    fault: 'a header Link, and none is described',
  },
  {
    name: 'no word of where the new thing is',
    path: COMMENTS,
    sent: { body: 'Hello' },
    change: () => ({ headers: {} }),
    fault: 'lacks the header Location',
  },
  {
    name: 'half of what was asked over GraphQL',
    path: '/graphql',
    sent: { query: '{ viewer { login databaseId } }' },
    change: () => ({ body: { data: { viewer: { login: 'alice' } } } }),
    fault: "must have required property 'databaseId'",
  },
]

test.each(ANSWERS)('an answer with $name is found wrong', async ({ path = LIST, sent, change, fault }) => {
  const call = await made(path, sent)
  expect(faultsOfCall({ ...call, own: { ...call.own, ...change(call.own) } })).toEqual(
    expect.arrayContaining([expect.stringContaining(fault)]),
  )
})

const WEBHOOKS = [
  { name: 'a missing field', change: { comment: undefined }, fault: "must have required property 'comment'" },
  { name: 'a field of the wrong type', change: { issue: 1 }, fault: '/issue must be object' },
  { name: 'an invented field', change: { mood: 'good' }, fault: 'must NOT have additional properties: mood' },
  { name: 'an unknown action', change: { action: 'sung' }, fault: 'no schema of that name' },
]

test.each(WEBHOOKS)('a webhook with $name is found wrong', ({ change, fault }) => {
  const comment = deliveries.find(({ event }) => event === 'issue_comment')
  const payload = { ...comment?.payload, ...change }
  const faults = faultsOfWebhook({ event: 'issue_comment', payload, cause: 'user' })
  expect(faults).toEqual(expect.arrayContaining([expect.stringContaining(fault)]))
})

test('an hour that is no line of a crontab is found wrong', () => {
  const payload = { ...deliveries.find(({ event }) => event === 'schedule')?.payload, schedule: 'hourly' }
  expect(faultsOfWebhook({ event: 'schedule', payload, cause: 'user' })).toEqual([
    expect.stringContaining('/schedule must match pattern'),
  ])
})
