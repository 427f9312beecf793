/** Every example that GitHub gives, and a thousand damaged copies of each kind that we handle, from payload to intent. */
import { isDeepStrictEqual } from 'node:util'
import type { Person } from '../../../src/core/event/event.ts'
import { parseEvent } from '../../../src/core/event/parse.ts'
import { deriveIntent, type Run, type Words } from '../../../src/core/intent/derive.ts'
import type { Ignored, Intent, Mistake } from '../../../src/core/intent/intent.ts'
import { OUTCOMES } from '../../../src/core/outcome.ts'
import { at, has, text, whole } from '../../../src/core/outside.ts'
import { mutants, SEED } from '../../support/mutate.ts'
import { EXAMPLES, examplesOf } from './payload.ts'
import { isEvent, isSubjectOrNone, isThreadOrNone } from './shape.ts'

const PLAIN: Words = {
  prompt: '',
  triggerLabel: 'ask-jules',
  command: '/jules',
  issueNumber: '',
  mode: 'auto',
  sessionId: '',
  tickBoxes: true,
}
const PROMPT = { ...PLAIN, prompt: 'Update the changelog.', issueNumber: '12' }
const FOLLOW = { ...PLAIN, sessionId: 'sessions/123' }
const SWEEP = { ...PLAIN, mode: 'sweep' }
const MODES: Record<string, Words> = {
  plain: PLAIN,
  prompt: PROMPT,
  follow: FOLLOW,
  tell: { ...PROMPT, sessionId: '123' },
  'not an id': { ...PLAIN, sessionId: 'https://example.com/123' },
  sweep: SWEEP,
  archive: { ...PLAIN, mode: 'archive', sessionId: '123' },
  delete: { ...PLAIN, mode: 'delete' },
}

type Derived = Intent | Ignored | Mistake

function derive(name: string, payload: unknown, words: Words, run: Partial<Run> = {}): Derived {
  const repository = text(payload, 'repository', 'full_name')
  return deriveIntent(parseEvent(name, payload), words, { repository, id: '900', hasKey: true, ...run })
}

/** The reason, `mistake`, or what the intent is because of. */
function told(derived: Derived): string {
  if ('ignored' in derived) return derived.ignored
  return 'mistake' in derived ? 'mistake' : derived.because.kind
}

/** What is wrong with what was made of a payload; empty where nothing is. */
function faults(name: string, payload: unknown): string[] {
  const found: string[] = []
  const event = parseEvent(name, payload)
  if (!isEvent(event)) found.push(`not an Event: ${JSON.stringify(event).slice(0, 500)}`)
  if (!isDeepStrictEqual(event, parseEvent(name, payload))) found.push('another Event the second time')
  for (const [mode, words] of Object.entries(MODES)) {
    const derived = derive(name, payload, words)
    if (!isDeepStrictEqual(derived, derive(name, payload, words))) found.push(`${mode}: another answer the second time`)
    found.push(...faultsOf(derived, name, payload).map((fault) => `${mode}: ${fault}`))
  }
  if (Reflect.get({}, 'polluted') !== undefined) found.push('the prototype of all is polluted')
  return found
}

function faultsOf(derived: Derived, name: string, payload: unknown): string[] {
  if ('ignored' in derived)
    return OUTCOMES.ignored.includes(derived.ignored) ? [] : [`unknown reason ${derived.ignored}`]
  if ('mistake' in derived) return derived.mistake.length < 500 ? [] : ['a mistake that nobody can read']
  const found: string[] = []
  if (!isThreadOrNone(derived.thread)) found.push(`no thread: ${JSON.stringify(derived.thread)}`)
  if (!isSubjectOrNone(derived.subject)) found.push('no subject')
  if (derived.origin.id === '' || derived.origin.id.length > 100) found.push(`no origin: ${derived.origin.id.length}`)
  if (isForeign(name, payload)) found.push('an intent out of a fork')
  if (derived.asker !== undefined && !holds(name, payload, derived.asker)) found.push('an asker of nobody knows where')
  if (derived.origin.kind === 'label' && !/\/\S+$/.test(derived.origin.id)) found.push('a label of no time')
  const mustBeAsked = ['label', 'command'].includes(derived.because.kind)
  if (mustBeAsked && derived.asker === undefined) found.push('nobody asks')
  return found
}

