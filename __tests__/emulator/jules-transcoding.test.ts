/** How JSON and query parameters become messages, as on Google's side. */
import { type Caller, startCaller, WIDGETS } from './jules-caller.ts'

let caller: Caller
beforeAll(async () => {
  caller = await startCaller()
})
afterEach(() => caller.jules.reset())
afterAll(() => caller.jules.stop())

test('fields may be spelled as in the definition of the message, and null is as good as absent', async () => {
  const { status, body } = await caller.call('POST', '/sessions', {
    prompt: 'Fix it',
    title: null,
    source_context: { source: WIDGETS.source, github_repo_context: { starting_branch: 'main' } },
    require_plan_approval: true,
    automation_mode: 'AUTO_CREATE_PR',
  })
  expect({ status, body }).toMatchObject({ status: 200, body: { title: 'Fix it', sourceContext: WIDGETS } })
  caller.clock.move(60_000)
  expect(caller.state(String(body.id)).state).toBe('AWAITING_PLAN_APPROVAL')
})

test('an enum may come as its number', async () => {
  const id = await caller.create('Fix it', { automationMode: 1 })
  caller.clock.move(200_000)
  expect(caller.state(id).outputs.map((output) => Object.keys(output))).toEqual([['changeSet'], ['pullRequest']])
  expect((await caller.call('POST', '/sessions', { prompt: 'Fix it', automationMode: 0 })).status).toBe(200)
})

test('what only the service sets may be sent, and is not looked at', async () => {
  const { body } = await caller.call('POST', '/sessions', { prompt: 'Fix it', state: 'COMPLETED', id: 7, outputs: 1 })
  expect(body).toMatchObject({ state: 'QUEUED', id: expect.stringMatching(/^\d{19}$/) })
})

test('every field that is wrong is named at once', async () => {
  const wrong = { prompt: 7, foo: 1, sourceContext: { bar: 2, githubRepoContext: [] } }
  const { body } = await caller.call('POST', '/sessions', wrong)
  const descriptions = [
    "Invalid value at 'session.prompt' (TYPE_STRING), 7",
    `Invalid JSON payload received. Unknown name "foo" at 'session': Cannot find field.`,
    `Invalid JSON payload received. Unknown name "bar" at 'session.source_context': Cannot find field.`,
    `Invalid JSON payload received. Unknown name "githubRepoContext" at 'session.source_context': Proto field is not ` +
      'repeating, cannot start list.',
  ]
  const fields = ['session.prompt', 'session', 'session.source_context', 'session.source_context']
  const fieldViolations = fields.map((field, at) => ({ field, description: descriptions[at] }))
  expect(body.error).toMatchObject({ message: descriptions.join('\n'), details: [{ fieldViolations }] })
})

test('the JSON that curl calls a form is taken for parameters', async () => {
  const reply = await caller.call('POST', '/sessions', '{"prompt":"Fix it"}', {
    'content-type': 'application/x-www-form-urlencoded',
  })
  expect(reply.status).toBe(400)
  expect(reply.body.error).toMatchObject({
    message: expect.stringContaining(String.raw`Unknown name "{\"prompt\":\"Fix it\"}": Cannot bind query parameter.`),
  })
})

test('parameters may be spelled as in the definition of the request', async () => {
  for (const prompt of ['one', 'two', 'three']) await caller.create(prompt)
  const first = await caller.call('GET', '/sessions?page_size=2')
  expect(first.body.sessions).toHaveLength(2)
  const rest = await caller.call('GET', `/sessions?page_token=${encodeURIComponent(String(first.body.nextPageToken))}`)
  expect(rest.body.sessions).toHaveLength(1)
})

test.each([
  ['alt=json', 200],
  ['$alt=json', 200],
  ['prettyPrint=false', 200],
  ['alt=media', 400],
  ['$alt=proto', 400],
  ['key=another-key', 400],
  ['fields=sessions', 400],
])('the standard parameter %s: %i', async (query, status) => {
  expect((await caller.call('GET', `/sessions?${query}`)).status).toBe(status)
})

test.each([
  ['state', { state: 'QUEUED' }],
  ['id,state', { id: expect.any(String), state: 'QUEUED' }],
  ['sourceContext/source', { sourceContext: { source: WIDGETS.source } }],
  [
    'sourceContext.githubRepoContext(startingBranch)',
    { sourceContext: { githubRepoContext: { startingBranch: 'main' } } },
  ],
  ['state,nothing', { state: 'QUEUED' }],
])('where masks are honoured, fields=%s shows that much', async (fields, shown) => {
  const id = await caller.create('Fix it')
  caller.jules.settings.fields = 'honoured'
  const { body } = await caller.call('GET', `/sessions/${id}?fields=${encodeURIComponent(fields)}`)
  expect(body).toEqual(shown)
})

test('a mask reaches into lists, a star stands for every name, and a refusal is shown whole', async () => {
  const id = await caller.create('Fix it')
  caller.jules.settings.fields = 'honoured'
  const { body } = await caller.call('GET', '/sessions?fields=sessions(id,state),nextPageToken')
  expect(body).toEqual({ sessions: [{ id, state: 'QUEUED' }] })
  expect((await caller.call('GET', `/sessions/${id}?fields=*`)).body).toMatchObject({ id, title: 'Fix it' })
  expect((await caller.call('GET', '/sessions/42?fields=id')).body).toMatchObject({ error: { code: 404 } })
})

test.each(['a(', 'a,,b', 'a)b', '(a)', 'a/'])('the mask %s is refused', async (fields) => {
  caller.jules.settings.fields = 'honoured'
  const { status, body } = await caller.call('GET', `/sessions?fields=${encodeURIComponent(fields)}`)
  expect({ status, body }).toMatchObject({
    status: 400,
    body: { error: { details: [{ fieldViolations: [{ field: 'fields' }] }] } },
  })
})

test('a create with a mask that is refused creates nothing', async () => {
  caller.jules.settings.fields = 'honoured'
  expect((await caller.call('POST', '/sessions?fields=a(', { prompt: 'Fix it' })).status).toBe(400)
  expect((await caller.call('POST', '/sessions?fields=id', { prompt: 'Fix it' })).text).toMatch(/^\{"id":"\d{19}"\}$/)
  expect(caller.jules.sessions()).toHaveLength(1)
})

test('where masks are ignored, everything is shown', async () => {
  const id = await caller.create('Fix it')
  caller.jules.settings.fields = 'ignored'
  expect((await caller.call('GET', `/sessions/${id}?fields=id`)).body).toMatchObject({ id, title: 'Fix it' })
})

test('sessions created in the same moment have their order, and pages lose none', async () => {
  const ids: string[] = []
  for (let at = 0; at < 40; at += 1) ids.unshift(await caller.create(`Task ${at}`))
  const times = caller.jules.sessions().map(({ createTime }) => createTime)
  expect(times).toEqual([...new Set(times)].sort().toReversed())
  const first = await caller.call('GET', '/sessions?pageSize=17')
  const rest = await caller.call('GET', `/sessions?pageSize=100&pageToken=${first.body.nextPageToken}`)
  const listed = [first, rest].flatMap(({ body }) => body.sessions as { id: string }[])
  expect(listed.map(({ id }) => id)).toEqual(ids)
})
