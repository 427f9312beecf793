/** F-02 whoever cancels twice does not wait. */
import { endWorlds, last, tellDirectly } from '../support/story.ts'

afterEach(endWorlds)

test('F-02 a second SIGINT ends the run at once, though its last words are not said', async () => {
  const world = await tellDirectly({ scenario: 'stall', speed: 1 })
  world.github.label(world.ann, world.issue, 'ask-jules')
  const run = world.run(last(world, 'issues', 'labeled'))
  let first = 0
  const { faults } = world.github.server
  world.jules.server.faults.add({
    route: 'sessions.get',
    phase: 'before',
    skip: 1,
    act: {
      kind: 'run',
      run: () => {
        first = world.clock.now()
        run.kill('SIGINT')
        // Its last words are never answered, so that the second signal surely comes in time.
        faults.add({ route: 'issues.updateComment', phase: 'before', times: 9, act: { kind: 'stall' } })
        world.clock.at(first + 1000, () => run.kill('SIGINT'))
      },
    },
  })
  const { signal, code } = await run.done

  expect([signal, code]).toEqual(['SIGINT', null])
  expect(world.clock.now() - first).toBeLessThan(7000)
})