/** Does the payload name this person as who sent it, letter by letter? */
function holds(name: string, payload: unknown, { id, login }: Person): boolean {
  const sender = name === 'workflow_run' ? at(payload, 'workflow_run', 'triggering_actor') : at(payload, 'sender')
  return whole(sender, 'id') === id && text(sender, 'login') === login
}

/** By hand: what each event and activity comes to that is handled. All others: `event-not-handled`. */
const HANDLED: Record<string, string> = {
  'issues labeled': 'event-not-handled',
  'issue_comment created': 'not-a-command',
  'issue_comment edited': 'edited',
  'pull_request labeled': 'event-not-handled',
  'pull_request opened': 'not-our-pull-request',
  'pull_request closed': 'not-our-pull-request',
  'pull_request reopened': 'not-our-pull-request',
  // Its comments on lines may hold commands, so they are asked for.
  'pull_request_review submitted': 'command',
  'pull_request_review_comment created': 'not-a-command',
}
/** Events that bring somebody's own words: a prompt of the workflow file never runs on them. */
const SPOKEN = [
  'commit_comment',
  'discussion',
  'discussion_comment',
  'issue_comment',
  'pull_request_review',
  'pull_request_review_comment',
]

test('all 329 examples of GitHub are here', () => {
  expect(EXAMPLES.length).toBe(329)
  expect(new Set(EXAMPLES.map(({ event }) => event)).size).toBe(58)
})

describe("F-47 each of GitHub's own examples", () => {
  test.each(EXAMPLES)('$name', ({ event, action, payload }) => {
    const expected = HANDLED[`${event} ${action}`] ?? 'event-not-handled'
    const refused = refusalOf(event, payload)
    expect(faults(event, payload)).toEqual([])
    expect(told(derive(event, payload, PLAIN))).toBe(expected)
    expect(told(derive(event, payload, PROMPT))).toBe(SPOKEN.includes(event) ? expected : (refused ?? 'prompt'))
    expect(told(derive(event, payload, FOLLOW))).toBe(refused ?? 'session')
    expect(told(derive(event, payload, SWEEP))).toBe(refused === 'fork' ? 'fork' : 'sweep')
  })

  test.each(EXAMPLES.filter(({ payload }) => has(payload, 'repository', 'full_name')))(
    '$name of another repository',
    ({ event, payload }) => {
      for (const words of Object.values(MODES))
        expect(told(derive(event, payload, words, { repository: 'acme/widgets' }))).toBe('other-repository')
    },
  )
})

/** Why what the workflow file asks for is refused, read without the help of what is tested. */
function refusalOf(event: string, payload: unknown): 'fork' | 'permission-unknown' | undefined {
  if (isForeign(event, payload)) return 'fork'
  return has(payload, event === 'workflow_run' ? 'workflow_run' : 'sender') ? undefined : 'permission-unknown'
}

/** Where it comes from is not known to be this repository. */
function isForeign(event: string, payload: unknown): boolean {
  const [head, base] =
    event === 'workflow_run'
      ? [at(payload, 'workflow_run', 'head_repository', 'id'), at(payload, 'repository', 'id')]
      : [at(payload, 'pull_request', 'head', 'repo', 'id'), at(payload, 'pull_request', 'base', 'repo', 'id')]
  return (event === 'workflow_run' || has(payload, 'pull_request')) && (typeof head !== 'number' || head !== base)
}

const repository = at(examplesOf('issues', 'labeled')[0], 'repository')
const sender = at(examplesOf('issues', 'labeled')[0], 'sender')

function example(event: string, action: string, more: object = {}): unknown {
  const [first] = examplesOf(event, action)
  if (first === undefined) throw new Error(`There is no example of ${event} ${action}.`)
  return Object.assign({}, first, more)
}

function commented(event: string): unknown {
  const given = example(event, 'created')
  const author = at(given, 'sender')
  return Object.assign({}, given, {
    comment: Object.assign({}, at(given, 'comment'), { user: author, body: '/jules fix it' }),
  })
}

