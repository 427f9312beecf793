/** Replies of Jules as its documents show them, in both of the ways in which those name things, and as nobody shows them. */
import fc from 'fast-check'
import { readSessionId } from '../../src/core/session.ts'
import { readActivity, readPage, readSession, readSource } from '../../src/shell/jules/schema.ts'

test('the session of the guides: a bare name, another id, no prefix', () => {
  const reply = {
    name: '1234567',
    id: 'abc123',
    prompt: 'Add comprehensive unit tests for the authentication module',
    title: 'Add auth tests',
    state: 'COMPLETED',
    url: 'https://jules.google.com/session/abc123',
    createTime: '2024-01-15T10:30:00Z',
    updateTime: '2024-01-15T11:45:00Z',
    outputs: [
      {
        pullRequest: {
          url: 'https://github.com/myorg/myrepo/pull/42',
          title: 'Add auth tests',
          description: 'Added unit tests for authentication module',
        },
      },
    ],
  }
  expect(readSession(reply)).toMatchObject({
    id: '1234567',
    state: 'COMPLETED',
    pullRequest: { url: 'https://github.com/myorg/myrepo/pull/42' },
    patch: '',
    archived: false,
    source: '',
  })
  const page = { sessions: [reply], nextPageToken: 'eyJvZmZzZXQiOjEwfQ==' }
  expect(readPage(page, 'sessions', readSession)).toMatchObject({
    items: [{ id: '1234567' }],
    next: 'eyJvZmZzZXQiOjEwfQ==',
  })
})

test('the session of a real account: change set before pull request, nine digits, archived', () => {
  const gitPatch = { unidiffPatch: 'diff --git a/t.js b/t.js\n', baseCommitId: '9f', suggestedCommitMessage: 'Make' }
  const session = readSession({
    name: 'sessions/12033588725295054001',
    state: 'PAUSED',
    archived: true,
    createTime: '2026-08-24T10:00:00.123456789Z',
    sourceContext: { source: 'sources/github/acme/widgets', githubRepoContext: { startingBranch: 'main' } },
    outputs: [
      { changeSet: { source: 'sources/github/acme/widgets', gitPatch } },
      { pullRequest: { url: 'https://github.com/acme/widgets/pull/13', title: 't', baseRef: 'main', headRef: 'x-1' } },
    ],
  })
  expect(session).toMatchObject({
    id: '12033588725295054001',
    archived: true,
    created: '2026-08-24T10:00:00.123456789Z',
    source: 'sources/github/acme/widgets',
    branch: 'main',
    patch: gitPatch.unidiffPatch,
    pullRequest: { head: 'x-1', base: 'main' },
  })
})

const STATES =
  'QUEUED PLANNING AWAITING_PLAN_APPROVAL AWAITING_USER_FEEDBACK IN_PROGRESS PAUSED FAILED COMPLETED'.split(' ')
test.each([
  ...STATES.map((state) => ({ state, read: state })),
  { state: 'STATE_UNSPECIFIED', read: 'UNKNOWN' },
  { state: 'STARTING_UP', read: 'UNKNOWN' },
  { state: undefined, read: 'QUEUED' },
])('F-18 the state $state is $read', ({ state, read }) => {
  expect(readSession({ name: 'sessions/1', state })).toMatchObject({ state: read, rawState: state ?? 'QUEUED' })
})

