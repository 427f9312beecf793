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

test('a change set of 40 MiB: its session ends as it has ended, and the patch is saved', async () => {
  const world = await tellDirectly({ scenario: 'stall', speed: 20 })
  const lines = `+${'x'.repeat(99)}\n`.repeat(400_000)
  const unidiffPatch = `diff --git a/big.txt b/big.txt\n--- /dev/null\n+++ b/big.txt\n@@ -0,0 +1,400000 @@\n${lines}`
  const pullRequest = { url: 'https://github.com/acme/widgets/pull/2', title: 'Big', description: '' }
  world.jules.server.onCall(({ route, answer }) => {
    if (route !== 'sessions.create') return
    const outputs = [
      { changeSet: { source: 'sources/github/acme/widgets', gitPatch: { unidiffPatch } } },
      { pullRequest },
    ]
    world.jules.alter(String(Reflect.get(Object(answer), 'id')), { state: 'COMPLETED', outputs })
  })
  world.github.label(world.ann, world.issue, 'ask-jules')
  const result = await world.run(last(world, 'issues', 'labeled')).done

  expect(verdict(result)).toBe('pull-request/completed')
  expect(result.summary).toContain('`big.txt` +400000')
  expect(result.outputs['files-path']).not.toBe('')
}, 60_000)
