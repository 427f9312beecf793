/** What moves more than a hundred MiB: `npm run test:full` runs it, `npm test` does not. */
import { endWorlds, last, tellDirectly, verdict } from '../support/story.ts'

afterEach(endWorlds)

test('T-101 an activity too large to be read is left out, and the others are told', async () => {
  const world = await tellDirectly({ scenario: 'media', speed: 20 })
  let large = true
  world.jules.server.onCall(({ route, answer }) => {
    if (route !== 'sessions.create' || !large) return
    large = false
    const media = { mimeType: 'image/png', data: 'A'.repeat(33 * 1024 * 1024) }
    world.jules.alter(String(Reflect.get(Object(answer), 'id')), {
      activity: { progressUpdated: {}, artifacts: [{ media }] },
    })
  })
  world.github.label(world.ann, world.issue, 'ask-jules')
  const result = await world.run(last(world, 'issues', 'labeled')).done

  expect(verdict(result)).toBe('pull-request/completed')
  expect(result.summary).toContain('Left out: 1 (too large)')
}, 60_000)
