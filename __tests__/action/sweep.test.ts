/** The schedule of the published workflow: what nobody follows any more is told all the same. */
import {
  ended,
  endWorlds,
  julesCalls,
  labelsOf,
  notes,
  type Told,
  tell,
  tracking,
  verdict,
  writes,
} from '../support/story.ts'

afterEach(endWorlds)

const CRON = '17 */2 * * *'

/** A session that a job has handed over; twenty minutes later. */
async function leftAlone(scenario: string, inputs = {}): Promise<Told> {
  const world = await tell({ scenario, inputs: { 'wait-minutes': '0', ...inputs } })
  world.github.label(world.ann, world.issue, 'ask-jules')
  await ended(world, 'issues')
  world.clock.move(20 * 60_000)
  await world.jules.settled()
  return world
}

async function sweep(world: Told) {
  world.github.schedule(CRON)
  return ended(world, 'schedule')
}

const FOUND = [
  { scenario: 'question', says: '💬 Jules has a question', labels: ['jules: waiting'], calls: 1 },
  { scenario: 'failure', says: '❌ The session failed', labels: ['jules: failed'], calls: 1 },
  { scenario: 'patch-only', says: '📦 Jules made changes', labels: [], calls: 0 },
  { scenario: 'stall', says: '🐢 Jules has shown no activity', labels: ['jules: running'], calls: 0 },
]
test.each(FOUND)(
  'a sweep tells of a $scenario that nobody was there to see',
  async ({ scenario, says, labels, calls }) => {
    const world = await leftAlone(scenario)
    const run = await sweep(world)

    expect([verdict(run), run.result.code]).toEqual(['swept/done', 0])
    expect(run.result.summary).toContain('| [#1](https://github.com/acme/widgets/issues/1) |')
    expect(tracking(world)).toEqual([expect.stringContaining(says)])
    expect(labelsOf(world)).toEqual(labels)
    expect(notes(world)).toHaveLength(calls)
  },
)

test('F-28 a second sweep finds nothing new and posts nothing new', async () => {
  const world = await leftAlone('question')
  await sweep(world)
  const before = writes(world).length
  await sweep(world)

  expect(notes(world)).toHaveLength(1)
  expect(writes(world).slice(before)).toEqual([])
})

test('a sweep without labels finds the thread by the session itself', async () => {
  const world = await leftAlone('question', { 'status-labels': 'false' })
  await sweep(world)

  expect(tracking(world)).toEqual([expect.stringContaining('💬 Jules has a question')])
  expect(labelsOf(world)).toEqual([])
})

test('while Jules works, a sweep looks and writes nothing', async () => {
  const world = await tell({ inputs: { 'wait-minutes': '0' } })
  world.github.label(world.ann, world.issue, 'ask-jules')
  await ended(world, 'issues')
  const before = writes(world).length
  await sweep(world)

  expect(writes(world).slice(before)).toEqual([])
  expect(julesCalls(world, 'sessions.get').length).toBeGreaterThan(0)
})

test('T-14 a sweep starts nothing for a command of somebody who may not ask', async () => {
  const world = await leftAlone('nothing-done')
  world.github.comment(world.rob, world.issue, '/jules new and spend')
  await world.runner.idle()
  await sweep(world)

  expect(world.jules.sessions()).toHaveLength(1)
})

test('nothing under way: nothing to do', async () => {
  const world = await tell()
  const run = await sweep(world)

  expect([verdict(run), run.result.code]).toEqual(['swept/done', 0])
  expect(writes(world)).toEqual([])
})
