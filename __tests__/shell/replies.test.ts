/** A thousand damaged copies of each reply of Jules, and a hundred of each of GitHub, through what reads them. */
import { createServer, type Server } from 'node:http'
import { list } from '../../src/core/outside.ts'
import { type Activity, STATES } from '../../src/core/session.ts'
import * as branches from '../../src/shell/github/branch.ts'
import { type GitHubClient, githubClient } from '../../src/shell/github/client.ts'
import * as github from '../../src/shell/github/read.ts'
import { readLabeled } from '../../src/shell/github/read-all.ts'
import { readPull } from '../../src/shell/github/read-pull.ts'
import { type JulesClient, julesClient } from '../../src/shell/jules/client.ts'
import { getSession, listActivities, listSources, newestSessions } from '../../src/shell/jules/read.ts'
import { readActivity, readPage, readSession, readSource } from '../../src/shell/jules/schema.ts'
import { ServiceError } from '../../src/shell/service-error.ts'
import { startCaller } from '../emulator/jules-caller.ts'
import { mutants, SEED } from '../support/mutate.ts'
import {
  among,
  type Check,
  either,
  every,
  isFlag,
  isLike,
  isText,
  isTextUpTo,
  isWhole,
  maybe,
  only,
} from '../support/shape.ts'
import { endWorlds, tellDirectly } from '../support/story.ts'

/** Ids go into addresses and into our record. */
const isId = isLike(/^[A-Za-z0-9_-]{1,128}$/)
const isPlan = only({
  id: isTextUpTo(64),
  steps: every(only({ title: isTextUpTo(500), description: isTextUpTo(2000) }), 100),
})
const HAPPENINGS: Record<string, Record<string, Check>> = {
  'plan-generated': { plan: isPlan },
  'plan-approved': { plan: isTextUpTo(64) },
  'user-messaged': { message: isText },
  'agent-messaged': { message: isText },
  progress: { title: isText, description: isTextUpTo(2000) },
  completed: {},
  failed: { why: isText },
  unknown: {},
}
const isActivity = only({
  id: isId,
  at: isText,
  by: among('user', 'agent', 'system'),
  happening: either(...Object.entries(HAPPENINGS).map(([kind, parts]) => only({ kind: among(kind), ...parts }))),
  commands: every(only({ command: isTextUpTo(300), exitCode: isWhole })),
  patch: isText,
  media: every(only({ mimeType: isTextUpTo(100), data: isLike(/^[A-Za-z0-9+/]+={0,2}$/) })),
  leftOut: only({ large: isWhole, surplus: isWhole, unfit: isWhole, unreadable: isWhole }),
  unknown: maybe(every(isTextUpTo(60), 3)),
})
const isSession = only({
  id: either(isId, among('')),
  url: isText,
  title: isText,
  prompt: isText,
  state: among(...STATES, 'UNKNOWN'),
  rawState: isText,
  source: isText,
  branch: isText,
  created: isText,
  updated: isText,
  pullRequest: maybe(only({ url: isText, title: isText, head: isText, base: isText })),
  patch: isText,
  archived: isFlag,
})
const isSource = only({ name: isText, owner: isText, repo: isText })
const isPageOf = (check: Check): Check => only({ items: every(check), next: isText })

type Reply = { name: string; reply: unknown; read(reply: unknown): unknown; is: Check }

/** Replies of the emulated Jules to what we ask, one activity of each kind. */
async function recorded(): Promise<Reply[]> {
  const caller = await startCaller()
  const activities = new Map<string, unknown>()
  for (const scenario of ['media', 'question', 'failure', 'plan-gate']) {
    const id = await caller.create(`Mend it. [scenario: ${scenario}]`)
    caller.follow(id, 900)
    if (scenario === 'question')
      await caller.call('POST', `/sessions/${id}:sendMessage`, { prompt: 'By the calendar.' })
    const { body } = await caller.call('GET', `/sessions/${id}/activities?pageSize=100`)
    for (const activity of list(body, 'activities')) activities.set(kindOf(activity), activity)
  }
  const id = await caller.create('Mend it.')
  caller.follow(id, 600)
  await caller.jules.settled()
  const get = async (path: string): Promise<unknown> => (await caller.call('GET', path)).body
  const source = 'sources/github/acme/widgets'
  const replies: Reply[] = [
    { name: 'session', reply: await get(`/sessions/${id}`), read: readSession, is: isSession },
    { name: 'source', reply: await get(`/${source}`), read: readSource, is: isSource },
    {
      name: 'page of sessions',
      reply: await get('/sessions?pageSize=3'),
      read: (reply) => readPage(reply, 'sessions', readSession),
      is: isPageOf(isSession),
    },
    {
      name: 'page of activities',
      reply: await get(`/sessions/${id}/activities?pageSize=4`),
      read: (reply) => readPage(reply, 'activities', readActivity),
      is: isPageOf(isActivity),
    },
    {
      name: 'page of sources',
      reply: await get('/sources'),
      read: (reply) => readPage(reply, 'sources', readSource),
      is: isPageOf(isSource),
    },
    ...[...activities].map(([kind, reply]) => ({ name: kind, reply, read: readActivity, is: maybe(isActivity) })),
  ]
  await caller.jules.stop()
  return replies
}

