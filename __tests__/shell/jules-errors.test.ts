/** Everything that Jules or the network refuses, over real HTTP: one typed error each, and a sentence that says what to do. */
import type { RequestListener } from 'node:http'
import type { JulesClient } from '../../src/shell/jules/client.ts'
import { getSession, getSource, newestSessions } from '../../src/shell/jules/read.ts'
import { approvePlan, createSession, sendMessage } from '../../src/shell/jules/write.ts'
import { toTrouble } from '../../src/shell/problem.ts'
import { ServiceError } from '../../src/shell/service-error.ts'
import { clientAt, clientFor, failureOf, KEY, serve, stopServers } from './jules-server.ts'

afterEach(stopServers)

const WANTED = { prompt: 'x', title: '', source: 'sources/github/a/b', branch: 'main' }
const OPTIONS = { requirePlanApproval: false, autoCreatePullRequest: false, environmentVariables: false }
const CALLS = {
  get: (client: JulesClient) => getSession(client, '1'),
  list: (client: JulesClient) => newestSessions(client),
  create: (client: JulesClient) => createSession(client, { ...WANTED, ...OPTIONS }),
  send: (client: JulesClient) => sendMessage(client, '1', 'x'),
  approve: (client: JulesClient) => approvePlan(client, '1'),
}
type Row = {
  name: string
  call: keyof typeof CALLS
  status: number
  body: string
  headers?: Record<string, string>
  facts: object
  failure: string
  sentence: RegExp
}

const error = (code: number, status: string, message: string, details?: object[]) =>
  JSON.stringify({ error: { code, message, status, ...(details && { details }) } })
const violation = (field: string, description: string) => [
  { '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: [{ field, description }] },
]
const MODE = 'Invalid value at \'session.automation_mode\' (type.googleapis.com/x), "MANUAL"'
const credentials = [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'CREDENTIALS_MISSING' }]

