/**
 * Who may ask: every event that starts or steers × every kind of person × what they may do × what becomes of the question about it.
 * The events are GitHub's payloads, the answers come over HTTP, and what follows is decided. Expectations are written per class.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { decide } from '../../src/core/decision/decide.ts'
import { parseEvent } from '../../src/core/event/parse.ts'
import { deriveIntent } from '../../src/core/intent/derive.ts'
import { BOXES } from '../../src/core/intent/tick.ts'
import { githubClient } from '../../src/shell/github/client.ts'
import { accessOfIntent } from '../../src/shell/observe/access.ts'
import { emptyMemory } from '../../src/shell/observe/memory.ts'
import { connect } from '../../src/shell/parties.ts'
import { config, labelIntent, REPOSITORY, scene } from '../core/builders.ts'
import { comment, ISSUE, lineComment, PULL_REQUEST, payload, review } from '../core/event/payload.ts'
import { serve, stopServers } from '../shell/jules-server.ts'

type User = { login: string; id: number; type: string; author_association?: string } | null

const ISSUE_12 = { issue: ISSUE }
const PULL_34 = { pull_request: PULL_REQUEST }
const COMMAND = '/jules mend it'
const TICKED = { updated_at: '2026-11-20T11:59:00Z' }
const RETRY = `- [ ] ${BOXES.retry}\n<!-- jules-relay x.y -->`

/** `author`: may what was written be somebody else's? */
const EVENTS = {
  'issues labeled': (sender: User) => ({ ...ISSUE_12, label: { name: 'ask-jules' }, sender }),
  'pull_request labeled': (sender: User) => ({ ...PULL_34, label: { name: 'Ask-Jules' }, sender }),
  'issue_comment created': (sender: User, author: User) => ({ ...ISSUE_12, comment: comment(COMMAND, author), sender }),
  'pull_request_review_comment created': (sender: User, author: User) => ({
    ...PULL_34,
    comment: lineComment(COMMAND, author),
    sender,
  }),
  'pull_request_review submitted': (sender: User, author: User) => ({
    ...PULL_34,
    review: review(COMMAND, author),
    sender,
  }),
  'issue_comment edited': (sender: User, author: User) => ({
    ...ISSUE_12,
    changes: { body: { from: RETRY } },
    comment: { ...comment(RETRY.replace('[ ]', '[x]'), author), ...TICKED },
    sender,
  }),
  'workflow_dispatch ': (sender: User) => ({ sender }),
  'workflow_run completed': (sender: User) => ({
    sender: MAINTAINER,
    workflow_run: { triggering_actor: sender, head_repository: { id: 1000 } },
  }),
}
type Name = keyof typeof EVENTS
const NAMES = Object.keys(EVENTS).filter((name): name is Name => name in EVENTS)

const MAINTAINER = { login: 'ada', id: 7, type: 'User', author_association: 'OWNER' }
/** By the server, the login `taken` belongs to somebody else by now. */
const PEOPLE: { [name: string]: User } = {
  'a person': MAINTAINER,
  'a member of the organization, by the payload': { ...MAINTAINER, author_association: 'MEMBER' },
  'somebody whose login is taken': { login: 'taken', id: 8, type: 'User', author_association: 'OWNER' },
  'a deleted account': null,
  'a bot on the list, by name': { login: 'Renovate[bot]', id: 29139614, type: 'Bot' },
  'a bot on the list, by id': { login: 'dependabot[bot]', id: 49699333, type: 'Bot' },
  'a bot that is not': { login: 'evil[bot]', id: 666, type: 'Bot' },
  'a person who is called like a listed bot': { login: 'renovate', id: 7, type: 'User' },
}
const ALLOWED_BOTS = ['renovate[bot]', '49699333']

