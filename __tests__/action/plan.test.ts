/** A plan that is approved half an hour late: one act of the person is enough; `__tests__/stories/plan-*` tell of the rest. */
import { useStage } from '../support/stage/use-stage.ts'
import { bodyOf, ended, julesCalls, labelsOf, notes, type Told, tell, tracking, verdict } from '../support/story.ts'

const stage = useStage()

/** The plan was shown, nobody came, and Jules has called the session completed. */
async function expired(scenario: string, inputs: Record<string, string> = {}): Promise<Told> {
  const world = await tell({ start: stage.start, scenario, inputs: { 'require-plan-approval': 'true', ...inputs } })
  world.github.label(world.ann, world.issue, 'ask-jules')
  await ended(world, 'issues')
  world.clock.move(30 * 60_000)
  await world.jules.settled()
  expect(world.jules.sessions()).toMatchObject([{ state: 'COMPLETED' }])
  // Whatever is created from now on gets its plan approved as it was asked for.
  world.jules.useScenario('automatic-pull-request')
  return world
}

/** Answered as if it had arrived, and never heard of again. */
function unheard(world: Told): void {
  world.jules.server.faults.add({
    route: 'sessions.sendMessage',
    phase: 'before',
    times: 9,
    act: { kind: 'answer', answer: { status: 200, body: {} } },
  })
}

const creates = (world: Told) => julesCalls(world, 'sessions.create').map(bodyOf)
const words = (world: Told) => julesCalls(world, 'sessions.sendMessage').map((call) => String(bodyOf(call).prompt))

test('F-24 neither the approval nor the words are heard: a new session starts with the plan, and the first comment says so', async () => {
  const world = await expired('plan-expired')
  unheard(world)
  world.github.comment(world.ann, world.issue, '/jules approve')
  const run = await ended(world, 'issue_comment')

  expect(verdict(run)).toBe('pull-request/completed')
  expect(words(world)).toHaveLength(1)
  const [first, second, ...more] = creates(world)
  expect(more).toEqual([])
  expect(first).toMatchObject({ requirePlanApproval: true })
  expect(second).not.toHaveProperty('requirePlanApproval')
  expect(second?.prompt).toMatch(
    /The date test fails at midnight\.[\s\S]*it is approved\. Carry it out:\n----- begin \w+ -----\n1\. [\s\S]*\njules-relay: acme\/widgets#1 [0-9a-f]{20}$/,
  )
  expect(String(second?.prompt).match(/jules-relay: /g)).toHaveLength(1)
  expect(second).toMatchObject({ title: 'Flaky date test (#1)', sourceContext: first?.sourceContext })
  expect(tracking(world)).toEqual([
    expect.stringMatching(/was not heard\. A new session starts with this plan/),
    expect.stringContaining('### ✅ Jules opened [pull request #2]'),
  ])
  expect(labelsOf(world)).toEqual([])
  expect(notes(world)).toHaveLength(1)
})

test('the job does not wait: the sweeps take the same steps', async () => {
  const world = await expired('plan-expired', { 'wait-minutes': '0' })
  unheard(world)
  world.github.schedule('17 */2 * * *')
  await ended(world, 'schedule')
  expect(tracking(world)).toEqual([expect.stringContaining('📋 Jules has a plan')])
  world.github.comment(world.ann, world.issue, '/jules approve')
  await ended(world, 'issue_comment')
  for (let times = 0; times < 4; times += 1) {
    world.clock.move(2 * 60 * 60_000)
    await world.jules.settled()
    world.github.schedule('17 */2 * * *')
    expect(verdict(await ended(world, 'schedule'))).toBe('swept/done')
  }

  expect(words(world)).toHaveLength(1)
  expect(creates(world)).toHaveLength(2)
  expect(tracking(world)).toEqual([
    expect.stringContaining('A new session starts with this plan'),
    expect.stringContaining('[pull request #2]'),
  ])
})

test('F-12 the same approval again does nothing more', async () => {
  const world = await expired('plan-expired')
  unheard(world)
  world.github.comment(world.ann, world.issue, '/jules approve')
  const { run } = await ended(world, 'issue_comment')
  await world.runner.rerun(run)

  expect(creates(world)).toHaveLength(2)
  expect(tracking(world)).toHaveLength(2)
})
