/** Every method with every documented error that it can meet. What is expected is written down by hand. */
import { readFault } from '../../emulator/jules/fault-order.ts'
import { type Caller, type Reply, startCaller, WIDGETS } from './jules-caller.ts'

const KEY = 'right-key'

type Method = { verb: string; path: string; body?: object; rpc: string }

const METHODS: Record<string, Method> = {
  'sources.list': { verb: 'GET', path: '/sources', rpc: 'ListSources' },
  'sources.get': { verb: 'GET', path: '/sources/github/acme/widgets', rpc: 'GetSource' },
  'sessions.create': { verb: 'POST', path: '/sessions', body: { prompt: 'Fix it' }, rpc: 'CreateSession' },
  'sessions.get': { verb: 'GET', path: '/sessions/ID', rpc: 'GetSession' },
  'sessions.list': { verb: 'GET', path: '/sessions', rpc: 'ListSessions' },
  'sessions.delete': { verb: 'DELETE', path: '/sessions/ID', rpc: 'DeleteSession' },
  'sessions.sendMessage': {
    verb: 'POST',
    path: '/sessions/ID:sendMessage',
    body: { prompt: 'Hi' },
    rpc: 'SendMessage',
  },
  'sessions.approvePlan': { verb: 'POST', path: '/sessions/ID:approvePlan', body: {}, rpc: 'ApprovePlan' },
  'sessions.archive': { verb: 'POST', path: '/sessions/ID:archive', body: {}, rpc: 'ArchiveSession' },
  'sessions.unarchive': { verb: 'POST', path: '/sessions/ID:unarchive', body: {}, rpc: 'UnarchiveSession' },
  'activities.list': { verb: 'GET', path: '/sessions/ID/activities', rpc: 'ListActivities' },
  'activities.get': { verb: 'GET', path: '/sessions/ID/activities/00', rpc: 'GetActivity' },
}

const ALL = Object.keys(METHODS)
const LISTS = ['sources.list', 'sessions.list', 'activities.list']
const WITH_BODY = ['create', 'sendMessage', 'approvePlan', 'archive', 'unarchive'].map((name) => `sessions.${name}`)
const OF_A_SESSION = ALL.filter((name) => METHODS[name]?.path.includes('ID'))

type Change = {
  id?: 'absent' | 'deleted'
  path?: string
  query?: string
  body?: unknown
  headers?: Record<string, string>
  fault?: object
  settings?: Partial<Caller['jules']['settings']>
}
type Cell = { route: string; error: string; expected: object; change: Change }

const error = (code: number, status: string, message: unknown, details?: unknown) => ({
  status: code,
  body: { error: details === undefined ? { code, message, status } : { code, message, status, details } },
})
const GENERIC = error(400, 'INVALID_ARGUMENT', 'Request contains an invalid argument.')
const NOT_FOUND = error(404, 'NOT_FOUND', 'Requested entity was not found.')
const PRECONDITION = error(400, 'FAILED_PRECONDITION', 'Precondition check failed.')
const EXHAUSTED = error(429, 'RESOURCE_EXHAUSTED', 'Resource has been exhausted (e.g. check quota).')

const violation = (description: string, field?: string) =>
  error(400, 'INVALID_ARGUMENT', description, [
    {
      '@type': 'type.googleapis.com/google.rpc.BadRequest',
      fieldViolations: [{ ...(field && { field }), description }],
    },
  ])

const unauthenticated = (route: string, message: string) =>
  error(401, 'UNAUTHENTICATED', expect.stringContaining(message), [
    {
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason: 'CREDENTIALS_MISSING',
      domain: 'googleapis.com',
      metadata: {
        method: `google.labs.jules.v1alpha.JulesService.${METHODS[route]?.rpc}`,
        service: 'jules.googleapis.com',
      },
    },
  ])

/** One cell for each of the methods. */
const each = (routes: string[], name: string, change: Change, expected: object | ((route: string) => object)): Cell[] =>
  routes.map((route) => ({
    route,
    error: name,
    change,
    expected: typeof expected === 'function' ? expected(route) : expected,
  }))

const inMessage = (route: string) => (route === 'sessions.create' ? " at 'session'" : '')
const messageOf = (route: string) => (route === 'sessions.create' ? 'session' : undefined)
const on = (change: object) => ({ prompt: 'Fix it', sourceContext: { ...WIDGETS, ...change } })

