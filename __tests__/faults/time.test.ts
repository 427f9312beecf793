/** Clocks that go wrong, timers that are late, sessions that outlast their job, sweeps that do not come. */
import { fileURLToPath } from 'node:url'
import type { Clock } from '../../emulator/clock.ts'
import { answers, newest, refusal } from '../outcomes/acts.ts'
import { useStage } from '../support/stage/use-stage.ts'
import { labelsOf, last, type Told, tellDirectly, tracking, verdict } from '../support/story.ts'

const stage = useStage()

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const SWEEP = { name: 'schedule', payload: {} }

/** The world's clock as a machine sees it whose own is wrong by so much. */
function wrong(clock: Clock, by: number): Clock {
  return { ...clock, now: () => clock.now() + by, at: (time, ...order) => clock.at(time - by, ...order) }
}

async function labeled(scenario: string, inputs: Record<string, string> = {}) {
  const world = await tellDirectly({ start: stage.start, scenario, inputs })
  world.github.label(world.ann, world.issue, 'ask-jules')
  return { world, event: last(world, 'issues', 'labeled') }
}

function sweep(world: Told) {
  return world.run(SWEEP, { inputs: { mode: 'sweep' } }).done
}

/** What a run asked both services for, without what comes in between by chance. */
function doneIn(world: Told): string[] {
  return [...world.github.server.calls, ...world.jules.server.calls]
    .filter(({ method }) => method !== 'GET')
    .map(({ route }) => route ?? '')
    .sort()
}

const SKEWS = [
  { name: 'an hour fast', by: HOUR },
  { name: 'an hour slow', by: -HOUR },
]

/** A run dies after its claim; another one is told to wait for the lease, a third one takes over and follows. */
async function lease(by: number) {
  const { world, event } = await labeled('nothing-done')
  const clock = wrong(world.clock, by)
  const dying = world.run(event, { runId: '1' })
  world.github.server.faults.add({
    route: 'issues.addLabels',
    phase: 'after',
    act: { kind: 'run', run: () => dying.kill('SIGKILL') },
  })
  await dying.done
  const early = await world.run(event, { runId: '2', clock }).done
  world.clock.move(3 * MINUTE)
  const late = await world.run(event, { runId: '3', clock }).done
  return { verdicts: [verdict(early), verdict(late)], done: doneIn(world), text: tracking(world).length }
}

/** GitHub's limit is used up for a minute; Jules asks by a date for half a minute. */
async function waits(by: number) {
  const { world, event } = await labeled('nothing-done')
  const date = new Date(world.clock.now() + 30_000).toUTCString()
  const full = refusal(429, 'RESOURCE_EXHAUSTED')
  world.jules.server.faults.add(answers('sources.get', { ...full, headers: { 'retry-after': date } }, { times: 1 }))
  const ended = await world.run(event, { clock: wrong(world.clock, by) }).done
  const asked = world.jules.server.calls.filter(({ route }) => route === 'sources.get').map(({ at }) => at)
  return { verdict: verdict(ended), done: doneIn(world), gap: Math.round(((asked[1] ?? 0) - (asked[0] ?? 0)) / 10_000) }
}

test.each(SKEWS)('F-40 a runner whose clock is $name decides like any other', async ({ by }) => {
  expect(await lease(by)).toEqual(await lease(0))
  const right = await waits(0)
  expect(right).toMatchObject({ verdict: 'no-changes/nothing-produced', gap: 3 })
  expect(await waits(by)).toEqual(right)
})

test('F-41 timers that are half a minute late: the run ends at most one sleep after its wait', async () => {
  const nodeArguments = ['--import', fileURLToPath(new URL('../support/late-timers.mjs', import.meta.url))]
  const world = await tellDirectly({ scenario: 'stall', nodeArguments, inputs: { 'wait-minutes': '5' } })
  world.github.label(world.ann, world.issue, 'ask-jules')
  const started = world.clock.now()
  const result = await world.run(last(world, 'issues', 'labeled')).done
  const looks = world.jules.server.calls.map(({ at }) => at)
  const gaps = looks.slice(1).map((at, index) => at - (looks[index] ?? 0))

  expect(verdict(result)).toBe('running/handed-over')
  expect(Math.max(...gaps)).toBeGreaterThan(40_000)
  expect(world.clock.now() - started).toBeLessThan(5 * MINUTE + 30_000 + 20_000)
})

/** A session of eight hours, and what its thread says after the sweeps at these hours. */
async function longSession(wait: string, hours: number[]) {
  // Hundreds of looks would show nothing more.
  const { world, event } = await labeled('stall', { 'wait-minutes': wait, 'poll-seconds': '300' })
  const begun = world.clock.now()
  const result = await world.run(event).done
  const minutes = (world.clock.now() - begun) / MINUTE
  const middle = tracking(world)
  const { id } = newest(world)
  world.clock.at(begun + 8 * HOUR, () => world.jules.alter(id, { state: 'COMPLETED' }))
  for (const hour of hours) {
    world.clock.move(Math.max(0, begun + hour * HOUR - world.clock.now()))
    await sweep(world)
  }
  const [text = ''] = tracking(world)
  return {
    world,
    result,
    minutes,
    middle,
    text: text.replaceAll(/\/runs\/\d+/g, '/runs/N').replaceAll(/\d{15,}/g, 'N'),
  }
}

test.each([{ wait: '15' }, { wait: '350' }])(
  'F-26 eight hours, a job that waits $wait minutes: handed over in time, and ended by a sweep',
  async ({ wait }) => {
    const { world, result, minutes, middle, text } = await longSession(wait, [8.5])

    expect(['running/handed-over', 'running/stalled']).toContain(verdict(result))
    expect(result.code).toBe(0)
    expect(minutes).toBeLessThan(Number(wait) + 2)
    expect(middle).toEqual([expect.stringContaining('state `IN_PROGRESS`')])
    expect(text).toContain('state `COMPLETED`')
    expect(labelsOf(world)).toEqual([])
    expect(world.jules.sessions()).toHaveLength(1)
  },
)

test('F-27 five sweeps that do not come: the sixth says what six would have said', async () => {
  const all = await longSession('15', [2, 4, 6, 8.1, 10, 12])
  const one = await longSession('15', [12])

  expect(one.text).toContain('state `COMPLETED`')
  expect(one.text).toBe(all.text)
  expect(labelsOf(one.world)).toEqual(labelsOf(all.world))
})