/** Activities are told apart by what happened and by what they bring along. */
function kindOf(activity: unknown): string {
  const common = ['name', 'id', 'createTime', 'originator', 'description', 'artifacts']
  const happened = Object.keys(activity ?? {}).find((key) => !common.includes(key)) ?? ''
  return [happened, ...list(activity, 'artifacts').flatMap((artifact) => Object.keys(artifact ?? {}))].join(' with ')
}

const KINDS_OF_ACTIVITIES = [
  ...['planGenerated', 'planApproved', 'userMessaged', 'agentMessaged', 'progressUpdated'],
  ...['sessionCompleted', 'sessionFailed'],
]

const JULES_KEYS = [
  ...['id', 'name', 'state', 'outputs', 'pullRequest', 'changeSet', 'gitPatch', 'unidiffPatch', 'sourceContext'],
  ...['artifacts', 'bashOutput', 'exitCode', 'command', 'media', 'data', 'mimeType', 'plan', 'steps', 'title'],
  ...['description', 'planGenerated', 'planApproved', 'planId', 'agentMessaged', 'agentMessage', 'progressUpdated'],
  ...['sessionFailed', 'reason', 'originator', 'createTime', 'nextPageToken', 'sessions', 'activities', 'sources'],
]

describe(`F-18 F-60 T-134 T-140 a thousand damaged replies of Jules of each kind, SEED=${SEED}`, () => {
  test('each is read as what it is, and nothing in it is an exception', async () => {
    const replies = await recorded()
    const happened = new Set(replies.map(({ name }) => name.split(' ')[0]))
    for (const one of KINDS_OF_ACTIVITIES) expect(happened).toContain(one)
    for (const { name, reply, read, is } of replies) {
      expect([name, is(read(reply))]).toEqual([name, true])
      const broken: string[] = []
      for (const { value, damage } of mutants(reply, { keys: JULES_KEYS, count: 1000, name }))
        if (!is(read(value))) broken.push(`${name}, ${damage}: ${JSON.stringify(read(value)).slice(0, 300)}`)
      expect(broken.slice(0, 5)).toEqual([])
    }
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })
})

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})
afterAll(endWorlds)

