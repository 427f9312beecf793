/** Every way to ask, from the webhook to the session, with the built action as the runner starts it. */
import {
  bodyOf,
  ended,
  endWorlds,
  julesCalls,
  labelsOf,
  notes,
  type Told,
  tell,
  tracking,
  verdict,
} from '../support/story.ts'

afterEach(endWorlds)

const created = (world: Told) => julesCalls(world, 'sessions.create').map(bodyOf)
const quick = { inputs: { 'wait-minutes': '0' } }

test('a label on an issue starts a session, is taken off, and the thread is told of the pull request', async () => {
  const world = await tell()
  world.github.label(world.ann, world.issue, 'Ask-Jules')
  const { outputs, result } = await ended(world, 'issues')

  expect(verdict({ outputs })).toBe('pull-request/completed')
  expect(result.code).toBe(0)
  expect(outputs['pull-request-url']).toBe('https://github.com/acme/widgets/pull/2')
  expect(outputs['pull-request-number']).toBe('2')
  expect(created(world)).toEqual([
    {
      prompt: expect.stringMatching(
        /The date test fails at midnight\.[\s\S]*\njules-relay: acme\/widgets#1 [0-9a-f]{20}$/,
      ),
      title: 'Flaky date test (#1)',
      sourceContext: { source: 'sources/github/acme/widgets', githubRepoContext: { startingBranch: 'main' } },
      automationMode: 'AUTO_CREATE_PR',
    },
  ])
  expect(tracking(world)).toEqual([
    expect.stringContaining('[pull request #2](https://github.com/acme/widgets/pull/2)'),
  ])
  expect(tracking(world)[0]).toContain('`src/due-label.js` +8 −3')
  expect(labelsOf(world)).toEqual([])
  expect(result.summary).toContain('pull request #2')
})

test('a label on a pull request of this repository starts from its head branch', async () => {
  const world = await tell(quick)
  const pull = world.github.openPullRequest(world.rob, { title: 'Mend dates', head: 'mend-dates' })
  world.github.label(world.ann, pull.number, 'ask-jules')
  const run = await ended(world, 'pull_request')

  expect(verdict(run)).toBe('running/handed-over')
  expect(created(world)).toMatchObject([{ sourceContext: { githubRepoContext: { startingBranch: 'mend-dates' } } }])
  expect(tracking(world, pull.number)[0]).toContain('pull request of its own, into `mend-dates`')
})

const WORDS = [
  { name: 'free words', body: '/jules fix the flaky test', has: 'fix the flaky test' },
  { name: 'new', body: '/jules new fix it\nand more', has: 'fix it\nand more' },
  { name: 'the bare command: the issue itself', body: '/jules', has: 'Do what issue #1 of acme/widgets asks for.' },
]
test.each(WORDS)('a comment with $name starts a session', async ({ body, has }) => {
  const world = await tell(quick)
  world.github.comment(world.ann, world.issue, body)

  expect(verdict(await ended(world, 'issue_comment'))).toBe('running/handed-over')
  expect(created(world)).toHaveLength(1)
  expect(created(world)[0]?.prompt).toMatch(new RegExp(`^${has}`))
  expect(tracking(world)).toHaveLength(1)
})

test('flags directly behind the command choose branch, title and no pull request', async () => {
  const world = await tell(quick)
  world.github.openPullRequest(world.rob, { title: 'dev', head: 'dev' })
  world.github.comment(world.ann, world.issue, '/jules --branch dev --title "Dates, again" --no-pr fix it --now')
  await ended(world, 'issue_comment')

  expect(created(world)).toEqual([
    {
      prompt: expect.stringMatching(/^fix it --now\n/),
      title: 'Dates, again',
      sourceContext: { source: 'sources/github/acme/widgets', githubRepoContext: { startingBranch: 'dev' } },
    },
  ])
})

