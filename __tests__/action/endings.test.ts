/** Every way in which a session can end or wait, as the thread, the outputs and the exit code tell it. */
import { useStage } from '../support/stage/use-stage.ts'
import { ended, julesCalls, labelsOf, notes, tell, tracking, verdict } from '../support/story.ts'

const stage = useStage()

type Ending = {
  scenario: string
  verdict: string
  code?: number
  /** Words that the tracking comment must hold. */
  says: string | RegExp
  labels?: string[]
  /** Does the requester get a short comment? */
  calls?: boolean
}

const ENDINGS: Ending[] = [
  { scenario: 'patch-only', verdict: 'changes/not-published', says: '`src/due-label.js` +' },
  {
    scenario: 'failure',
    verdict: 'failed/session-failed',
    code: 1,
    says: /Jules gave this reason:\*\*\n\n```text\n/,
    labels: ['jules: failed'],
    calls: true,
  },
  { scenario: 'media', verdict: 'pull-request/completed', says: 'pull request #2' },
]

test.each(ENDINGS)(
  '$scenario ends as $verdict',
  async ({ scenario, code = 0, labels = [], calls = false, ...expected }) => {
    const world = await tell({ start: stage.start, scenario })
    world.github.label(world.ann, world.issue, 'ask-jules')
    const run = await ended(world, 'issues')

    expect(verdict(run)).toBe(expected.verdict)
    expect(run.result.code).toBe(code)
    expect(tracking(world)).toEqual([
      typeof expected.says === 'string' ? expect.stringContaining(expected.says) : expect.stringMatching(expected.says),
    ])
    expect(labelsOf(world)).toEqual(labels)
    expect(notes(world)).toEqual(calls ? [expect.stringMatching(/^@ann\n/)] : [])
    expect(run.result.summary).toContain(`\`${run.outputs.outcome}\` (\`${run.outputs.reason}\`)`)
    expect(run.result.stderr).toBe('')
  },
)

test('a FAILED session leaves the step green where the workflow says so', async () => {
  const world = await tell({ start: stage.start, scenario: 'failure', inputs: { 'fail-on-session-failure': 'false' } })
  world.github.label(world.ann, world.issue, 'ask-jules')
  const run = await ended(world, 'issues')

  expect([verdict(run), run.result.code]).toEqual(['failed/session-failed', 0])
})

const refusal = (status: number, code: string, message: string) =>
  ({ kind: 'answer', answer: { status, body: { error: { code: status, message, status: code } } } }) as const

const REFUSALS = [
  {
    name: 'a key that is refused',
    route: 'sessions.create',
    act: refusal(401, 'UNAUTHENTICATED', 'no'),
    verdict: 'failed/key-rejected',
    code: 1,
    says: 'Make a new one',
  },
  {
    name: 'a request that is refused',
    route: 'sessions.create',
    act: refusal(400, 'INVALID_ARGUMENT', 'no'),
    verdict: 'failed/request-rejected',
    code: 1,
    says: 'INVALID_ARGUMENT',
  },
  {
    name: 'a quota that is used up',
    route: 'sessions.create',
    act: refusal(400, 'FAILED_PRECONDITION', 'no'),
    verdict: 'queued/quota-full',
    code: 0,
    says: 'To try now, write `/jules status`',
  },
  {
    name: 'a burst limit',
    route: 'sessions.create',
    act: refusal(429, 'RESOURCE_EXHAUSTED', 'no'),
    verdict: 'queued/quota-full',
    code: 0,
    says: 'To try now, write `/jules status`',
  },
]
test.each(REFUSALS)('$name reaches the thread in a sentence that says what to do', async (row) => {
  const world = await tell({ start: stage.start })
  world.jules.server.faults.add({ route: row.route, phase: 'before', act: row.act, times: 9 })
  world.github.label(world.ann, world.issue, 'ask-jules')
  const run = await ended(world, 'issues')

  expect([verdict(run), run.result.code]).toEqual([row.verdict, row.code])
  expect(tracking(world)).toEqual([expect.stringContaining(row.says)])
  expect(julesCalls(world, 'sessions.create')).toHaveLength(1)
})