/** A server that gives the same answer to everything, whichever is set at the time. */
async function parrot(): Promise<{ url: string; answer: { status: number; body: string } }> {
  const answer = { status: 200, body: '{}' }
  const server = createServer((_, response) => {
    response.writeHead(answer.status, { 'content-type': 'application/json; charset=utf-8' }).end(answer.body)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return { url: `http://127.0.0.1:${port}`, answer }
}

const patience = { left: () => 60_000, pause: async () => {}, spend: () => true, random: () => 0 }
const signal = new AbortController().signal

/** `well` for an answer of the right form or a typed error, else what came instead. */
async function endOf(asked: Promise<unknown>, is: Check): Promise<string> {
  try {
    const read = await asked
    return is(read) ? 'well' : `misread as ${JSON.stringify(read)?.slice(0, 300)}`
  } catch (error) {
    return error instanceof ServiceError ? 'well' : String(error)
  }
}

const isPerson = only({ id: isWhole, login: isLike(/^[\w.-]{1,100}(\[bot\])?$/), bot: isFlag })
const isTime: Check = (value) => typeof value === 'number'
const isComment = only({
  id: isWhole,
  body: isText,
  author: maybe(isPerson),
  url: isText,
  created: isTime,
  updated: isTime,
})
const isHead = only({
  branch: isText,
  commit: isLike(/^([0-9a-f]{40})?$/),
  ofThisRepository: isFlag,
  body: isText,
  url: isText,
})
const threadFields = {
  number: isWhole,
  kind: among('issue', 'pull-request'),
  title: isText,
  body: isText,
  author: maybe(isPerson),
  locked: isFlag,
  closed: isFlag,
  labels: every(isText),
  head: maybe(isHead),
  comments: isWhole,
  updated: isWhole,
}
const isThread = only(threadFields)
const isPermission = either(
  only({ kind: among('unknown') }),
  only({ kind: among('known'), id: isWhole, permission: isText, role: isText }),
)

type Question = { name: string; path: string; ask(client: GitHubClient): Promise<unknown>; is: Check }

const PULL = 2
const QUESTIONS: Question[] = [
  {
    name: 'comments',
    path: 'issues/1/comments',
    ask: (client) => commentsAndTheirAuthors(client),
    is: every(isComment),
  },
  { name: 'issue', path: 'issues/1', ask: (client) => github.readThread(client, 1), is: isThread },
  { name: 'pull request', path: `pulls/${PULL}`, ask: (client) => readPull(client, PULL), is: isHead },
  {
    name: 'labeled threads',
    path: 'issues',
    ask: (client) => readLabeled(client, 'x'),
    is: every(isThread),
  },
  {
    name: 'permission',
    path: 'collaborators/ann/permission',
    ask: (client) => github.readPermission(client, { login: 'ann', id: 1, bot: false }),
    is: isPermission,
  },
  { name: 'repository', path: '', ask: branches.readDefaultBranch, is: isText },
  { name: 'branch', path: 'branches/main', ask: (client) => branches.hasBranch(client, 'main'), is: isFlag },
  { name: 'branches', path: 'branches', ask: branches.readBranches, is: every(isText) },
]

/** Whoever is named in a reply is asked about next. */
async function commentsAndTheirAuthors(client: GitHubClient): Promise<unknown> {
  const comments = await github.readComments(client, 1)
  const authors = comments.slice(0, 2).flatMap(({ author }) => author ?? [])
  const seen = await Promise.all(authors.map((author) => github.readPermission(client, author)))
  return seen.every(isPermission) ? comments : seen
}

/** What the emulated GitHub answers to each. */
async function answers(): Promise<Map<string, unknown>> {
  const world = await tellDirectly()
  world.github.comment(world.ann, world.issue, 'Does anybody know why?')
  world.github.comment(world.rob, world.issue, '/jules fix it')
  world.github.label(world.ann, world.issue, 'bug')
  world.github.openPullRequest(world.ann, { title: 'Mine', head: 'mine' })
  const token = world.github.mintToken({ contents: 'read', issues: 'write', pull_requests: 'write' })
  const found = new Map<string, unknown>()
  for (const { name, path } of QUESTIONS) {
    const url = `${world.github.url}/repos/acme/widgets${path === '' ? '' : `/${path}`}`
    const reply = await fetch(url, { headers: { authorization: `token ${token}`, 'user-agent': 'test' } })
    if (!reply.ok) throw new Error(`${url}: ${await reply.text()}`)
    found.set(name, await reply.json())
  }
  return found
}

const GITHUB_KEYS = [
  ...['id', 'login', 'type', 'user', 'body', 'created_at', 'updated_at', 'html_url', 'number', 'title', 'labels'],
  ...['name', 'head', 'base', 'repo', 'ref', 'pull_request', 'permission', 'role_name', 'default_branch', 'locked'],
]

describe(`F-18 F-43 F-60 a hundred damaged replies of GitHub of each kind, SEED=${SEED}`, () => {
  test('each is read as what it is, or is a typed error', async () => {
    const { url, answer } = await parrot()
    const client = githubClient({ url, token: 'token', repository: 'acme/widgets', patience, signal })
    const broken: string[] = []
    for (const [name, reply] of await answers()) {
      const question = QUESTIONS.find((one) => one.name === name)
      if (question === undefined) throw new Error(name)
      for (const { value, damage } of mutants(reply, { keys: GITHUB_KEYS, count: 100, name })) {
        answer.body = JSON.stringify(value) ?? ''
        const end = await endOf(question.ask(client), question.is)
        if (end !== 'well') broken.push(`${name}, ${damage}: ${end}`)
      }
    }
    expect(broken.slice(0, 5)).toEqual([])
  })

  test('F-43 so is each damaged refusal, and who we are stays known', async () => {
    const { url, answer } = await parrot()
    const client = githubClient({ url, token: 'token', repository: 'acme/widgets', patience, signal })
    const refusal = {
      message: 'Validation Failed',
      errors: [{ code: 'custom' }],
      documentation_url: 'x',
      status: '422',
    }
    const broken: string[] = []
    for (const { value, damage } of mutants(refusal, { keys: ['message', 'errors'], count: 100, name: 'refusal' })) {
      Object.assign(answer, { status: damage.length % 2 === 0 ? 422 : 502, body: JSON.stringify(value) ?? '' })
      const end = await endOf(github.readThread(client, 1), () => false)
      const identity = await endOf(github.readIdentity(client), isWhole)
      if (`${end}${identity}` !== 'wellwell') broken.push(`${answer.body.slice(0, 200)} ${damage}: ${end}, ${identity}`)
    }
    expect(broken.slice(0, 5)).toEqual([])
  })

  test.each([
    { name: 'a number beyond all', body: '{"message": "no", "errors": [12345678901234567890]}' },
    { name: 'a message that is no text', body: '{"message": {"toString": 1, "valueOf": 1}}' },
    { name: 'a lone number beyond all', body: '12345678901234567890' },
    { name: 'deep nesting', body: '['.repeat(100_000) + ']'.repeat(100_000) },
    { name: 'null', body: 'null' },
    { name: 'nothing', body: '' },
  ])('T-136 T-140 a refusal with $name is a typed error', async ({ body }) => {
    const { url, answer } = await parrot()
    Object.assign(answer, { status: 500, body })
    const client = githubClient({ url, token: 'token', repository: 'acme/widgets', patience, signal })
    expect(await endOf(github.readThread(client, 1), () => false)).toBe('well')
  })
})

describe('T-136 what is deep, huge or no JSON at all', () => {
  const deep = `{"sessions":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
  test.each([
    { name: 'deep nesting', body: deep },
    { name: 'keys nested deeply', body: `${'{"name":'.repeat(100_000)}1${'}'.repeat(100_000)}` },
    { name: 'NaN', body: '{"sessions": NaN}' },
    { name: 'a page of HTML', body: '<!doctype html><title>502</title>' },
    { name: 'null', body: 'null' },
    { name: 'a lone text', body: '"sessions"' },
  ])('$name is nothing, or a typed error', async ({ body }) => {
    const { url, answer } = await parrot()
    const jules = julesClient({ url, key: 'key', patience, signal })
    const hub = githubClient({ url, token: 'token', repository: 'acme/widgets', patience, signal })
    for (const status of [200, 400]) {
      Object.assign(answer, { status, body })
      expect(await endOf(newestSessions(jules), every(isSession))).toBe('well')
      expect(await endOf(listSources(jules), every(isSource))).toBe('well')
      expect(await endOf(allActivities(jules), every(isActivity))).toBe('well')
      expect(await endOf(getSession(jules, '1'), isSession)).toBe('well')
      expect(await endOf(github.readComments(hub, 1), every(isComment))).toBe('well')
    }
  })
})

async function allActivities(jules: JulesClient): Promise<Activity[]> {
  const all: Activity[] = []
  await listActivities(jules, '1', '', { take: (page) => all.push(...page), leaveOut: () => {} })
  return all
}

describe('F-43 an answer of another form is an error that may pass, never an empty thread or a session of nobody', () => {
  const bodies = ['{}', '"comments"', 'null', '<!doctype html>', '']
  test.each(bodies)('%s', async (body) => {
    const { url, answer } = await parrot()
    const jules = julesClient({ url, key: 'key', patience, signal })
    const hub = githubClient({ url, token: 'token', repository: 'acme/widgets', patience, signal })
    answer.body = body
    const asks = [
      () => github.readComments(hub, 1),
      () => github.readThread(hub, 1),
      () => readLabeled(hub, 'x'),
      () => getSession(jules, '1'),
    ]
    for (const ask of asks)
      await expect(ask()).rejects.toMatchObject({ name: 'ServiceError', facts: { passing: true, unsure: false } })
  })

  test('a session that has no name is not among the newest', async () => {
    const { url, answer } = await parrot()
    answer.body = '{"sessions": [{"name": "sessions/7"}, {"id": "a b"}, {"id": "\\ud800"}, {}, null]}'
    const found = await newestSessions(julesClient({ url, key: 'key', patience, signal }))
    expect(found.map(({ id }) => id)).toEqual(['7'])
  })
})