const REFUSED: Row[] = [
  {
    name: 'F-19 an enum that is refused, with its field',
    call: 'create',
    status: 400,
    body: error(400, 'INVALID_ARGUMENT', MODE, violation('session.automation_mode', MODE)),
    facts: { code: 'INVALID_ARGUMENT', said: `${MODE}\nsession.automation_mode`, passing: false, unsure: false },
    failure: 'request-rejected',
    sentence: /^Jules refused `sessions.create` \(400 INVALID_ARGUMENT\)\. The inputs .+ quotes what it said\.$/,
  },
  {
    name: 'a field that is not known, told in other words than the message',
    call: 'create',
    status: 400,
    body: error(400, 'INVALID_ARGUMENT', 'Invalid.', violation('message', 'Unknown name "message"')),
    facts: { said: 'Invalid.\nmessage: Unknown name "message"' },
    failure: 'request-rejected',
    sentence: /quotes what it said/,
  },
  {
    name: 'no details at all',
    call: 'create',
    status: 400,
    body: error(400, 'INVALID_ARGUMENT', 'Request contains an invalid argument.'),
    facts: { said: 'Request contains an invalid argument.' },
    failure: 'request-rejected',
    sentence: /400 INVALID_ARGUMENT/,
  },
  {
    name: 'a precondition on create: most often the quota',
    call: 'create',
    status: 400,
    body: error(400, 'FAILED_PRECONDITION', 'Precondition check failed.'),
    facts: { code: 'FAILED_PRECONDITION', passing: false, unsure: false },
    failure: 'quota-full',
    // Begins as the headline does, so that behind it nothing is said twice.
    sentence: /^Jules takes no new session now\. .+daily or the concurrent limit.+a second cause.+a third/,
  },
  {
    name: 'a precondition on an approval',
    call: 'approve',
    status: 400,
    body: error(400, 'FAILED_PRECONDITION', 'Precondition check failed.'),
    facts: { passing: false, unsure: false },
    failure: 'request-rejected',
    sentence: /did not take the approval/,
  },
  {
    name: 'no key',
    call: 'list',
    status: 401,
    body: error(401, 'UNAUTHENTICATED', 'Request is missing required authentication credential.', credentials),
    facts: { code: 'UNAUTHENTICATED', passing: false },
    failure: 'key-rejected',
    sentence: /Make a new one/,
  },
  {
    name: 'a bad key, with a message that misleads',
    call: 'get',
    status: 401,
    body: error(401, 'UNAUTHENTICATED', 'API keys are not supported by this API. Expected OAuth2.', credentials),
    facts: { code: 'UNAUTHENTICATED', passing: false },
    failure: 'key-rejected',
    sentence: /Make a new one/,
  },
  {
    name: 'an account without access',
    call: 'list',
    status: 403,
    body: error(403, 'PERMISSION_DENIED', 'The caller does not have permission'),
    facts: { code: 'PERMISSION_DENIED', passing: false },
    failure: 'key-rejected',
    sentence: /The account of the API key may not/,
  },
  {
    name: 'a message that is not taken',
    call: 'send',
    status: 403,
    body: error(403, 'PERMISSION_DENIED', 'No.'),
    facts: { passing: false },
    failure: 'message-refused',
    sentence: /Write it on the session's page/,
  },
  {
    name: 'a source that is not connected',
    call: 'create',
    status: 404,
    body: error(404, 'NOT_FOUND', 'Requested entity was not found.'),
    facts: { code: 'NOT_FOUND', passing: false, unsure: false },
    failure: 'source-not-connected',
    sentence: /Install its app/,
  },
  {
    name: 'F-15 too many calls, told for how long',
    call: 'list',
    status: 429,
    headers: { 'retry-after': '7' },
    body: error(429, 'RESOURCE_EXHAUSTED', 'Resource has been exhausted (e.g. check quota).'),
    facts: { code: 'RESOURCE_EXHAUSTED', passing: true, retryAfterMs: 7000 },
    failure: 'jules-unavailable',
    sentence: /no more calls for a while/,
  },
  {
    name: 'too many sessions, not told for how long',
    call: 'create',
    status: 429,
    body: error(429, 'RESOURCE_EXHAUSTED', 'Resource has been exhausted (e.g. check quota).'),
    facts: { passing: true, unsure: false, retryAfterMs: undefined },
    failure: 'quota-full',
    sentence: /Try again later/,
  },
  ...[500, 502, 503, 504].map((status) => ({
    name: `F-43 ${status} as a page of HTML`,
    call: 'get' as const,
    status,
    headers: { 'content-type': 'text/html' },
    body: '<html><body>Bad Gateway</body></html>',
    facts: { code: '', said: '', passing: true, unsure: false },
    failure: 'jules-unavailable',
    sentence: new RegExp(`could not be reached \\(${status}\\)`),
  })),
  {
    name: 'F-43 503 without a word, on a write: nobody knows',
    call: 'create',
    status: 503,
    body: '',
    facts: { passing: true, unsure: true },
    failure: 'jules-unavailable',
    sentence: /Try again later/,
  },
]
test.each(REFUSED)('$name: $status', async ({ call, status, headers = {}, body, facts, failure, sentence }) => {
  const client = await clientFor((_, answer) => answer.writeHead(status, headers).end(body))
  const found = await failureOf(CALLS[call](client))

  expect(found).toMatchObject({ party: 'jules', status, ...facts })
  const trouble = toTrouble(new ServiceError(found))
  expect(trouble).toMatchObject({ failure, sentence: expect.stringMatching(sentence) })
  // Only words that help a person: those about keys mislead, and there is nothing to learn from a page of HTML.
  expect(trouble.said).toBe(failure === 'key-rejected' ? undefined : found.said || undefined)
})