const CELLS: Cell[] = [
  ...each(ALL, 'no key', { headers: { 'x-goog-api-key': '' } }, (route) =>
    unauthenticated(route, 'Request is missing required authentication credential.'),
  ),
  ...each(ALL, 'a wrong key', { headers: { 'x-goog-api-key': 'wrong' } }, (route) =>
    unauthenticated(route, 'API keys are not supported by this API.'),
  ),
  ...each(ALL, 'no access', { fault: { name: 'permission-denied' } }, () =>
    error(403, 'PERMISSION_DENIED', 'The caller does not have permission'),
  ),
  ...each(ALL, 'too many requests', { fault: { name: 'too-many-requests' } }, EXHAUSTED),
  ...each(ALL, '500', { fault: { name: 'unavailable', status: 500 } }, () =>
    error(500, 'INTERNAL', 'Internal error encountered.'),
  ),
  ...[502, 503, 504].flatMap((status) =>
    each(ALL, String(status), { fault: { name: 'unavailable', status } }, () =>
      error(status, 'UNAVAILABLE', 'The service is currently unavailable.'),
    ),
  ),
  ...each(ALL, '500 as a page', { fault: { name: 'html-error', status: 500 } }, () => ({
    status: 500,
    text: expect.stringContaining('<p><b>500.</b>'),
  })),
  ...each(ALL, '503 without a body', { fault: { name: 'empty-error' } }, { status: 503, text: '' }),
  ...each(ALL, 'an unknown parameter', { query: 'orderBy=name' }, () =>
    violation(
      'Invalid JSON payload received. Unknown name "orderBy": Cannot bind query parameter. ' +
        "Field 'orderBy' could not be found in request message.",
    ),
  ),
  ...each(LISTS, 'a filter of its own', { query: 'filter=state%3DCOMPLETED' }, GENERIC),
  ...each(LISTS, 'a page of negative size', { query: 'pageSize=-1' }, GENERIC),
  ...each(LISTS, 'a page of many', { query: 'pageSize=many' }, () =>
    violation('Invalid value at \'page_size\' (TYPE_INT32), "many"', 'page_size'),
  ),
  ...each(LISTS, 'a strange page token', { query: 'pageToken=~' }, GENERIC),
  ...each(['activities.list'], 'a time as a parameter', { query: 'createTime=2026-08-24T10:00:00Z' }, (): object =>
    expect.objectContaining({ status: 400 }),
  ),
  ...each(WITH_BODY, 'an unknown field', { body: { message: 'Hi' } }, (route) =>
    violation(
      `Invalid JSON payload received. Unknown name "message"${inMessage(route)}: Cannot find field.`,
      messageOf(route),
    ),
  ),
  ...each(WITH_BODY, 'half a JSON', { body: '{"prompt":' }, () =>
    violation('Invalid JSON payload received. Unexpected end of string.'),
  ),
  ...each(WITH_BODY, 'no JSON', { body: 'prompt: Fix it' }, () =>
    violation('Invalid JSON payload received. Unexpected token.'),
  ),
  ...['[]', '7', 'null', '"text"'].flatMap((body) =>
    each(WITH_BODY, `${body} as the body`, { body }, () =>
      violation('Invalid JSON payload received. Unknown name "": Root element must be a message.'),
    ),
  ),
  ...each(
    WITH_BODY,
    'a form',
    { body: 'message=Hi', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    () =>
      violation(
        'Invalid JSON payload received. Unknown name "message": Cannot bind query parameter. ' +
          "Field 'message' could not be found in request message.",
      ),
  ),
  ...each(['sessions.create', 'sessions.sendMessage'], 'no prompt', { body: {} }, GENERIC),
  ...each(['sessions.create', 'sessions.sendMessage'], 'a blank prompt', { body: { prompt: ' ' } }, GENERIC),
  ...each(['sessions.create', 'sessions.sendMessage'], 'a number as prompt', { body: { prompt: 7 } }, (route) => {
    const field = route === 'sessions.create' ? 'session.prompt' : 'prompt'
    return violation(`Invalid value at '${field}' (TYPE_STRING), 7`, field)
  }),
  ...each(['sessions.create', 'sessions.sendMessage'], 'a list of prompts', { body: { prompt: ['a'] } }, (route) =>
    violation(
      `Invalid JSON payload received. Unknown name "prompt"${inMessage(route)}: ` +
        'Proto field is not repeating, cannot start list.',
      messageOf(route),
    ),
  ),
  ...each(['sessions.create', 'sessions.sendMessage'], 'a prompt in parts', { body: { prompt: { a: 1 } } }, (route) =>
    violation(
      `Invalid JSON payload received. Unknown name "prompt"${inMessage(route)}: Starting an object on a scalar field.`,
      messageOf(route),
    ),
  ),
  ...['MANUAL', 'NONE', 'auto_create_pr', 7].flatMap((mode) =>
    each(['sessions.create'], `the mode ${mode}`, { body: { prompt: 'Fix it', automationMode: mode } }, () =>
      violation(
        "Invalid value at 'session.automation_mode' " +
          `(type.googleapis.com/google.labs.jules.v1alpha.AutomationMode), ${JSON.stringify(mode)}`,
        'session.automation_mode',
      ),
    ),
  ),
  ...each(['sessions.create'], 'a flag as text', { body: { prompt: 'Fix it', requirePlanApproval: 'no' } }, () =>
    violation('Invalid value at \'session.require_plan_approval\' (TYPE_BOOL), "no"', 'session.require_plan_approval'),
  ),
  ...each(['sessions.create'], 'a text as context', { body: { prompt: 'Fix it', sourceContext: 'acme' } }, () =>
    violation(
      'Invalid value at \'session.source_context\' (type.googleapis.com/google.labs.jules.v1alpha.SourceContext), "acme"',
      'session.source_context',
    ),
  ),
  ...each(['sessions.create'], 'no starting branch', { body: on({ githubRepoContext: {} }) }, GENERIC),
  ...each(['sessions.create'], 'no source', { body: on({ source: '' }) }, GENERIC),
  ...each(['sessions.create'], 'a dashed source', { body: on({ source: 'sources/github-acme-widgets' }) }, GENERIC),
  ...each(['sessions.create'], 'a foreign source', { body: on({ source: 'sources/github/acme/other' }) }, NOT_FOUND),
  ...each(['sessions.create'], 'the day used up', { settings: { dailyLimit: 1 } }, PRECONDITION),
  ...each(['sessions.create'], 'too many at once', { settings: { concurrentLimit: 1 } }, PRECONDITION),
  ...['dailyLimit', 'concurrentLimit'].flatMap((limit) =>
    each(['sessions.create'], `429 for ${limit}`, { settings: { [limit]: 1, quotaRefusal: 'exhausted' } }, EXHAUSTED),
  ),
  ...each(['sessions.approvePlan'], 'no plan that waits', {}, PRECONDITION),
  ...each(['sources.get'], 'a dashed name', { path: '/sources/github-acme-widgets' }, NOT_FOUND),
  ...each(['sources.get'], 'an encoded slash', { path: '/sources/github%2Facme%2Fwidgets' }, NOT_FOUND),
  ...each(['sources.get'], 'a foreign source', { path: '/sources/github/acme/other' }, NOT_FOUND),
  ...each(['activities.get'], 'an absent activity', {}, NOT_FOUND),
  ...each(OF_A_SESSION, 'an absent session', { id: 'absent' }, NOT_FOUND),
  ...each(OF_A_SESSION, 'a deleted session', { id: 'deleted' }, NOT_FOUND),
  ...each(OF_A_SESSION, 'a bare name', { path: '/1234567' }, NOT_FOUND),
  ...each(
    ['sessions.get', 'activities.list', 'activities.get'],
    'the race after a create',
    { settings: { raceSeconds: 60 } },
    NOT_FOUND,
  ),
]

let caller: Caller
beforeAll(async () => {
  caller = await startCaller({ key: KEY })
})
afterEach(() => caller.jules.reset())
afterAll(() => caller.jules.stop())

const AUTH = { 'x-goog-api-key': KEY }

async function reply({ route, change }: Cell): Promise<Reply> {
  const method = METHODS[route]
  if (method === undefined) throw new Error(`There is no method ${route}.`)
  const id = String((await caller.call('POST', '/sessions', { prompt: 'Fix it' }, AUTH)).body.id)
  if (change.id === 'deleted') await caller.call('DELETE', `/sessions/${id}`, undefined, AUTH)
  if (change.fault !== undefined) {
    caller.jules.server.faults.add({ ...readFault(change.fault, caller.clock.now), route })
  }
  Object.assign(caller.jules.settings, change.settings)
  const path = (change.path ?? method.path).replace('ID', change.id === 'absent' ? '42' : id)
  const query = change.query === undefined ? '' : `?${change.query}`
  return caller.call(method.verb, `${path}${query}`, change.body ?? method.body, { ...AUTH, ...change.headers })
}

test('241 cells: every method, every documented error that it can meet', () => {
  expect(CELLS).toHaveLength(241)
  expect(new Set(CELLS.map(({ route, error }) => `${route} ${error}`)).size).toBe(CELLS.length)
})

describe.each(ALL)('%s', (name) => {
  test.each(CELLS.filter(({ route }) => route === name))('$error', async (cell) => {
    expect(await reply(cell)).toMatchObject(cell.expected)
  })
})
