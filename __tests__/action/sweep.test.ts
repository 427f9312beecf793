/** The schedule of the published workflow: what nobody follows any more is told all the same. */
import { useStage } from '../support/stage/use-stage.ts'
import {
  ended,
  julesCalls,
  labelsOf,
  last,
  notes,
  type Told,
  tell,
  tellDirectly,
  tracking,
  verdict,
  writes,
} from '../support/story.ts'

const stage = useStage()

const CRON = '17 */2 * * *'

/** A session that a job has handed over; twenty minutes later. */
async function leftAlone(scenario: string, inputs = {}): Promise<Told> {
  const world = await tell({ start: stage.start, scenario, inputs: { 'wait-minutes': '0', ...inputs } })
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
  const world = await tell({ start: stage.start, inputs: { 'wait-minutes': '0' } })
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
  const world = await tell({ start: stage.start })
  const run = await sweep(world)

  expect([verdict(run), run.result.code]).toEqual(['swept/done', 0])
  expect(writes(world)).toEqual([])
})

const PULL = { pullRequest: { url: 'https://github.com/acme/widgets/pull/77', title: 'Mended' } }
const idOf = (world: Told) => world.jules.sessions()[0]?.id ?? ''

test('F-23 F-27 a pull request that comes three days after the end is told by a sweep, however many were left out', async () => {
  const world = await leftAlone('patch-only')
  await sweep(world)
  expect(tracking(world)).toEqual([expect.stringContaining('📦 Jules made changes')])
  world.clock.move(3 * 24 * 60 * 60_000)
  const before = writes(world).length
  await sweep(world)
  expect(writes(world).slice(before)).toEqual([])
  world.jules.alter(idOf(world), { outputs: [PULL] })
  await sweep(world)

  expect(tracking(world)).toEqual([expect.stringContaining('✅ Jules opened [pull request #77]')])
})

test('F-24 a session that has failed and lives again is told again, in the same comment', async () => {
  const world = await leftAlone('failure')
  await sweep(world)
  expect(labelsOf(world)).toEqual(['jules: failed'])
  world.jules.alter(idOf(world), { state: 'IN_PROGRESS' })
  await sweep(world)
  expect(labelsOf(world)).toEqual(['jules: running'])
  world.jules.alter(idOf(world), { state: 'COMPLETED', outputs: [PULL] })
  await sweep(world)

  expect(tracking(world)).toEqual([expect.stringContaining('✅ Jules opened [pull request #77]')])
  expect(labelsOf(world)).toEqual([])
})

test.each(['issues.createComment', 'issues.updateComment', 'issues.addLabels', 'sessions.create'])(
  'F-58 a claim whose run was killed at %s is brought to its end by sweeps after the lease',
  async (route) => {
    const world = await tellDirectly({ start: stage.start, inputs: { 'wait-minutes': '0' }, scenario: 'nothing-done' })
    world.github.label(world.ann, world.issue, 'ask-jules')
    const killed = world.run(last(world, 'issues', 'labeled'))
    const { server } = route.startsWith('sessions.') ? world.jules : world.github
    server.faults.add({ route, phase: 'after', act: { kind: 'run', run: () => killed.kill('SIGKILL') } })
    expect((await killed.done).signal).toBe('SIGKILL')
    for (let round = 0; round < 2; round += 1) {
      world.clock.move(20 * 60_000)
      await world.jules.settled()
      world.github.schedule(CRON)
      const { outputs } = await world.run(last(world, 'schedule'), { inputs: { mode: 'sweep' } }).done
      expect(verdict({ outputs })).toBe('swept/done')
    }

    expect(world.jules.sessions()).toHaveLength(1)
    expect(tracking(world)).toEqual([expect.stringContaining('💤 Jules is done and changed nothing')])
    expect(labelsOf(world)).toEqual([])
  },
)