test('what Jules says is bounded, without half a character', async () => {
  const client = await clientFor((_, answer) => answer.writeHead(400).end(error(400, 'X', '🙂'.repeat(5000))))
  const { said } = await failureOf(CALLS.get(client))
  expect(said).toBe('🙂'.repeat(1024))
})

const STRANGE: { name: string; listener: RequestListener; code: string }[] = [
  { name: '200 with HTML', listener: (_, answer) => answer.end('<html>Sign in</html>'), code: 'not-json' },
  { name: '200 with nothing', listener: (_, answer) => answer.end(), code: 'not-json' },
  { name: '204', listener: (_, answer) => answer.writeHead(204).end(), code: 'not-json' },
  { name: 'a list', listener: (_, answer) => answer.end('[]'), code: 'not-json' },
  { name: 'a text', listener: (_, answer) => answer.end('"x"'), code: 'not-json' },
  { name: 'null', listener: (_, answer) => answer.end('null'), code: 'not-json' },
  { name: 'JSON that ends early', listener: (_, answer) => answer.end('{"name":"sess'), code: 'not-json' },
  { name: 'no session', listener: (_, answer) => answer.end('{}'), code: 'no-session' },
  {
    name: 'a body that ends early',
    listener: (_, answer) => {
      answer.writeHead(200, { 'content-length': '100' }).write('{"name":')
      setTimeout(() => answer.destroy(), 20)
    },
    code: 'reset',
  },
]
test.each(STRANGE)('F-43 $name, where a session should be: $code, and it may pass', async ({ listener, code }) => {
  const client = await clientFor(listener)
  const found = await failureOf(CALLS.get(client))
  expect(found).toMatchObject({ code, passing: true, unsure: false })
  expect(toTrouble(new ServiceError(found)).failure).toBe('jules-unavailable')
})

test('an act is done whatever the answer holds, or does not hold', async () => {
  for (const body of ['', '{}', ' \n']) {
    const client = await clientFor((_, answer) => answer.end(body))
    await expect(CALLS.send(client)).resolves.toBeUndefined()
    await expect(CALLS.approve(client)).resolves.toBeUndefined()
  }
})

test('an answer to a create that names no session leaves it open whether there is one', async () => {
  for (const body of ['{}', '[]', 'oops']) {
    const client = await clientFor((_, answer) => answer.end(body))
    expect(await failureOf(CALLS.create(client))).toMatchObject({ passing: true, unsure: true })
  }
})

test('T-112 the key stands in a header and in no address', async () => {
  const seen: { url: string; key: unknown }[] = []
  const url = await serve((request, answer) => {
    seen.push({ url: request.url ?? '', key: request.headers['x-goog-api-key'] })
    answer.end('{"name":"sessions/1"}')
  })
  for (const call of Object.values(CALLS)) await call(clientAt(url)).catch(() => {})
  expect(seen).toHaveLength(5)
  for (const one of seen) {
    expect(one.key).toBe(KEY)
    expect(one.url).not.toContain(KEY.slice(0, 12))
  }
})

test.each(['../sources', 'a/b', '1?x=y', '1#x', '%2f', '1:archive', 'ü'])(
  'T-116 %s is one part of the path and nothing else',
  async (id) => {
    const asked: string[] = []
    const client = await clientFor((request, answer) => {
      asked.push(request.url ?? '')
      answer.end('{"name":"sessions/1"}')
    })
    await getSession(client, id)
    expect(asked).toEqual([`/sessions/${encodeURIComponent(id)}`])
  },
)

test.each(['..', '.'])('T-116 %s names nothing: it is not even asked for', async (id) => {
  let asked = 0
  const client = await clientFor((_, answer) => {
    asked += 1
    answer.end('{"name":"sessions/1"}')
  })
  expect(await failureOf(getSession(client, id))).toMatchObject({ code: 'no-name', passing: false })
  expect(await failureOf(getSource(client, `sources/${id}/sessions/1`))).toMatchObject({ code: 'no-name' })
  expect(asked).toBe(0)
})
