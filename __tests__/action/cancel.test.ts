/** A job that is cancelled saves how things stand; the next run goes on. */
import type { Delivery } from '../../emulator/github/index.ts'
import type { WorldOptions } from '../../emulator/world.ts'
import { endWorlds, julesCalls, labeled, type Told, tracking, verdict } from '../support/story.ts'

afterEach(endWorlds)

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10))
}

async function following(
  options: WorldOptions = {},
): Promise<{ world: Told; event: Delivery; run: ReturnType<Told['run']> }> {
  const { world, event } = await labeled({ speed: 20, ...options })
  const run = world.run(event, { runId: '77' })
  await until(() => julesCalls(world, 'activities.list').length > 0)
  return { world, event, run }
}

test('F-02 after a cancelled run, running it again follows the same session to its end', async () => {
  const { world, event, run } = await following()
  run.cancel()
  await run.done
  const result = await world.run(event, { runId: '77', runAttempt: 2 }).done

  expect(verdict(result)).toBe('pull-request/completed')
  expect(julesCalls(world, 'sessions.create')).toHaveLength(1)
  expect(tracking(world)).toHaveLength(1)
})

test('a command that comes while a run follows is handled at its next look', async () => {
  const { world, run } = await following()
  world.github.comment(world.ann, world.issue, '/jules stop')
  const result = await run.done

  expect(verdict(result)).toBe('stopped/by-command')
  expect(julesCalls(world, 'sessions.archive')).toHaveLength(1)
  expect(tracking(world)[0]).toContain('some work may still go on')
})