const PERMISSIONS: { [name: string]: { permission: string; role_name: string; enough: boolean } } = {
  admin: { permission: 'admin', role_name: 'admin', enough: true },
  maintain: { permission: 'write', role_name: 'maintain', enough: true },
  write: { permission: 'write', role_name: 'write', enough: true },
  triage: { permission: 'read', role_name: 'triage', enough: false },
  read: { permission: 'read', role_name: 'read', enough: false },
  none: { permission: 'none', role_name: '', enough: false },
}
const FAULTS = ['nothing', 'refused', 'not found', 'broken', 'cut', 'no JSON', 'moved'] as const
type Fault = (typeof FAULTS)[number]

let now = { permission: 'admin', fault: 'nothing' as Fault }
let asked: string[] = []

function answer({ url = '' }: IncomingMessage, response: ServerResponse): void {
  asked.push(url)
  const login = url.split('/').at(-2) ?? ''
  const { permission, role_name } = PERMISSIONS[now.permission] ?? {}
  const body = { permission, role_name, user: { login, id: 7 } }
  const send = (status: number, text: string, headers = {}) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text)
  if (now.fault === 'refused') send(403, '{"message":"Resource not accessible by integration"}')
  else if (now.fault === 'not found') send(404, '{"message":"Not Found"}')
  else if (now.fault === 'broken') send(500, '{}')
  else if (now.fault === 'cut') response.destroy()
  else if (now.fault === 'no JSON') send(200, '<h1>Hello</h1>', { 'content-type': 'text/html' })
  else if (now.fault === 'moved') send(301, '{}', { location: '/elsewhere' })
  else send(200, JSON.stringify(body))
}

const RUN = {
  repository: REPOSITORY,
  repositoryId: '1000',
  defaultBranch: 'main',
  runId: '900',
  attempt: 1,
  job: 'j',
  runUrl: '',
  apiUrl: '',
  serverUrl: 'https://github.com',
  triggeringActor: '',
}
const { signal } = new AbortController()
/** Repeats as a run does, and waits for nothing. */
const hasty = { left: () => 60_000, pause: async () => {}, spend: () => true, random: () => 0 }
const asking = config({ allowedBots: ALLOWED_BOTS })
let parties: ReturnType<typeof connect>

beforeAll(async () => {
  const url = await serve(answer)
  const github = githubClient({ url, token: 't', repository: REPOSITORY, patience: hasty, signal })
  parties = { ...connect(asking, labelIntent(), { ...RUN, apiUrl: url }, signal), github }
})
afterAll(stopServers)

/** What becomes of an event: `allowed`, or why it is ignored; and that whoever is not allowed has no effect at all. */
async function verdictOf(name: Name, sender: User, author = sender, run: Partial<typeof RUN> = {}): Promise<string> {
  const [event = '', action = ''] = name.split(' ')
  const prompt = event.startsWith('workflow_') ? 'Mend it.' : ''
  const words = { prompt, triggerLabel: 'ask-jules', command: '/jules', issueNumber: '', mode: 'auto', sessionId: '' }
  const parsed = parseEvent(event, payload({ action, ...EVENTS[name](sender, author) }))
  const intent = deriveIntent(
    parsed,
    { ...words, tickBoxes: true },
    { repository: REPOSITORY, id: '900', hasKey: true },
  )
  if ('ignored' in intent) return intent.ignored
  if ('mistake' in intent) return intent.mistake
  const access = await accessOfIntent({ ...parties, intent, run: { ...parties.run, ...run } }, emptyMemory())
  const decision = decide(scene({ intent, config: asking, observed: { access } }))
  if (access.allowed) return 'allowed'
  expect(decision).toMatchObject({
    effects: [],
    next: 'done',
    story: { verdict: { outcome: 'ignored', reason: access.reason } },
  })
  return access.reason
}

/** What is known of the answer alone, for whoever has to be asked about. */
const OF_FAULT: { [F in Fault]: string | undefined } = {
  nothing: undefined,
  refused: 'permission-unknown',
  'not found': 'permission-unknown',
  broken: 'permission-unknown',
  cut: 'permission-unknown',
  'no JSON': 'permission-unknown',
  moved: 'other-repository',
}

