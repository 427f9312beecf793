/** F-13 A thread's second session that Jules does not know yet: nothing of the first one is told of it. */
import { handedOver, later, say } from '../support/handed-over.ts'
import { useStage } from '../support/stage/use-stage.ts'
import { tracking, verdict } from '../support/story.ts'

const stage = useStage()

test.each(['/jules new Once more.', '/jules retry'])('%s', async (words) => {
  const world = await handedOver(stage)
  await later(world, 20)
  const [first] = world.jules.sessions()
  world.jules.server.faults.add({
    route: 'sessions.get',
    phase: 'after',
    times: 99,
    act: { kind: 'change', change: (answer, { path }) => (path.includes(first?.id ?? '') ? answer : UNKNOWN) },
  })
  const run = await say(world, words)

  expect(verdict(run)).toBe('running/handed-over')
  expect(run.outputs['session-id']).not.toBe(first?.id)
  expect(tracking(world)).toEqual([
    expect.stringMatching(/^### ✅ Jules opened/),
    expect.not.stringMatching(/Jules opened|Files changed/),
  ])
})

const UNKNOWN = { status: 404, body: { error: { code: 404, message: 'no', status: 'NOT_FOUND' } } }
