/** F-29 Five hundred threads: what one sweep costs, and that all of them are seen to. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crowd, type Member } from '../support/crowd.ts'
import { useStage } from '../support/stage/use-stage.ts'
import { labelsOf, last, notes, type Told, tellDirectly, tracking, verdict, writes } from '../support/story.ts'

const stage = useStage()

const PULL = (number: number) => [
  { pullRequest: { url: `https://github.com/acme/widgets/pull/${number}`, title: 'Mended' } },
]
const complete = (world: Told, { session, number }: Member) =>
  world.jules.alter(session, { state: 'COMPLETED', outputs: PULL(number + 5000) })

function sweep(world: Told, given: Parameters<Told['run']>[1] = {}) {
  world.github.schedule('17 */2 * * *')
  return world.run(last(world, 'schedule'), { ...given, inputs: { mode: 'sweep', ...given.inputs } })
}

/** How often each route was called since; the busiest first. */
function countOf({ calls }: Told['github']['server'], since = 0): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { route = 'none' } of calls.slice(since)) counts[route] = (counts[route] ?? 0) + 1
  return counts
}

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((all, one) => all + one, 0)

test('F-29 500 threads, 20 of them changed: one sweep of the built action tells of the 20, within its calls and memory', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sweep-'))
  const note = `process.on('exit', () => { const fs = process.getBuiltinModule('fs'); fs.writeFileSync(${JSON.stringify(join(folder, 'peak'))}, /VmHWM:\\s+(\\d+)/.exec(fs.readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0') })`
  const world = await tellDirectly({
    nodeArguments: ['--max-old-space-size=128', '--import', `data:text/javascript,${encodeURIComponent(note)}`],
  })
  const working = await crowd(world, 250, 'working')
  const asking = await crowd(world, 250, 'asking')
  world.clock.move(5 * 60_000)
  for (const one of working.slice(0, 10)) complete(world, one)
  for (const one of working.slice(10, 15)) world.jules.alter(one.session, { state: 'FAILED' })
  for (const one of asking.slice(0, 5)) world.jules.alter(one.session, { state: 'IN_PROGRESS' })
  const [github, jules] = [world.github.server.calls.length, world.jules.server.calls.length]
  const result = await sweep(world).done
  const [hub, api] = [countOf(world.github.server, github), countOf(world.jules.server, jules)]
  const peak = Number(readFileSync(join(folder, 'peak'), 'utf8')) / 1024
  rmSync(folder, { recursive: true })

  expect([verdict(result), result.code]).toEqual(['swept/done', 0])
  expect(tracking(world, working[0]?.number)).toEqual([expect.stringContaining('✅ Jules opened [pull request')])
  expect(labelsOf(world, working[0]?.number)).toEqual([])
  expect(labelsOf(world, working[12]?.number)).toEqual(['jules: failed'])
  expect(labelsOf(world, asking[2]?.number)).toEqual(['jules: running'])
  expect(result.summary).toContain('Nothing is new in 480 threads.')
  expect(hub).toEqual({
    'issues.listForRepo': 7,
    graphql: 1,
    'issues.listCommentsForRepo': 5,
    'issues.listComments': 40,
    // A list may lag behind, so our own comment is looked at once more, by its id.
    'issues.getComment': 20,
    'issues.updateComment': 40,
    'issues.removeLabel': 20,
    'issues.addLabels': 10,
    'issues.createComment': 5,
  })
  expect(sum(hub)).toBeLessThanOrEqual(150)
  expect(api).toEqual({ 'sessions.list': 5, 'sessions.get': 20, 'activities.list': 20 })
  expect(peak).toBeLessThanOrEqual(150)
}, 60_000)

/** In the full run as many as three sweeps can see to. */
const CHANGED = process.env.FULL === undefined ? 60 : 140

test(`F-29 ${CHANGED} have changed: each sweep keeps to its calls and goes on where the last one ended, and three are enough`, async () => {
  const world = await tellDirectly({ inputs: { 'status-labels': 'false' } })
  const members = await crowd(world, CHANGED, 'working')
  world.clock.move(5 * 60_000)
  for (const one of members) complete(world, one)
  const done = () => members.filter(({ number }) => tracking(world, number)[0]?.startsWith('### ✅'))
  for (let round = 0; round < 3; round += 1) {
    const since = world.github.server.calls.length
    const result = await sweep(world).done
    expect(sum(countOf(world.github.server, since))).toBeLessThanOrEqual(300)
    // The oldest come first.
    expect(done()).toEqual(members.slice(0, done().length))
    expect(result.summary).toContain(
      done().length === CHANGED
        ? 'All threads are up to date'
        : `${CHANGED - done().length} threads are left for the next sweep.`,
    )
    world.clock.move(2 * 60 * 60_000)
  }
  expect(done()).toHaveLength(CHANGED)
}, 60_000)

test('F-28 two sweeps at once over 60 changed threads: what is posted is what one would post', async () => {
  const world = await tellDirectly({ start: stage.start })
  const members = await crowd(world, 60, 'working')
  world.clock.move(5 * 60_000)
  for (const one of members.slice(0, 20)) world.jules.alter(one.session, { state: 'FAILED' })
  for (const one of members.slice(20, 30)) world.jules.alter(one.session, { state: 'AWAITING_USER_FEEDBACK' })
  const both = await Promise.all([sweep(world).done, sweep(world).done])

  expect(both.map(verdict)).toEqual(['swept/done', 'swept/done'])
  for (const { number } of members.slice(0, 30)) {
    expect([number, tracking(world, number).length, notes(world, number).length]).toEqual([number, 1, 1])
    expect(labelsOf(world, number)).toHaveLength(1)
  }
  const after = writes(world).length
  await sweep(world).done
  expect(writes(world).slice(after)).toEqual([])
}, 60_000)
