/** Commands in reviews and on lines of code: from the example workflow, one message for all that a review says. */
import { useStage } from '../support/stage/use-stage.ts'
import { bodyOf, ended, julesCalls, notes, runsOf, type Told, tell, tracking, verdict } from '../support/story.ts'

const stage = useStage()

const quick = { inputs: { 'wait-minutes': '0' } }
const REVIEW = 'pull_request_review'
const LINE = 'pull_request_review_comment'

/** A pull request of somebody's own. */
function theirs(world: Told): number {
  const files = [
    {
      filename: 'src/date.ts',
      status: 'modified' as const,
      additions: 1,
      deletions: 1,
      patch: '@@ -1,2 +1,2 @@\n-old\n+new',
    },
  ]
  return world.github.openPullRequest(world.rob, { title: 'Mend dates', head: 'mend-dates', files }).number
}

/** A pull request that a session of issue #1 has made. */
async function ours(world: Told): Promise<number> {
  world.github.label(world.ann, world.issue, 'ask-jules')
  await runsOf(world)
  return 2
}

const created = (world: Told) => julesCalls(world, 'sessions.create').map(bodyOf)
const told = (world: Told) => julesCalls(world, 'sessions.sendMessage').map((call) => String(bodyOf(call).prompt))
const verdicts = async (world: Told, event: string) =>
  (await runsOf(world)).filter(({ run }) => run.event === event).map(verdict)

test('a command on a line starts a session on the head branch, with the piece of the diff', async () => {
  const world = await tell({ start: stage.start, ...quick })
  const pull = theirs(world)
  const line = world.github.reviewComment(world.ann, pull, {
    path: 'src/date.ts',
    line: 2,
    body: '/jules use UTC here',
  })
  expect(verdict(await ended(world, LINE))).toBe('running/handed-over')

  expect(created(world)).toMatchObject([{ sourceContext: { githubRepoContext: { startingBranch: 'mend-dates' } } }])
  expect(created(world)[0]?.prompt).toMatch(
    /^use UTC here\n\nThe words above are about `src\/date\.ts`, line 2 of pull request #2:\n\n[\s\S]*\n-old\n\+new\n----- end/,
  )
  expect(tracking(world, pull)).toHaveLength(1)
  expect(
    world.github.store.reactions.filter(({ kind, id }) => kind === 'reviewComment' && id === line.id),
  ).toHaveLength(2)
  // The event of the review that GitHub wraps around the comment asks for the same.
  expect(await verdicts(world, REVIEW)).toEqual([expect.stringMatching(/already-(handled|running)|handed-over/)])
  expect(created(world)).toHaveLength(1)
})

test('on a pull request of ours the command goes to its session, and the answer says where to look', async () => {
  const world = await tell({ start: stage.start })
  const pull = await ours(world)
  world.github.reviewComment(world.ann, pull, { path: 'src/due-label.js', line: 3, body: '/jules name it better' })
  await runsOf(world)

  expect(told(world)).toEqual([
    expect.stringMatching(
      /^name it better\n\nThe words above are about `src\/due-label\.js`, line 3 of pull request #2:/,
    ),
  ])
  expect(created(world)).toHaveLength(1)
  expect(tracking(world)).toHaveLength(1)
  expect(notes(world, pull)).toEqual([expect.stringContaining('Told the session that made this pull request')])
})

test('a review with a command is one message with all that it says about lines', async () => {
  const world = await tell({ start: stage.start })
  const pull = await ours(world)
  world.github.review(world.ann, pull, {
    state: 'changes_requested',
    body: '/jules please take these up',
    comments: [
      { path: 'src/due-label.js', line: 3, body: 'A better name, please.\n```suggestion\nconst due = 1\n```' },
      { path: 'src/due-label.js', line: 5, body: '/jules and a test for this' },
    ],
  })
  await runsOf(world)

  expect(told(world)).toHaveLength(1)
  expect(told(world)[0]).toMatch(
    /^please take these up\n\nWhat the review of pull request #2 says about its lines:\n\n1\. On `src\/due-label\.js`, line 3:/,
  )
  expect(told(world)[0]).toContain('```suggestion\nconst due = 1\n```')
  expect(told(world)[0]).toMatch(/\n\n2\. On `src\/due-label\.js`, line 5:[\s\S]*\n\nand a test for this\n/)
  expect(await verdicts(world, LINE)).toEqual(['ignored/part-of-review'])
})

test('several commands on lines, none in the words of the review: still one message', async () => {
  const world = await tell({ start: stage.start })
  const pull = await ours(world)
  world.github.review(world.ann, pull, {
    state: 'commented',
    comments: [
      { path: 'src/due-label.js', line: 3, body: '/jules first thing' },
      { path: 'src/due-label.js', line: 4, body: 'only for people' },
      { path: 'src/due-label.js', line: 5, body: '/jules second thing' },
    ],
  })
  await runsOf(world)

  expect(told(world)).toEqual([expect.stringMatching(/^What the review[\s\S]*first thing[\s\S]*second thing/)])
  expect(told(world)[0]).not.toContain('only for people')
  expect(await verdicts(world, LINE)).toEqual(['ignored/part-of-review', 'ignored/part-of-review'])
})

test('a review without a command asks nothing, and Jules hears nothing', async () => {
  const world = await tell({ start: stage.start })
  const pull = theirs(world)
  world.github.review(world.ann, pull, {
    state: 'commented',
    body: 'nice',
    comments: [{ path: 'src/date.ts', line: 2, body: 'ok' }],
  })

  expect(verdict(await ended(world, REVIEW))).toBe('ignored/not-a-command')
  expect(julesCalls(world)).toEqual([])
})

test('T-01 a command on a line by somebody who may only read is not answered', async () => {
  const world = await tell({ start: stage.start })
  const pull = theirs(world)
  world.github.reviewComment(world.rob, pull, { path: 'src/date.ts', line: 2, body: '/jules spend' })

  expect(verdict(await ended(world, LINE))).toBe('ignored/permission-too-low')
  expect(julesCalls(world)).toEqual([])
  expect(world.github.comments(pull)).toEqual([])
})

test('a review of somebody who may not ask makes no run red, whatever GitHub says', async () => {
  const world = await tell({ start: stage.start })
  const pull = theirs(world)
  const answer = { status: 403, body: { message: 'Resource not accessible by integration' } }
  const fault = {
    route: 'pulls.listCommentsForReview',
    phase: 'before',
    times: 9,
    act: { kind: 'answer', answer },
  } as const
  world.github.server.faults.add(fault)
  world.github.review(world.rob, pull, { state: 'commented', body: 'Looks fine' })
  const { result } = await ended(world, REVIEW)

  expect([verdict(result), result.code]).toEqual(['ignored/permission-too-low', 0])
})

test('F-11 the same review again does nothing', async () => {
  const world = await tell({ start: stage.start })
  const pull = await ours(world)
  world.github.review(world.ann, pull, { state: 'commented', body: '/jules once only' })
  const { run } = await ended(world, REVIEW)
  await world.runner.rerun(run)

  expect(told(world)).toHaveLength(1)
  expect(await verdicts(world, REVIEW)).toContain('ignored/already-handled')
})