const EVENTS: { event: object; happening: object }[] = [
  {
    event: {
      planGenerated: {
        plan: {
          id: 'p',
          steps: [
            { id: 's', title: 'Look' },
            { index: 1, title: 'Do', description: 'x' },
          ],
        },
      },
    },
    happening: {
      kind: 'plan-generated',
      plan: {
        id: 'p',
        steps: [
          { title: 'Look', description: '' },
          { title: 'Do', description: 'x' },
        ],
      },
    },
  },
  { event: { planApproved: { planId: 'p' } }, happening: { kind: 'plan-approved', plan: 'p' } },
  { event: { userMessaged: { userMessage: 'Hi' } }, happening: { kind: 'user-messaged', message: 'Hi' } },
  { event: { agentMessaged: { agentMessage: 'Hm?' } }, happening: { kind: 'agent-messaged', message: 'Hm?' } },
  { event: { progressUpdated: {} }, happening: { kind: 'progress', title: '', description: '' } },
  {
    event: { progressUpdated: { title: 'Read…', description: 'Read it all' } },
    happening: { kind: 'progress', title: 'Read…', description: 'Read it all' },
  },
  {
    event: { progressUpdated: { description: 'Read it all' } },
    happening: { kind: 'progress', title: 'Read it all', description: 'Read it all' },
  },
  { event: { sessionCompleted: {} }, happening: { kind: 'completed' } },
  { event: { sessionFailed: { reason: 'x' } }, happening: { kind: 'failed', why: 'x' } },
  { event: { testsRun: {} }, happening: { kind: 'unknown' } },
]
test.each(EVENTS)('F-18 an activity that tells $happening.kind', ({ event, happening }) => {
  const name = 'sessions/1/activities/0a1b'
  const activity = readActivity({ name, createTime: '2026-08-24T10:00:41.801654Z', ...event })
  expect(activity).toMatchObject({ id: '0a1b', by: 'system', at: '2026-08-24T10:00:41.801654Z', happening })
  expect(activity?.unknown).toEqual('testsRun' in event ? ['testsRun'] : undefined)
})

test.each([
  { name: 'of Jules', id: '8f3b9a1c0d2e4f5a', kept: '8f3b9a1c0d2e4f5a' },
  { name: 'with other letters of ids', id: 'Plan_1-b', kept: 'Plan_1-b' },
  { name: 'with letters that take much room', id: 'a\u0001b中c😀d"e\n', kept: 'abcde' },
  { name: 'with nothing else', id: '中😀', kept: '' },
  { name: 'that is very long', id: 'f'.repeat(5000), kept: 'f'.repeat(64) },
  { name: 'that is no text', id: 7, kept: '' },
])('T-56 an id of a plan $name is the same wherever it stands', ({ id, kept }) => {
  const happenings = [{ planGenerated: { plan: { id } } }, { planApproved: { planId: id } }].map(
    (event) => readActivity({ id: 'a1', ...event })?.happening,
  )
  expect(happenings).toEqual([
    { kind: 'plan-generated', plan: { id: kept, steps: [] } },
    { kind: 'plan-approved', plan: kept },
  ])
})

test('F-18 artifacts of every kind, on any activity; of a kind that nobody knows, its name', () => {
  const activity = readActivity({
    id: 'a1',
    sessionCompleted: {},
    artifacts: [
      { changeSet: { source: 'sources/github/', gitPatch: { unidiffPatch: 'one' } } },
      { bashOutput: { command: 'npm test', output: 'fine' } },
      { bashOutput: { command: 'false', output: '', exitCode: 1 } },
      { bashOutput: {} },
      { media: { data: 'QUJD', mimeType: 'image/png' } },
      { hologram: {} },
      { changeSet: { gitPatch: { unidiffPatch: '' } } },
    ],
  })
  expect(activity).toMatchObject({
    patch: 'one',
    commands: [
      { command: 'npm test', exitCode: 0 },
      { command: 'false', exitCode: 1 },
    ],
    media: [{ data: 'QUJD', mimeType: 'image/png' }],
    unknown: ['hologram'],
  })
})

test.each(['sources/github/o/r', 'sources/github-o-r'])('a source named %s', (name) => {
  const githubRepo = { owner: 'o', repo: 'r', defaultBranch: { displayName: 'main' }, branches: [] }
  expect(readSource({ name, id: 'x', githubRepo })).toEqual({ name, owner: 'o', repo: 'r' })
})

test.each(['123', 'sessions/123', 'https://jules.google.com/session/123', 'https://jules.google.com/task/123'])(
  'a session given as %s',
  (name) => expect(readSessionId(name)).toBe('123'),
)

test('F-18 F-43 whatever comes, reading it is no exception', () => {
  const anything = fc.anything()
  const shaped = fc.record({
    name: anything,
    state: anything,
    outputs: anything,
    artifacts: anything,
    planGenerated: anything,
    nextPageToken: anything,
    sessions: anything,
  })
  fc.assert(
    fc.property(fc.oneof(anything, shaped), (reply) => {
      readSession(reply)
      readActivity(reply)
      readSource(reply)
      readPage(reply, 'sessions', readSession)
    }),
    { numRuns: 1000 },
  )
})
