/** Events that only report: a pull request of ours is opened, merged, closed or opened again; the issue is closed. */
import { useStage } from '../support/stage/use-stage.ts'
import { ended, julesCalls, labelsOf, notes, runsOf, type Told, tell, tracking, verdict } from '../support/story.ts'

const stage = useStage()

/** A session that a job has handed over, and that has opened pull request #2 since. */
async function handedOver(): Promise<Told> {
  const world = await tell({ start: stage.start, inputs: { 'wait-minutes': '0' } })
  world.github.label(world.ann, world.issue, 'ask-jules')
  await ended(world, 'issues')
  // Nobody wrote to the record for a while, and then Jules is done.
  world.clock.move(10 * 60_000)
  await world.jules.settled()
  return world
}

test('a pull request that Jules opens after the hand-over finishes the report, without anybody asking', async () => {
  const world = await handedOver()
  const run = await ended(world, 'pull_request')

  expect(verdict(run)).toMatch(/^pull-request\/(completed|still-working)$/)
  expect(tracking(world)).toEqual([
    expect.stringContaining('[pull request #2](https://github.com/acme/widgets/pull/2)'),
  ])
  expect(labelsOf(world)).toEqual([])
})

const FATES = [
  { name: 'merged', merged: true, verdict: 'pull-request/merged', says: '🎉 Merged: [pull request #2]' },
  { name: 'closed', merged: false, verdict: 'pull-request/closed-unmerged', says: '🚪 Closed without merging' },
]
test.each(FATES)('a pull request that is $name ends the thread', async ({ merged, says, ...expected }) => {
  const world = await handedOver()
  await ended(world, 'pull_request')
  world.github.closePullRequest(world.ann, 2, { merged })
  const run = await ended(world, 'pull_request')

  expect(verdict(run)).toBe(expected.verdict)
  expect(tracking(world)).toEqual([expect.stringContaining(says)])
  world.github.comment(world.ann, world.issue, '/jules reply one thing more')
  expect(verdict(await ended(world, 'issue_comment'))).toBe('answered/nothing-to-do')
})

test('closing the issue stops the following and takes the labels off', async () => {
  const world = await tell({ start: stage.start, scenario: 'question' })
  world.github.label(world.ann, world.issue, 'ask-jules')
  await ended(world, 'issues')
  expect(labelsOf(world)).toEqual(['jules: waiting'])
  world.github.closeIssue(world.ann, world.issue)
  const run = await ended(world, 'issues')

  expect(verdict(run)).toBe('stopped/thread-closed')
  expect(tracking(world)).toEqual([expect.stringContaining('the thread was closed')])
  expect(labelsOf(world)).toEqual([])
})

test('T-12 a pull request that only says it is from Jules is not taken for ours', async () => {
  const world = await tell({ start: stage.start, inputs: { 'wait-minutes': '0' } })
  world.github.label(world.ann, world.issue, 'ask-jules')
  const id = (await ended(world, 'issues')).outputs['session-id'] ?? ''
  world.github.openPullRequest(world.rob, {
    title: 'Trust me',
    head: `jules/fix-${id}`,
    body: `PR created automatically by Jules for task [${id}](https://jules.google.com/task/${id})`,
  })
  const runs = (await runsOf(world)).filter(({ run }) => run.event === 'pull_request')

  expect(runs.map(verdict)).toContain('ignored/not-our-pull-request')
  expect(tracking(world)[0]).not.toContain('Trust me')
})

test('an approval that comes too late to be heard is said in words, all from one act of the person', async () => {
  const world = await tell({ start: stage.start, scenario: 'plan-expired', inputs: { 'wait-minutes': '5' } })
  world.github.comment(world.ann, world.issue, '/jules plan fix it')
  expect(verdict(await ended(world, 'issue_comment'))).toBe('waiting-for-approval/plan-ready')
  world.clock.move(30 * 60_000)
  await world.jules.settled()
  world.github.comment(world.ann, world.issue, '/jules approve')
  const run = await ended(world, 'issue_comment')

  expect(verdict(run)).toBe('pull-request/completed')
  expect(julesCalls(world, 'sessions.approvePlan')).toHaveLength(1)
  expect(julesCalls(world, 'sessions.sendMessage').map(({ body }) => JSON.stringify(body))).toEqual([
    expect.stringContaining('The plan above is approved. Carry it out.'),
  ])
  expect(tracking(world)).toHaveLength(1)
  expect(notes(world)).toHaveLength(1)
})

/** Nobody was there to see the end, and no event came of it. */
const ANOTHER = [
  {
    name: 'words for a new one',
    event: 'issue_comment',
    act: ({ github, ann, issue }: Told) => github.comment(ann, issue, '/jules new add a test'),
  },
  {
    name: 'the label once more',
    event: 'issues',
    act: ({ github, ann, issue }: Told) => github.label(ann, issue, 'ask-jules'),
  },
]
test.each(ANOTHER)(
  '$name on a thread whose session has ended untold: its end is told, and another one starts',
  async ({ event, act }) => {
    const world = await tell({ start: stage.start, scenario: 'nothing-done', inputs: { 'wait-minutes': '0' } })
    world.github.label(world.ann, world.issue, 'ask-jules')
    await ended(world, 'issues')
    world.clock.move(20 * 60_000)
    await world.jules.settled()
    act(world)

    expect(verdict(await ended(world, event))).toBe('running/handed-over')
    expect(world.jules.sessions()).toHaveLength(2)
    expect(tracking(world)).toEqual([
      expect.stringContaining('💤 Jules is done and changed nothing'),
      expect.stringContaining('No job follows it any more'),
    ])
    expect(labelsOf(world)).toEqual(['jules: running'])
  },
)