/** What we handle, each so that it asks for something: damage then has something to break. */
const KINDS: { event: string; kind: string; payload: unknown; plain: string; prompt?: string }[] = [
  {
    event: 'issues',
    kind: 'labeled',
    payload: example('issues', 'labeled', { label: { name: 'ask-jules' } }),
    plain: 'label',
  },
  {
    event: 'issues',
    kind: 'closed',
    payload: example('issues', 'reopened', { action: 'closed' }),
    plain: 'thread-closed',
  },
  { event: 'issue_comment', kind: 'created', payload: commented('issue_comment'), plain: 'command', prompt: 'mistake' },
  {
    event: 'issue_comment',
    kind: 'edited',
    payload: ticked(),
    plain: 'command',
    prompt: 'command',
  },
  {
    event: 'pull_request',
    kind: 'labeled',
    payload: example('pull_request', 'labeled', { label: { name: 'ask-jules' } }),
    plain: 'label',
  },
  ...['opened', 'closed', 'reopened'].map((kind) => ({
    event: 'pull_request',
    kind,
    payload: pullOfJules(kind),
    plain: 'news',
  })),
  {
    event: 'pull_request_review',
    kind: 'submitted',
    payload: example('pull_request_review', 'submitted', {
      review: { id: 5, body: '/jules fix it', user: sender, submitted_at: '2026-11-20T11:58:00Z' },
    }),
    plain: 'command',
    prompt: 'mistake',
  },
  {
    event: 'pull_request_review_comment',
    kind: 'created',
    payload: commented('pull_request_review_comment'),
    plain: 'command',
    prompt: 'mistake',
  },
  { event: 'workflow_dispatch', kind: '', payload: example('workflow_dispatch', ''), plain: 'event-not-handled' },
  { event: 'schedule', kind: '', payload: { schedule: '17 */2 * * *', repository }, plain: 'event-not-handled' },
  { event: 'push', kind: '', payload: example('push', ''), plain: 'event-not-handled' },
  { event: 'workflow_run', kind: 'completed', payload: runOfOurs(), plain: 'event-not-handled' },
  {
    event: 'repository_dispatch',
    kind: 'on-demand-test',
    payload: example('repository_dispatch', 'on-demand-test'),
    plain: 'event-not-handled',
  },
]

function ticked(): unknown {
  const given = example('issue_comment', 'edited')
  const [from, body] = ['- [ ] Start again\n', '- [x] Start again\n']
  const comment = Object.assign({}, at(given, 'comment'), { body })
  return Object.assign({}, given, { comment, changes: { body: { from } } })
}

function pullOfJules(kind: string): unknown {
  const given = example('pull_request', kind)
  const pull = Object.assign({}, at(given, 'pull_request'), { body: 'https://jules.google.com/task/123' })
  return Object.assign({}, given, { pull_request: pull })
}

function runOfOurs(): unknown {
  const given = example('workflow_run', 'completed')
  const ours = { triggering_actor: at(given, 'sender'), head_repository: at(given, 'repository') }
  const run = Object.assign({}, at(given, 'workflow_run'), ours)
  return Object.assign({}, given, { workflow_run: run })
}

/** What parser and intent read of a payload. */
const READ = [
  ...['action', 'issue', 'pull_request', 'comment', 'review', 'label', 'sender', 'repository', 'workflow_run'],
  ...['number', 'id', 'login', 'type', 'user', 'full_name', 'name', 'title', 'body', 'updated_at', 'html_url'],
  ...[
    'path',
    'line',
    'original_line',
    'side',
    'diff_hunk',
    'pull_request_review_id',
    'created_at',
    'submitted_at',
    'changes',
    'from',
  ],
  ...['head', 'base', 'repo', 'ref', 'merged', 'head_repository', 'triggering_actor'],
]

describe(`F-47 F-60 T-134 T-140 a thousand damaged payloads of each kind, SEED=${SEED}`, () => {
  // The processor's time: on a busy machine the clock counts the turns of others too.
  let spentMs = 0

  test.each(KINDS)('$event $kind', ({ event, kind, payload, plain, prompt = 'prompt' }) => {
    // Undamaged, each asks for what it is meant to ask for.
    expect([told(derive(event, payload, PLAIN)), told(derive(event, payload, PROMPT))]).toEqual([plain, prompt])

    const broken: string[] = []
    for (const { value, damage } of mutants(payload, { keys: READ, count: 1000, name: `${event} ${kind}` })) {
      const from = process.cpuUsage()
      const found = faults(event, value)
      spentMs += process.cpuUsage(from).user / 1000
      if (found.length > 0) broken.push(`${damage}: ${found.join(', ')}`)
    }
    expect(broken.slice(0, 5)).toEqual([])
  })

  test('they take less than ten seconds in all', () => {
    expect(spentMs).toBeLessThan(10_000)
  })
})
