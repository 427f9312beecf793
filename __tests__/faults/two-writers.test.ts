/** F-08 F-28 F-53 F-54 Two runs at the same thread: one of them does the work, nothing is said twice, and both end truly. */
import type { Delivery } from '../../emulator/github/index.ts'
import { useStage } from '../support/stage/use-stage.ts'
import { julesCalls, labeled, labelsOf, last, notes, type Told, tracking, verdict } from '../support/story.ts'

const stage = useStage()

const MINUTE = 60_000
const SWEEP = [{ name: 'schedule', payload: {} }, { inputs: { mode: 'sweep' } }] as const

const begin = (scenario: string) => labeled({ start: stage.start, scenario })

/** Starts another run so many minutes after the first; resolves with what both came to. */
async function beside(world: Told, event: Delivery, minutes: number, other: () => ReturnType<Told['run']>) {
  let second: ReturnType<Told['run']> | undefined
  world.clock.at(world.clock.now() + minutes * MINUTE, () => {
    second = other()
  })
  const first = await world.run(event, { runId: '71' }).done
  if (second === undefined) throw new Error('The first run ended before the second one began.')
  return [verdict(first), verdict(await second.done)]
}

function say(world: Told, words: string, runId = '72') {
  world.github.comment(world.ann, world.issue, words)
  return world.run(last(world, 'issue_comment', 'created'), { runId })
}

const said = (world: Told) =>
  world.jules.sessions().flatMap(({ activities }) => activities.filter((activity) => 'userMessaged' in activity)).length

test('a command while another run has just written: that one carries it out', async () => {
  const { world, event } = await begin('ten-minutes')
  const ends = await beside(world, event, 1, () => say(world, '/jules use UTC'))

  expect(ends[1]).toBe('ignored/already-running')
  expect(ends[0]).not.toBe('running/taken-over')
  expect([said(world), tracking(world).length, world.jules.sessions().length]).toEqual([1, 1, 1])
})

/** A lease is not renewed: whoever has something to do takes the thread over, and the quiet one sees it at its next look. */
test.each([4, 6, 8, 12])(
  'a command while another run lives, but has written nothing for two minutes (after %i): said once, and one run tells the end',
  async (minutes) => {
    const { world, event } = await begin('one-hour')
    const ends = await beside(world, event, minutes, () => say(world, '/jules use UTC'))

    expect(['running/taken-over running/handed-over', 'running/handed-over ignored/already-running']).toContain(
      ends.join(' '),
    )
    expect([said(world), tracking(world).length, world.jules.sessions().length]).toEqual([1, 1, 1])
    world.clock.move(2 * 60 * MINUTE)
    await world.jules.settled()
    await world.run(...SWEEP).done
    expect(tracking(world)).toEqual([expect.stringContaining('✅ Jules opened')])
    expect(labelsOf(world)).toEqual([])
  },
)

test.each([1, 5, 14])(
  'a sweep comes by after %i minutes while a run follows: it goes on to its end',
  async (minutes) => {
    const { world, event } = await begin('ten-minutes')
    const first = world.run(event, { runId: '71' })
    let swept: Promise<unknown> = Promise.resolve()
    world.clock.at(world.clock.now() + minutes * MINUTE, () => {
      swept = world.run(...SWEEP).done
    })
    const result = await first.done
    await swept

    expect(verdict(result)).toMatch(/^(pull-request|changes|no-changes)\//)
    expect([tracking(world).length, world.jules.sessions().length]).toEqual([1, 1])
    expect(labelsOf(world)).toEqual([])
  },
)

test.each(['question', 'plan-gate'])(
  'a sweep and a follower see the same need (%s): one word calls the person',
  async (scenario) => {
    const { world, event } = await begin(scenario)
    const runs = [world.run(event, { runId: '71' })]
    world.jules.server.onCall(({ route }) => {
      if (route === 'activities.list' && runs.length === 1) runs.push(world.run(...SWEEP))
    })
    await Promise.all(runs.map((run) => run.done))

    expect(runs).toHaveLength(2)
    expect(notes(world)).toHaveLength(1)
    expect(labelsOf(world)).toEqual(['jules: waiting'])
  },
)

/** The session of a thread that made a pull request, and goes on listening. */
async function withPull(): Promise<{ world: Told; pull: number }> {
  const { world, event } = await begin('automatic-pull-request')
  await world.run(event).done
  world.clock.move(10 * 60_000)
  await world.jules.settled()
  const pull = Number(
    Reflect.get(Object(Reflect.get(last(world, 'pull_request', 'opened').payload, 'pull_request')), 'number'),
  )
  return { world, pull }
}

test('a command on the issue and one on its pull request at once: both are said, once each', async () => {
  const { world, pull } = await withPull()
  world.github.comment(world.ann, world.issue, '/jules use UTC')
  const onIssue = last(world, 'issue_comment', 'created')
  world.github.comment(world.ann, pull, '/jules add a test')
  const onPull = last(world, 'issue_comment', 'created')
  await Promise.all([world.run(onIssue, { runId: '81' }).done, world.run(onPull, { runId: '82' }).done])
  // Whoever was told that another run is at it may have come when that one was at its last words.
  for (const [event, runId] of [
    [onIssue, '83'],
    [onPull, '84'],
  ] as const)
    await world.run(event, { runId }).done

  const texts = julesCalls(world, 'sessions.sendMessage').map(({ text }) => /UTC|test/.exec(text)?.[0])
  expect(texts.sort()).toEqual(['UTC', 'test'])
  expect(tracking(world)).toHaveLength(1)
})

test.each([0, 2000])(
  'F-54 two approvals at once (%i ms apart), by a command and by its run once more: one',
  async (apart) => {
    const { world, event } = await begin('plan-gate')
    await world.run(event).done
    world.github.comment(world.ann, world.issue, '/jules approve')
    const approve = last(world, 'issue_comment', 'created')
    const first = world.run(approve, { runId: '81' }).done
    await world.clock.wait(apart)
    await Promise.all([first, world.run(approve, { runId: '82' }).done])

    expect(julesCalls(world, 'sessions.approvePlan')).toHaveLength(1)
    expect(tracking(world)).toEqual([expect.stringContaining('✅ Jules opened')])
  },
)

test('F-53 F-54 an answer is lost, and the run is killed: the next one does not say it again', async () => {
  for (const [scenario, words, route] of [
    ['question', '/jules reply UTC', 'sessions.sendMessage'],
    ['plan-gate', '/jules approve', 'sessions.approvePlan'],
  ] as const) {
    const { world, event } = await begin(scenario)
    await world.run(event).done
    const run = say(world, words)
    const kill = () => run.kill('SIGKILL')
    world.jules.server.faults.add({ route, phase: 'after', act: { kind: 'run', run: kill } })
    await run.done
    world.clock.move(3 * MINUTE)
    const next = await world.run(last(world, 'issue_comment', 'created'), { runId: '90' }).done

    expect(verdict(next)).toBe('pull-request/completed')
    expect(julesCalls(world, route)).toHaveLength(1)
  }
})
