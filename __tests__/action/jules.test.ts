/** What the built action makes of Jules's less usual answers: a complaint, an archived session, a page too large, a large patch. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bodyOf, endWorlds, JULES_KEY, julesCalls, last, tellDirectly, verdict } from '../support/story.ts'

afterEach(endWorlds)

test('F-19 what Jules complains of stands in the summary, fenced and redacted, and not in the log', async () => {
  const world = await tellDirectly()
  const message = `Invalid value at 'session.automation_mode' "MANUAL" @everyone ${JULES_KEY}`
  const answer = { status: 400, body: { error: { code: 400, status: 'INVALID_ARGUMENT', message } } }
  world.jules.server.faults.add({ route: 'sessions.create', phase: 'before', act: { kind: 'answer', answer } })
  world.github.label(world.ann, world.issue, 'ask-jules')
  const result = await world.run(last(world, 'issues', 'labeled')).done

  expect([verdict(result), result.code]).toEqual(['failed/request-rejected', 1])
  expect(result.summary).toMatch(/```text\nInvalid value at 'session.automation_mode' "MANUAL" @everyone\s\*+\n```/)
  expect(result.stdout).not.toContain('automation_mode')
  expect(julesCalls(world, 'sessions.create')).toHaveLength(1)
})

test('a message to an archived session brings it back first', async () => {
  const world = await tellDirectly()
  world.github.label(world.ann, world.issue, 'ask-jules')
  const first = world.run(last(world, 'issues', 'labeled'), { inputs: { 'wait-minutes': '0' } })
  const id = (await first.done).outputs['session-id'] ?? ''
  world.github.dispatch(world.ann)
  const run = (inputs: Record<string, string>) =>
    world.run(last(world, 'workflow_dispatch'), { inputs: { 'session-id': id, ...inputs } }).done
  expect(verdict(await run({ mode: 'archive' }))).toBe('archived/done')
  const before = julesCalls(world).length
  const told = await run({ prompt: 'Go on.' })

  expect(verdict(told)).toBe('pull-request/completed')
  const writes = julesCalls(world)
    .slice(before)
    .filter(({ method }) => method === 'POST')
  expect(writes.map(({ route }) => route)).toEqual(['sessions.unarchive', 'sessions.sendMessage'])
  expect(bodyOf(writes.at(-1))).toEqual({ prompt: expect.stringMatching(/^Go on\./) })
  expect(world.jules.sessions()[0]).not.toHaveProperty('archived', true)
})

test('T-77 F-57 a patch of 6 MiB with a small heap: counted, shown in part, saved as a whole, without our secrets', async () => {
  const lines = Array.from({ length: 120_000 }, (_, at) => `+line ${at} of a size that counts 日付 — and so on\n`)
  lines[100_000] = `+key = '${JULES_KEY}'\n`
  const head = 'diff --git a/big.txt b/big.txt\nnew file mode 100644\n--- /dev/null\n+++ b/big.txt\n'
  const unidiffPatch = `${head}@@ -0,0 +1,${lines.length} @@\n${lines.join('')}`
  const world = await tellDirectly({ scenario: 'stall', speed: 20, nodeArguments: ['--max-old-space-size=128'] })
  world.jules.server.onCall(({ route, answer }) => {
    if (route !== 'sessions.create') return
    const changeSet = { source: 'sources/github/acme/widgets', gitPatch: { unidiffPatch } }
    const activity = { progressUpdated: { title: 'Wrote it' }, artifacts: [{ changeSet }] }
    world.jules.alter(String(Reflect.get(Object(answer), 'id')), {
      activity,
      outputs: [{ changeSet }],
      state: 'COMPLETED',
    })
  })
  world.github.label(world.ann, world.issue, 'ask-jules')
  const result = await world.run(last(world, 'issues', 'labeled')).done

  expect([verdict(result), result.code]).toEqual(['changes/not-published', 0])
  expect(result.summary).toContain('`big.txt` +120000 −0')
  expect(result.summary).toContain('+line 1000 of')
  expect(Buffer.byteLength(result.summary)).toBeLessThan(1024 * 1024)
  const saved = readFileSync(join(result.outputs['files-path'] ?? '', `${result.outputs['session-id']}.patch`), 'utf8')
  expect(saved.replace(/'\*+'/, `'${JULES_KEY}'`)).toBe(unidiffPatch)
  expect(saved).not.toContain(JULES_KEY.slice(0, 12))
})
