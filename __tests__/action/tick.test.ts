/** Boxes in the tracking comment: a tick is a command of whoever has ticked, and no other edit is one. */
import { published } from '../outcomes/acts.ts'
import { useStage } from '../support/stage/use-stage.ts'
import { ended, julesCalls, runsOf, type Told, tell, tracking, verdict } from '../support/story.ts'

const stage = useStage()

const workflow = published(
  'issue_comment: { types: [created] }',
  'issue_comment: { types: [created, edited] }',
).replace(
  "github.event.label.name == 'ask-jules'",
  "github.event.action == 'edited' || github.event.label.name == 'ask-jules'",
)

async function shown(scenario: string, inputs: Record<string, string> = {}): Promise<Told> {
  const world = await tell({ start: stage.start, workflow, scenario, inputs: { 'tick-boxes': 'true', ...inputs } })
  world.github.label(world.ann, world.issue, 'ask-jules')
  await ended(world, 'issues')
  return world
}

/** What the browser does: the text as it stands, with one box ticked. */
function tick(world: Told, box: string, by = world.ann, change = (body: string) => body): void {
  const comment = world.github.comments(world.issue)[0]
  if (!comment?.body.includes(`- [ ] ${box}`)) throw new Error(`There is no box ${box}.`)
  world.github.editComment(by, comment.id, change(comment.body.replace(`- [ ] ${box}`, `- [x] ${box}`)))
}

const edits = async (world: Told) =>
  (await runsOf(world)).filter(({ run }) => run.event === 'issue_comment').map(verdict)

test('a tick approves the plan, and the run follows the session', async () => {
  const world = await shown('plan-gate')
  expect(tracking(world)[0]).toMatch(/\n- \[ \] Approve this plan\n/)
  tick(world, 'Approve this plan')

  expect(await edits(world)).toEqual(['pull-request/completed'])
  expect(julesCalls(world, 'sessions.approvePlan')).toHaveLength(1)
  expect(tracking(world)).toEqual([expect.not.stringContaining('- [')])
})

test('a tick starts again what came to nothing', async () => {
  const world = await shown('nothing-done')
  world.jules.useScenario('automatic-pull-request')
  tick(world, 'Start again')

  expect(await edits(world)).toEqual(['pull-request/completed'])
  expect(julesCalls(world, 'sessions.create')).toHaveLength(2)
  expect(tracking(world)[1]).toContain('Started in place of an [earlier session]')
})

test('T-23 Jules has another plan by now: nothing is approved, and the new one is shown', async () => {
  const world = await shown('plan-gate')
  const [session] = world.jules.sessions()
  const plan = {
    id: 'f'.repeat(32),
    createTime: '2026-11-20T12:00:00Z',
    steps: [{ id: 'e'.repeat(32), title: 'Something else' }],
  }
  world.jules.alter(session?.id ?? '', { activity: { planGenerated: { plan } }, state: 'AWAITING_PLAN_APPROVAL' })
  tick(world, 'Approve this plan')

  expect(await edits(world)).toEqual(['waiting-for-approval/plan-changed'])
  expect(julesCalls(world, 'sessions.approvePlan')).toEqual([])
  expect(tracking(world)).toEqual([expect.stringMatching(/- \[ \] Approve this plan\n[\s\S]*`Something else`/)])
})

const STRAY: { name: string; verdict: string; act(world: Told): void }[] = [
  {
    name: 'by somebody who may only read',
    verdict: 'ignored/permission-too-low',
    act: (world) => tick(world, 'Approve this plan', world.rob),
  },
  {
    name: 'with another word changed',
    verdict: 'ignored/edited',
    act: (world) => tick(world, 'Approve this plan', world.ann, (body) => body.replace('waits', 'begs')),
  },
  {
    name: "of somebody's own comment",
    verdict: 'ignored/edited',
    act: (world) => {
      const { id } = world.github.comment(world.ann, world.issue, '- [ ] Approve this plan')
      world.github.editComment(world.ann, id, '- [x] Approve this plan')
    },
  },
]
test.each(STRAY)('T-08 a tick $name: $verdict', async ({ act, verdict: expected }) => {
  const world = await shown('plan-gate')
  act(world)

  expect((await edits(world)).at(-1)).toBe(expected)
  expect(julesCalls(world, 'sessions.approvePlan')).toEqual([])
})

test('without the input there are no boxes, and a tick is an edit like any other', async () => {
  const world = await shown('plan-gate', { 'tick-boxes': 'false' })
  const comment = world.github.comments(world.issue)[0]
  expect(comment?.body).not.toContain('- [ ]')
  world.github.editComment(world.ann, comment?.id ?? 0, `${comment?.body} `)

  expect(await edits(world)).toEqual(['ignored/edited'])
})
