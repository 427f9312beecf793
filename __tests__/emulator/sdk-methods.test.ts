import type { AutomatedSession } from '@google/jules-sdk'
import {
  type Client,
  type Connected,
  connectClient,
  type Session,
  sessionOf,
  takeAll,
  takeUntil,
  WIDGETS,
} from './sdk-client.ts'
import { inMemory } from './sdk-store.ts'
import { publicMethods } from './sdk-surface.ts'

let connected: Connected
/** A session that has come to its end, and what `jules.run` has given for it. */
let run: AutomatedSession
let busyId: string
let gatedId: string

beforeAll(async () => {
  connected = await connectClient({ speed: 500 })
  const { client } = connected
  busyId = (await client.run({ prompt: '[scenario: one-hour]' })).id
  const gated = await client.session({ prompt: 'Fix it', source: WIDGETS })
  gatedId = gated.id
  run = await client.run({ prompt: 'Fix it', source: WIDGETS })
  await Promise.all([run.result(), gated.waitFor('awaitingPlanApproval')])
})
afterAll(() => connected.stop())

/** A client that knows nothing yet, and its views of the sessions. */
type Given = { jules: Client; settled: Session; busy: Session; gated: Session }

type Method = {
  /** The methods of the service that it calls, in the order of the alphabet. */
  calls: string[]
  use(given: Given): Promise<unknown>
  gives: unknown
}

const isEnd = ({ type }: { type: string }) => type === 'sessionCompleted'
const endOf = async (activities: AsyncIterable<{ type: string }>) => (await takeUntil(activities, isEnd)).at(-1)
const lastOf = async (activities: AsyncIterable<{ type: string }>) => (await takeAll(activities)).at(-1)
const END = { type: 'sessionCompleted', originator: 'system' }
const THREE_SESSIONS = { length: 3 }
const MERGEABLE = { state: 'completed', pullRequest: { url: 'https://github.com/acme/widgets/pull/1' } }

const METHODS: Record<string, Method> = {
  'jules.run': {
    calls: ['sessions.create', 'sources.get'],
    use: ({ jules }) => jules.run({ prompt: 'Fix it', source: WIDGETS, title: 'A title', autoPr: false }),
    gives: { id: expect.stringMatching(/^\d{19}$/) },
  },
  'jules.session': {
    calls: ['sessions.create', 'sources.get'],
    use: ({ jules }) => jules.session({ prompt: 'Fix it', source: WIDGETS, requireApproval: false }),
    gives: { id: expect.stringMatching(/^\d{19}$/) },
  },
  'jules.all': {
    calls: ['sessions.create'],
    use: ({ jules }) => jules.all(['One', 'Two'], (prompt) => ({ prompt })),
    gives: [{ id: expect.any(String) }, { id: expect.any(String) }],
  },
  'jules.getSessionResource': {
    calls: ['sessions.get'],
    use: ({ jules, settled }) => jules.getSessionResource(settled.id),
    gives: { state: 'completed', outcome: MERGEABLE },
  },
  'jules.sources': {
    calls: ['sources.list'],
    use: ({ jules }) => takeAll(jules.sources()),
    gives: [{ type: 'githubRepo', id: 'github/acme/widgets', githubRepo: { defaultBranch: 'main' } }],
  },
  'jules.sources.get': {
    calls: ['sources.get'],
    use: ({ jules }) => jules.sources.get({ github: 'acme/widgets' }),
    gives: { name: 'sources/github/acme/widgets', githubRepo: { owner: 'acme', repo: 'widgets' } },
  },
  'jules.sync': {
    calls: ['activities.list', 'sessions.list'],
    use: ({ jules }) => jules.sync({ depth: 'activities', limit: 3 }),
    gives: { sessionsIngested: 3, activitiesIngested: expect.any(Number), isComplete: true },
  },
  'jules.select': {
    calls: ['activities.list', 'sessions.get'],
    use: async ({ jules, settled }) => {
      await settled.hydrate()
      const where = { sessionId: settled.id, type: 'sessionCompleted' }
      return jules.select({ from: 'activities', where, include: { session: true } })
    },
    gives: [{ type: 'sessionCompleted', session: { state: 'completed' } }],
  },
  'jules.sessions().then': {
    calls: ['sessions.list'],
    use: async ({ jules }) => (await jules.sessions({ pageSize: 3 })).sessions,
    gives: THREE_SESSIONS,
  },
  'jules.sessions().[Symbol.asyncIterator]': {
    calls: ['sessions.list'],
    use: ({ jules }) => takeAll(jules.sessions({ limit: 3 })),
    gives: THREE_SESSIONS,
  },
  'jules.sessions().all': {
    calls: ['sessions.list'],
    use: ({ jules }) => jules.sessions({ pageSize: 1, limit: 3 }).all(),
    gives: THREE_SESSIONS,
  },
  'run.stream': { calls: ['activities.list'], use: () => endOf(run.stream()), gives: END },
  'run.result': { calls: ['sessions.get'], use: () => run.result(), gives: MERGEABLE },
  'session.info': {
    calls: ['sessions.get'],
    use: ({ settled }) => settled.info(),
    gives: { title: 'Fix it', state: 'completed', archived: false, outcome: MERGEABLE },
  },
  'session.history': { calls: ['activities.list'], use: ({ settled }) => lastOf(settled.history()), gives: END },
  'session.updates': { calls: ['activities.list'], use: ({ settled }) => endOf(settled.updates()), gives: END },
  'session.stream': { calls: ['activities.list'], use: ({ settled }) => endOf(settled.stream()), gives: END },
  'session.hydrate': { calls: ['activities.list'], use: ({ settled }) => settled.hydrate(), gives: 9 },
  'session.snapshot': {
    calls: ['activities.list', 'sessions.get'],
    use: async ({ settled }) => (await settled.snapshot()).toJSON(),
    gives: { state: 'completed', activityCounts: { planGenerated: 1, planApproved: 1, sessionCompleted: 1 } },
  },
  'session.waitFor': {
    calls: ['sessions.get'],
    use: ({ busy }) => busy.waitFor('inProgress'),
    gives: undefined,
  },
  'session.result': { calls: ['sessions.get'], use: ({ settled }) => settled.result(), gives: MERGEABLE },
  'session.approve': { calls: ['sessions.approvePlan'], use: ({ gated }) => gated.approve(), gives: undefined },
  'session.send': { calls: ['sessions.sendMessage'], use: ({ busy }) => busy.send('Hello'), gives: undefined },
  'session.ask': {
    calls: ['activities.list', 'sessions.sendMessage'],
    use: ({ busy }) => busy.ask('How far are you?'),
    gives: { type: 'agentMessaged', originator: 'agent', message: 'Understood, I will take that into account.' },
  },
  'session.archive': { calls: ['sessions.archive'], use: ({ settled }) => settled.archive(), gives: undefined },
  'session.unarchive': { calls: ['sessions.unarchive'], use: ({ settled }) => settled.unarchive(), gives: undefined },
  'session.activities.history': {
    calls: ['activities.list'],
    use: ({ settled }) => lastOf(settled.activities.history()),
    gives: END,
  },
  'session.activities.updates': {
    calls: ['activities.list'],
    use: ({ settled }) => endOf(settled.activities.updates()),
    gives: END,
  },
  'session.activities.stream': {
    calls: ['activities.list'],
    use: ({ settled }) => endOf(settled.activities.stream()),
    gives: END,
  },
  'session.activities.hydrate': {
    calls: ['activities.list'],
    use: ({ settled }) => settled.activities.hydrate(),
    gives: 9,
  },
  'session.activities.list': {
    calls: ['activities.list'],
    use: ({ settled }) => settled.activities.list({ pageSize: 2 }),
    gives: { activities: { length: 2 }, nextPageToken: expect.stringMatching(/^\d{19}$/) },
  },
  'session.activities.get': {
    calls: ['activities.get', 'activities.list'],
    use: async ({ settled }) => {
      const { activities } = await settled.activities.list({ pageSize: 1 })
      return settled.activities.get(String(activities[0]?.id))
    },
    gives: { type: 'planGenerated', plan: { steps: { length: 4 } } },
  },
}

