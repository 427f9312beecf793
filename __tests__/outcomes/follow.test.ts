/** Following a session: what no single outcome shows, from state to state and from look to look. */
import { expectSoundReport, reached } from '../support/reached.ts'
import { useStage } from '../support/stage/use-stage.ts'
import { ended, julesCalls, labelsOf, notes, tell, tracking, verdict, writes } from '../support/story.ts'
import { label, labeled, newest, when, written } from './acts.ts'
import { WORK } from './work.ts'

const stage = useStage()

const STATES = [
  { state: 'QUEUED', says: 'The session is queued at Jules' },
  { state: 'PLANNING', says: 'Jules is making a plan' },
  { state: 'IN_PROGRESS', says: 'Jules is working' },
  { state: 'DREAMING', says: 'Jules is working' },
]
test.each(STATES)(
  'F-18 $state, known or not, is work that goes on: looked at until the end of the wait',
  async (row) => {
    const world = await tell({ start: stage.start, inputs: { 'wait-minutes': '3', 'poll-seconds': '5' } })
    world.jules.server.faults.add(when('sessions.get', () => world.jules.alter(newest(world).id, { state: row.state })))
    const run = await label(world)

    expect(verdict(run.result)).toBe('running/handed-over')
    expect(run.result.outputs['session-state']).toBe(row.state)
    expect(julesCalls(world, 'sessions.get').length).toBeGreaterThan(2)
    expect(tracking(world)).toEqual([expect.stringContaining(row.says)])
    expect(tracking(world)[0]).toContain(`state \`${row.state}\``)
    expect(labelsOf(world)).toEqual(['jules: running'])
    expectSoundReport(run)
  },
)

test('a pull request is shown at once while Jules works on; ten quiet minutes later the job ends', async () => {
  const world = await tell({ start: stage.start, scenario: 'still-working', inputs: { 'wait-minutes': '60' } })
  const shown: { state: string; delay: number }[] = []
  world.github.server.onCall(({ route, text }) => {
    if (route !== 'issues.updateComment' || !text.includes('pull request #2') || shown.length > 0) return
    const opened = Date.parse(world.github.store.threads.find(({ number }) => number === 2)?.createdAt ?? '')
    shown.push({ state: newest(world).state, delay: world.clock.now() - opened })
    world.clock.move(15 * 60_000)
  })
  world.github.label(world.ann, world.issue, 'ask-jules')
  const { outputs, run } = await ended(world, 'issues')

  expect(shown).toEqual([{ state: 'IN_PROGRESS', delay: expect.any(Number) }])
  expect(shown[0]?.delay).toBeLessThan(3 * 60_000)
  expect(verdict({ outputs })).toBe('pull-request/still-working')
  expect((run.completedAt ?? 0) - (run.startedAt ?? 0)).toBeLessThan(40 * 60_000)
  expect(labelsOf(world)).toEqual([])
})

test('a pull request that is listed only after COMPLETED is waited for', async () => {
  const { world, result } = await labeled({ scenario: 'late-pull-request' })

  expect(verdict(result)).toBe('pull-request/completed')
  expect(result.outputs['session-state']).toBe('COMPLETED')
  expect(tracking(world)).toEqual([expect.stringContaining('[pull request #2]')])
})

test('a session that failed without a word is told as such', async () => {
  const { world, result } = await labeled({ scenario: 'failure-without-reason' })

  expect(verdict(result)).toBe('failed/session-failed')
  expect(tracking(world)).toEqual([expect.stringContaining('Jules gave no reason.')])
})

test('silence is said once, in the comment alone, and the session is followed on', async () => {
  const world = await tell({ start: stage.start, scenario: 'stall', inputs: { 'wait-minutes': '20' } })
  world.clock.at(world.clock.now() + 19 * 60_000, () => world.jules.alter(newest(world).id, { state: 'COMPLETED' }))
  const { result } = await label(world)

  expect(verdict(result)).toBe('no-changes/nothing-produced')
  expect(written(world).filter((body) => body.includes('no activity for more than 15 minutes'))).toHaveLength(1)
  expect(notes(world)).toEqual([])
})

test('a run that finds another one in the record writes nothing more', async () => {
  const { world } = await WORK.running['taken-over'].story()
  const [first, ...rest] = writes(world).map(({ headers }) => headers.authorization)

  expect(rest.lastIndexOf(first)).toBeLessThan(rest.findIndex((token) => token !== first))
})

test('F-24 a failed session that somebody revives in Jules ends well in the same comment', async () => {
  const { world } = await labeled({ scenario: 'failure' })
  const { id } = newest(world)
  world.jules.alter(id, { state: 'IN_PROGRESS' })
  const pull = { title: 'Mended', url: 'https://github.com/acme/widgets/pull/2', description: '' }
  world.jules.alter(id, { state: 'COMPLETED', outputs: [{ pullRequest: pull }] })
  const jules = world.github.person('google-labs-jules[bot]', 'write', 'Bot')
  world.github.openPullRequest(jules, { title: 'Mended', head: `mended-${id}`, cause: 'app' })
  const { result } = await reached(world, 'pull_request')

  expect([verdict(result), result.code]).toEqual(['pull-request/completed', 0])
  expect(tracking(world)).toEqual([expect.stringMatching(/^### ✅ Jules opened \[pull request #2\]/)])
  expect(labelsOf(world)).toEqual([])
})

test('F-23 changes that are published later are told of by the event of their pull request', async () => {
  const { world, result: first } = await labeled({ scenario: 'patch-only' })
  expect(verdict(first)).toBe('changes/not-published')
  const { id, outputs } = newest(world)
  const pull = { title: 'Late', url: 'https://github.com/acme/widgets/pull/2', description: '' }
  world.jules.alter(id, { outputs: [...outputs, { pullRequest: pull }] })
  const jules = world.github.person('google-labs-jules[bot]', 'write', 'Bot')
  world.github.openPullRequest(jules, { title: 'Late', head: `late-${id}`, cause: 'app' })

  expect(verdict((await reached(world, 'pull_request')).result)).toBe('pull-request/completed')
  expect(tracking(world)).toEqual([expect.stringContaining('✅ Jules opened [pull request #2]')])
})