test('words on a thread whose session can be talked to go to that session', async () => {
  const world = await tell({ scenario: 'question' })
  world.github.label(world.ann, world.issue, 'ask-jules')
  expect(verdict(await ended(world, 'issues'))).toBe('waiting-for-reply/question')
  world.github.comment(world.ann, world.issue, '/jules use UTC everywhere')

  expect(verdict(await ended(world, 'issue_comment'))).toBe('pull-request/completed')
  expect(julesCalls(world, 'sessions.sendMessage').map(bodyOf)).toEqual([
    { prompt: expect.stringMatching(/^use UTC everywhere\n\njules-relay: acme\/widgets#1 [0-9a-f]{20}$/) },
  ])
  expect(created(world)).toHaveLength(1)
  expect(tracking(world)).toHaveLength(1)
})

test('words on the pull request that a session made go to that session; the tracking comment stays where it was', async () => {
  const world = await tell()
  world.github.label(world.ann, world.issue, 'ask-jules')
  await ended(world, 'issues')
  world.github.comment(world.ann, 2, '/jules also test the last day of a month')

  expect(verdict(await ended(world, 'issue_comment'))).toBe('pull-request/completed')
  expect(julesCalls(world, 'sessions.sendMessage')).toHaveLength(1)
  expect(created(world)).toHaveLength(1)
  expect(tracking(world)).toHaveLength(1)
  expect(tracking(world, 2)).toEqual([])
  expect(notes(world, 2)).toEqual([expect.stringMatching(/issues\/1#issuecomment-/)])
})

test('a plan is shown and waits; approving it carries the session on to its pull request', async () => {
  const world = await tell()
  world.github.comment(world.ann, world.issue, '/jules plan fix it')
  expect(verdict(await ended(world, 'issue_comment'))).toBe('waiting-for-approval/plan-ready')
  expect(tracking(world)[0]).toContain('/jules approve')
  expect(labelsOf(world)).toEqual(['jules: waiting'])
  expect(notes(world)).toEqual([expect.stringMatching(/^@ann\n/)])
  world.github.comment(world.ann, world.issue, '/jules approve')

  expect(verdict(await ended(world, 'issue_comment'))).toBe('pull-request/completed')
  expect(julesCalls(world, 'sessions.approvePlan')).toHaveLength(1)
  expect(created(world)).toMatchObject([{ requirePlanApproval: true }])
})

const DISPATCH = `on: workflow_dispatch
jobs:
  jules:
    runs-on: ubuntu-latest
    permissions: { contents: read, issues: write }
    steps:
      - uses: ./
        with: { jules-api-key: '\${{ secrets.JULES_API_KEY }}', prompt: Update the dependencies. NUMBER }
`
test('a workflow with a prompt starts a session and reports in its outputs', async () => {
  const world = await tell({ workflow: DISPATCH.replace('NUMBER', '') })
  world.github.dispatch(world.ann)
  const run = await ended(world, 'workflow_dispatch')

  expect(verdict(run)).toBe('pull-request/completed')
  expect(run.outputs['comment-url']).toBe('')
  expect(created(world)).toMatchObject([
    { prompt: expect.stringMatching(/^Update the dependencies\.\n\njules-relay: acme\/widgets [0-9a-f]{20}$/) },
  ])
  expect(world.github.comments(world.issue)).toEqual([])
})

test('a workflow with a prompt and an issue number reports in that thread', async () => {
  const world = await tell({ workflow: DISPATCH.replace('NUMBER', ''), inputs: { 'issue-number': '1' } })
  world.github.dispatch(world.ann)

  expect(verdict(await ended(world, 'workflow_dispatch'))).toBe('pull-request/completed')
  expect(tracking(world)).toHaveLength(1)
})

test('a session that is still at work when nobody can be told of it is handed back by its id', async () => {
  const world = await tell({ workflow: DISPATCH.replace('NUMBER', ''), ...quick })
  world.github.dispatch(world.ann)
  const run = await ended(world, 'workflow_dispatch')

  expect(verdict(run)).toBe('running/nobody-follows')
  expect(run.outputs['session-id']).toMatch(/^\d+$/)
})

test('a source that is named in the other form, or that only the list shows, is found all the same', async () => {
  const dashed = await tell({ ...quick, sourceNaming: 'dashed' })
  dashed.github.label(dashed.ann, dashed.issue, 'ask-jules')
  expect(verdict(await ended(dashed, 'issues'))).toBe('running/handed-over')
  expect(created(dashed)).toMatchObject([{ sourceContext: { source: 'sources/github-acme-widgets' } }])

  const listed = await tell(quick)
  const absent = { status: 404, body: { error: { code: 404, message: 'no', status: 'NOT_FOUND' } } }
  listed.jules.server.faults.add({
    route: 'sources.get',
    phase: 'before',
    times: 2,
    act: { kind: 'answer', answer: absent },
  })
  listed.github.label(listed.ann, listed.issue, 'ask-jules')
  expect(verdict(await ended(listed, 'issues'))).toBe('running/handed-over')
  expect(created(listed)).toMatchObject([{ sourceContext: { source: 'sources/github/acme/widgets' } }])
})

test('a retry starts again with what was asked, neither more nor less', async () => {
  const world = await tell({ scenario: 'failure' })
  world.github.comment(world.ann, world.issue, '/jules fix the midnight bug')
  await ended(world, 'issue_comment')
  world.github.comment(world.ann, world.issue, '/jules retry')
  await ended(world, 'issue_comment')
  const [first, second] = created(world).map(({ prompt }) => String(prompt))

  expect(second?.replace(/[0-9a-f]{20}$/, '')).toBe(first?.replace(/[0-9a-f]{20}$/, ''))
  expect(second).not.toBe(first)
  expect(tracking(world)).toHaveLength(2)
})

test('a retry after a start that Jules refused takes the words of the command', async () => {
  const world = await tell(quick)
  const refused = { status: 429, body: { error: { code: 429, message: 'no', status: 'RESOURCE_EXHAUSTED' } } }
  world.jules.server.faults.add({ route: 'sessions.create', phase: 'before', act: { kind: 'answer', answer: refused } })
  world.github.comment(world.ann, world.issue, '/jules fix the midnight bug')
  expect(verdict(await ended(world, 'issue_comment'))).toBe('queued/quota-full')
  expect(labelsOf(world)).toEqual(['jules: queued'])
  world.github.comment(world.ann, world.issue, '/jules retry')

  expect(verdict(await ended(world, 'issue_comment'))).toBe('running/handed-over')
  expect(created(world)[1]?.prompt).toMatch(/^fix the midnight bug\n/)
})

test('status brings a thread up to date that a job has handed over, labels and all', async () => {
  const world = await tell(quick)
  world.github.label(world.ann, world.issue, 'ask-jules')
  await ended(world, 'issues')
  expect(labelsOf(world)).toEqual(['jules: running'])
  world.clock.move(20 * 60_000)
  await world.jules.settled()
  world.github.comment(world.ann, world.issue, '/jules status')
  const run = await ended(world, 'issue_comment')

  expect(verdict(run)).toBe('answered/status')
  expect(run.outputs['pull-request-number']).toBe('2')
  expect(tracking(world)).toEqual([expect.stringContaining('✅ Jules opened')])
  expect(labelsOf(world)).toEqual([])
})

const ANSWERS = [
  { body: '/jules help', verdict: 'answered/help', says: '/jules plan <text>' },
  { body: '/jules aprove', verdict: 'answered/did-you-mean', says: '/jules approve' },
  { body: '/jules --repo other/private fix it', verdict: 'answered/unknown-flag', says: '--branch <name>' },
  { body: '/jules stop being silly', verdict: 'answered/ambiguous', says: '/jules new stop being silly' },
  { body: '/jules approve', verdict: 'answered/nothing-to-do', says: '/jules help' },
]
test.each(ANSWERS)(
  '$body on a fresh issue is answered once, and Jules is not asked',
  async ({ body, says, ...expected }) => {
    const world = await tell()
    world.github.comment(world.ann, world.issue, body)

    expect(verdict(await ended(world, 'issue_comment'))).toBe(expected.verdict)
    expect(notes(world)).toEqual([expect.stringContaining(says)])
    expect(julesCalls(world)).toEqual([])
    expect(tracking(world)).toEqual([])
  },
)
