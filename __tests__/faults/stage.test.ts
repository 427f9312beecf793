/** The action on a stage does what it does in a process of its own. */
import { useStage } from '../support/stage/use-stage.ts'
import { labeled, tracking, verdict } from '../support/story.ts'

const stage = useStage()

test('one run after another in the same thread: nothing is taken over', async () => {
  const { world, event } = await labeled({ start: stage.start })
  const first = await world.run(event).done
  expect([verdict(first), first.code]).toEqual(['pull-request/completed', 0])
  const second = await world.run(event).done
  expect([verdict(second), second.outputs['session-id']]).toEqual([
    'ignored/already-handled',
    first.outputs['session-id'],
  ])
  expect(tracking(world)).toHaveLength(1)
})

test('cancelled it saves how things stand; killed it is gone, and the next run goes on', async () => {
  const { world, event } = await labeled({ start: stage.start, scenario: 'nothing-done' })
  const killed = world.run(event, { runId: '7' })
  world.jules.server.faults.add({
    route: 'sessions.get',
    phase: 'before',
    act: { kind: 'run', run: () => killed.kill('SIGKILL') },
  })
  expect((await killed.done).signal).toBe('SIGKILL')
  const cancelled = world.run(event, { runId: '7', runAttempt: 2 })
  world.jules.server.faults.add({ route: 'sessions.get', phase: 'after', act: { kind: 'run', run: cancelled.cancel } })
  const told = await cancelled.done
  expect([verdict(told), told.code]).toEqual(['running/cancelled', 130])
  expect(verdict(await world.run(event, { runId: '7', runAttempt: 3 }).done)).toBe('no-changes/nothing-produced')
  expect(world.jules.sessions()).toHaveLength(1)
})