/** By hand, for each kind of person. `asks`: is the permission API asked at all? */
function expected(person: string, permission: string, fault: Fault): { verdict: string; asks: boolean } {
  const ofAnswer = PERMISSIONS[permission]?.enough ? 'allowed' : 'permission-too-low'
  switch (person) {
    case 'a bot on the list, by name':
    case 'a bot on the list, by id':
      return { verdict: 'allowed', asks: false }
    case 'a bot that is not':
      return { verdict: 'bot-not-allowed', asks: false }
    case 'a deleted account':
      return { verdict: 'permission-unknown', asks: false }
    case 'somebody whose login is taken':
      return { verdict: OF_FAULT[fault] ?? 'permission-unknown', asks: true }
    default:
      return { verdict: OF_FAULT[fault] ?? ofAnswer, asks: true }
  }
}

const ROWS = NAMES.flatMap((event) => Object.keys(PEOPLE).map((person) => ({ event, person })))

test('the table is as large as it should be', () => {
  const all = ROWS.length * Object.keys(PERMISSIONS).length * FAULTS.length
  expect(all).toBe(8 * 8 * 6 * 7)
})

test.each(ROWS)('T-01 T-02 T-03 T-04 T-05 T-06 P11 $event by $person', async ({ event, person }) => {
  const wrong: string[] = []
  for (const permission of Object.keys(PERMISSIONS))
    for (const fault of FAULTS) {
      now = { permission, fault }
      asked = []
      const wanted = expected(person, permission, fault)
      const verdict = await verdictOf(event, PEOPLE[person] ?? null)
      const few = wanted.asks ? asked.length >= 1 && asked.length <= 3 : asked.length === 0
      if (verdict !== wanted.verdict || !few)
        wrong.push(`${permission}, ${fault}: ${verdict} after ${asked.length} questions`)
    }
  expect(wrong).toEqual([])
})

const WRITTEN: Name[] = [
  'issue_comment created',
  'pull_request_review_comment created',
  'pull_request_review submitted',
]
test.each(WRITTEN)('T-08 %s in the name of somebody else asks for nothing', async (event) => {
  now = { permission: 'admin', fault: 'nothing' }
  asked = []
  for (const author of Object.values(PEOPLE)) {
    const sender = author?.id === 7 ? { login: 'eve', id: 9, type: 'User' } : MAINTAINER
    expect(await verdictOf(event, sender, author)).toBe('permission-unknown')
  }
  expect(asked).toEqual([])
})

describe('T-07 a run that somebody has started again', () => {
  /** `again`: who has; the server knows the permissions by login. */
  const rows = [
    { again: 'ada', attempt: 2, permission: 'write', verdict: 'allowed' },
    { again: '', attempt: 2, permission: 'write', verdict: 'allowed' },
    { again: 'eve', attempt: 2, permission: 'write', verdict: 'allowed' },
    { again: 'renovate[bot]', attempt: 2, permission: 'write', verdict: 'allowed' },
    { again: 'evil[bot]', attempt: 2, permission: 'write', verdict: 'bot-not-allowed' },
    { again: 'eve', attempt: 1, permission: 'write', verdict: 'allowed' },
  ]
  test.each(NAMES.flatMap((event) => rows.map((row) => ({ event, ...row }))))(
    '$event, attempt $attempt by "$again": $verdict',
    async ({ event, again, attempt, permission, verdict }) => {
      now = { permission, fault: 'nothing' }
      expect(await verdictOf(event, MAINTAINER, MAINTAINER, { triggeringActor: again, attempt })).toBe(verdict)
    },
  )

  test.each(FAULTS.filter((fault) => fault !== 'nothing'))(
    'where the second question comes to %s, nobody may',
    async (fault) => {
      const listed = PEOPLE['a bot on the list, by id'] ?? null
      now = { permission: 'admin', fault }
      expect(await verdictOf('issues labeled', listed, listed, { triggeringActor: 'eve', attempt: 2 })).toBe(
        OF_FAULT[fault],
      )
      now = { permission: 'read', fault: 'nothing' }
      expect(await verdictOf('issues labeled', listed, listed, { triggeringActor: 'eve', attempt: 2 })).toBe(
        'permission-too-low',
      )
    },
  )
})