test('F-26 a hand-over says who goes on', async () => {
  const world = await tell({ start: stage.start, inputs: { 'wait-minutes': '0' } })
  world.github.label(world.ann, world.issue, 'ask-jules')
  await ended(world, 'issues')

  expect(tracking(world)).toEqual([
    expect.stringContaining('when its pull request opens, by the next sweep, or at once by `/jules status`'),
  ])
})

test('a label that nothing stands behind is taken off', async () => {
  const world = await tell({ start: stage.start })
  world.github.label(world.ann, world.issue, 'jules: running')
  await sweep(world)
  expect(labelsOf(world)).toEqual(['jules: running'])
  world.clock.move(20 * 60_000)
  await sweep(world)

  expect(labelsOf(world)).toEqual([])
})

/** Ann has written it, and no event tells of it. */
function loseComment(world: Told, on: number, body: string): void {
  const { store } = world.github
  const [like] = store.comments
  if (like === undefined) throw new Error('There is no comment.')
  const at = new Date(world.clock.now()).toISOString().replace(/\.\d+Z$/, 'Z')
  const url = like.url.replace(`/issues/${like.number}#`, `/issues/${on}#`)
  const lost = { id: store.ids('comment'), author: world.ann, body, number: on, url }
  store.comments.push({ ...like, ...lost, createdAt: at, updatedAt: at })
}

test('a command whose event was lost is carried out by a sweep', async () => {
  const world = await tell({ start: stage.start, inputs: { 'wait-minutes': '0' }, scenario: 'question' })
  world.github.label(world.ann, world.issue, 'ask-jules')
  await ended(world, 'issues')
  world.clock.move(20 * 60_000)
  await sweep(world)
  loseComment(world, world.issue, '/jules reply by the calendar')
  world.clock.move(20 * 60_000)
  await sweep(world)

  expect(julesCalls(world, 'sessions.sendMessage')).toHaveLength(1)
})

test('a command on the pull request of a session whose event was lost is carried out by a sweep, once', async () => {
  const world = await leftAlone('automatic-pull-request')
  await world.runner.idle()
  loseComment(world, 2, '/jules add a test')
  world.clock.move(20 * 60_000)
  const run = await sweep(world)
  world.clock.move(20 * 60_000)
  await world.jules.settled()
  await sweep(world)

  const [sent, ...more] = julesCalls(world, 'sessions.sendMessage')
  expect(more).toEqual([])
  expect(sent?.text).toContain('add a test')
  expect(run.result.summary).toContain('| [#1](https://github.com/acme/widgets/issues/1) |')
  expect(notes(world, 2)).toEqual([expect.stringContaining('Told the session that made this pull request')])
  expect(tracking(world, 2)).toEqual([])
  expect(tracking(world)).toEqual([expect.stringContaining('✅ Jules opened [pull request #2]')])
})

test('the same, where neither the text nor the branch of the pull request names the session any more', async () => {
  const world = await leftAlone('automatic-pull-request')
  await world.runner.idle()
  const pull = world.github.store.threads.find(({ number }) => number === 2)
  if (pull?.kind !== 'pull-request') throw new Error('There is no pull request.')
  pull.body = 'Mended.'
  pull.head.ref = 'mended'
  loseComment(world, 2, '/jules add a test')
  world.clock.move(20 * 60_000)
  await sweep(world)

  expect(julesCalls(world, 'sessions.sendMessage').map(({ text }) => text)).toEqual([
    expect.stringContaining('add a test'),
  ])
  expect(tracking(world, 2)).toEqual([])
})

test('a lost command for another session, while the first one may yet open its pull request: both are seen to', async () => {
  const world = await leftAlone('patch-only')
  loseComment(world, world.issue, '/jules new Once more.')
  world.clock.move(5 * 60_000)
  const before = world.clock.now()
  await sweep(world)

  expect(world.clock.now() - before).toBeLessThan(3 * 60_000)
  expect(tracking(world)).toEqual([expect.stringContaining('📦 Jules made changes'), expect.any(String)])
  expect(world.jules.sessions()).toHaveLength(2)
})
