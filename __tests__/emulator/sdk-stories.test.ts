import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Clock, startClock } from '../../emulator/clock.ts'
import { type Jules, startJules } from '../../emulator/jules/index.ts'

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))
const NOT_FOUND = { error: { code: 404, message: 'Requested entity was not found.', status: 'NOT_FOUND' } }

let clock: Clock
let jules: Jules
/** An account whose sessions are unknown to activities.list at first. */
let slowToKnow: Jules
let told: Record<string, unknown>

beforeAll(async () => {
  clock = startClock({ speed: 150 })
  const sources = [{ owner: 'acme', repo: 'widgets' }]
  jules = await startJules({ clock, sources })
  slowToKnow = await startJules({ clock, sources })
  slowToKnow.server.faults.add({
    route: 'activities.list',
    times: 4,
    phase: 'before',
    act: { kind: 'answer', answer: { status: 404, body: NOT_FOUND } },
  })
  const hastened = ['--import', here('../../emulator/clock-hook.mjs')]
  const env = { PATH: process.env.PATH, ...clock.environment() }
  const command = [...hastened, here('sdk-stories.ts'), jules.url, slowToKnow.url]
  const { stdout } = await promisify(execFile)(process.execPath, command, { env })
  told = JSON.parse(stdout)
})
afterAll(() => Promise.all([jules.stop(), slowToKnow.stop()]))

const FILES = [
  { path: 'src/due-label.js', changeType: 'modified', additions: 8, deletions: 3 },
  { path: 'test/due-label.test.js', changeType: 'modified', additions: 5, deletions: 6 },
]
const PULL_REQUEST = {
  url: expect.stringMatching(/^https:\/\/github\.com\/acme\/widgets\/pull\/\d$/),
  title: 'Make the date test deterministic',
  baseRef: 'main',
  headRef: expect.stringMatching(/^fix-date-test-\d{19}$/),
}
const PUBLISHED = {
  state: 'completed',
  pullRequest: PULL_REQUEST,
  outputs: ['changeSet', 'pullRequest'],
  files: FILES,
  summary: { totalFiles: 2, created: 0, modified: 2, deleted: 0 },
}

test('an interactive session: plan, approval, question and answer, pull request', () => {
  expect(told.interactive).toMatchObject({
    gated: 'awaitingPlanApproval',
    reply: 'Understood, I will take that into account.',
    outcome: PUBLISHED,
  })
})

test('an automated one, followed by its stream: every activity once, in order', () => {
  expect(told.automated).toMatchObject({ outcome: PUBLISHED })
  expect(told.automated).toHaveProperty('types', [
    'planGenerated',
    'planApproved',
    ...Array.from({ length: 6 }, () => 'progressUpdated'),
    'sessionCompleted',
  ])
})

test('one without a repository: files, and no pull request', () => {
  expect(told.repositoryLess).not.toHaveProperty('sourceContext')
  expect(told.repositoryLess).not.toHaveProperty('outcome.pullRequest')
  expect(told.repositoryLess).toMatchObject({
    outcome: { outputs: ['changeSet'], files: FILES, content: expect.stringContaining('function dayNumber(date)') },
  })
})

test('without autoPr there is a change set and no pull request', () => {
  expect(told.patchOnly).toMatchObject({ state: 'completed', outputs: ['changeSet'], files: FILES })
})

test('a question is waited for and answered', () => {
  expect(told.question).toMatchObject({ asked: expect.stringContaining('by the calendar'), outcome: PUBLISHED })
})

test('a message to a completed session begins a second turn on the same pull request', () => {
  expect(told.reopened).toMatchObject({
    first: PUBLISHED,
    reply: 'Thank you, I will look at that.',
    second: { state: 'completed', outputs: ['changeSet', 'pullRequest'] },
  })
  const { first, second } = told.reopened as Record<string, { pullRequest: { url: string }; files: object[] }>
  expect(second?.pullRequest.url).toBe(first?.pullRequest.url)
  expect(second?.files).not.toEqual(first?.files)
})

test('a failed one says why in its stream, and has no result', () => {
  expect(told.failing).toEqual({
    reason: 'The setup script of the repository failed: npm ci ended with exit code 1.',
    error: 'AutomatedSessionFailedError',
  })
})

test('a session that activities.list does not know yet is asked for again, after 1, 2, 4 and 8 seconds', () => {
  expect(told.grace).toEqual({ first: 'planGenerated' })
  const calls = slowToKnow.server.calls.filter(({ route }) => route === 'activities.list')
  expect(calls.slice(0, 5).map(({ status }) => status)).toEqual([404, 404, 404, 404, 200])
  const waits = calls.slice(1, 5).map(({ at }, index) => (at - Number(calls[index]?.at)) / 1000)
  for (const [index, wait] of waits.entries()) expect(wait).toBeGreaterThanOrEqual(2 ** index - 0.2)
})

test('nothing was called that no route was planned for', () => {
  expect([...jules.server.unplanned, ...slowToKnow.server.unplanned]).toEqual([])
})