/** What the client does by itself. */
const SILENT: Record<string, (given: Given) => unknown> = {
  'jules.connect': ({ jules }) => jules.connect({ apiKey: 'another' }),
  'jules.with': ({ jules }) => jules.with({ config: { requestTimeoutMs: 1000 } }),
  // To wait for it would be to call its `then`.
  'jules.sessions': ({ jules }) => [jules.sessions({ pageSize: 10 })],
  'session.select': ({ settled }) => settled.select({ type: 'planGenerated' }),
  'session.activities.select': ({ settled }) => settled.activities.select({ limit: 1 }),
}

function given(): Given {
  const jules = connected.another({ storageFactory: inMemory() })
  return { jules, settled: sessionOf(jules, run.id), busy: sessionOf(jules, busyId), gated: sessionOf(jules, gatedId) }
}

test.each(Object.entries(METHODS))('%s', async (_, { use, calls, gives }) => {
  const before = connected.jules.server.calls.length
  expect({ given: await use(given()) }).toMatchObject({ given: gives })
  expect([...new Set(connected.routes(before))].sort()).toEqual(calls)
  expect(connected.jules.server.unplanned).toEqual([])
})

test.each(Object.entries(SILENT))('%s calls nothing', async (_, use) => {
  const before = connected.jules.server.calls.length
  await use(given())
  expect(connected.routes(before)).toEqual([])
})

test('these are all public methods of the client; 32 of them talk to the service', () => {
  const known = [...Object.keys(METHODS), ...Object.keys(SILENT)].sort()
  expect(publicMethods(connected.client, run)).toEqual(known)
  expect(Object.keys(METHODS)).toHaveLength(32)
})

test('between them they call every method of the service but sessions.delete, which version 0.2.0 does not have', () => {
  const called = new Set(Object.values(METHODS).flatMap(({ calls }) => calls))
  expect([...called].sort()).toEqual([
    'activities.get',
    'activities.list',
    'sessions.approvePlan',
    'sessions.archive',
    'sessions.create',
    'sessions.get',
    'sessions.list',
    'sessions.sendMessage',
    'sessions.unarchive',
    'sources.get',
    'sources.list',
  ])
})
