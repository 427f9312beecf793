/** F-40 F-41 T-138 T-140 No wait goes past the job's own end: clocks that are wrong, timers that are late, answers that never end. */
import { callsSince, points, strike } from '../support/nth-call.ts'
import { useStage } from '../support/stage/use-stage.ts'
import { endWorlds, labelsOf, last, type Told, tellDirectly, tracking, verdict } from '../support/story.ts'

const stage = useStage()

const MINUTE = 60_000
const WAIT = 5
const options = { start: stage.start, inputs: { 'wait-minutes': String(WAIT) } }

function labeled(world: Told) {
  world.github.label(world.ann, world.issue, 'ask-jules')
  return last(world, 'issues', 'labeled')
}

async function lengthOf(): Promise<number> {
  const world = await tellDirectly(options)
  await world.run(labeled(world)).done
  const calls = callsSince(world).length
  await endWorlds()
  return calls
}

test('T-138 a body that stalls at any call of a run: the job ends in time, with one session at most', async () => {
  const wrongs: string[] = []
  for (const { n, phase } of points(await lengthOf(), { every: 27, full: 2 })) {
    const world = await tellDirectly(options)
    const event = labeled(world)
    const begun = world.clock.now()
    const struck = strike(world, n, { phase, act: { kind: 'stall' } })
    const result = await world.run(event, { runId: '7' }).done
    const minutes = (world.clock.now() - begun) / MINUTE
    const again = await world.run(event, { runId: '7', runAttempt: 2 }).done
    const fine = minutes < WAIT + 8 && world.jules.sessions().length === 1 && tracking(world).length === 1
    if (!fine || !/completed$|already-handled$/.test(verdict(again)))
      wrongs.push(
        `${n} ${phase} ${struck.struck()?.route}: ${verdict(result)} after ${minutes}, then ${verdict(again)}`,
      )
    await endWorlds()
  }
  expect(wrongs).toEqual([])
}, 240_000)

const RETRY_AFTER = [
  '1000000000000',
  '1e12',
  '-1',
  'NaN',
  '',
  'soon',
  'Thu, 01 Jan 1970 00:00:00 GMT',
  'Fri, 31 Dec 9999 23:59:59 GMT',
  '0',
  '99999999999999999999',
]
const LIMITED = ['sessions.get', 'activities.list', 'issues.listComments', 'issues.updateComment']
test.each(RETRY_AFTER)(
  'T-140 F-15 F-31 `Retry-After: %s`, whoever says so: nobody sleeps past the end of the job',
  async (value) => {
    for (const route of LIMITED) {
      const world = await tellDirectly(options)
      const event = labeled(world)
      const begun = world.clock.now()
      const answer = { status: 429, headers: { 'retry-after': value }, body: { message: 'Too many.' } }
      for (const { server } of [world.github, world.jules])
        server.faults.add({ route, phase: 'before', skip: 2, times: 2, act: { kind: 'answer', answer } })
      const result = await world.run(event).done

      expect([route, (world.clock.now() - begun) / MINUTE < WAIT + 8]).toEqual([route, true])
      expect(result.outputs['session-id']).toBe(world.jules.sessions()[0]?.id)
      await endWorlds()
    }
  },
)

/** Loaded behind the emulated clock: every wait takes so much longer than it was asked for. */
const late = (seconds: number) =>
  `data:text/javascript,${encodeURIComponent(
    `const { setTimeout: real } = globalThis; globalThis.setTimeout = (act, ms, ...more) => real(act, ms + ${seconds * 1000}, ...more)`,
  )}`

test.each([10, 30, 90])('F-41 every timer is %i s late: the job ends at its end and one wait', async (seconds) => {
  const world = await tellDirectly({
    scenario: 'one-hour',
    inputs: { 'wait-minutes': String(WAIT) },
    nodeArguments: ['--import', late(seconds)],
  })
  const event = labeled(world)
  const begun = world.clock.now()
  const result = await world.run(event).done

  expect(verdict(result)).toBe('running/handed-over')
  const looks = world.jules.server.calls.map(({ at }) => at)
  expect(Math.max(...looks.map((at, n) => at - (looks[n - 1] ?? at)))).toBeGreaterThanOrEqual(seconds * 1000)
  expect((world.clock.now() - begun) / 1000).toBeLessThan(WAIT * 60 + 2 * seconds + 30)
})

/** Loaded behind the emulated clock: the runner's clock is wrong by so much, and its timers go on as they are. */
const skewed = (minutes: number) =>
  `data:text/javascript,${encodeURIComponent(
    `const { now } = Date; const D = Date; globalThis.Date = class extends D { constructor(...a) { a.length === 0 ? super(D.now()) : super(...a) } static now() { return now.call(D) + ${minutes * MINUTE} } }`,
  )}`

test.each([-60, 60, 60 * 24 * 400])(
  'F-40 the clock of the runner is wrong by %i minutes: the same is decided',
  async (minutes) => {
    const world = await tellDirectly({ nodeArguments: ['--import', skewed(minutes)], inputs: { 'wait-minutes': '0' } })
    const event = labeled(world)
    expect(verdict(await world.run(event, { runId: '71' }).done)).toBe('running/handed-over')
    world.github.comment(world.ann, world.issue, '/jules use UTC')
    const command = last(world, 'issue_comment', 'created')
    const ends = [
      await world.run(command, { runId: '72', inputs: { 'wait-minutes': '15' } }).done,
      await world.run(event, { runId: '73' }).done,
    ]

    expect(ends.map(verdict)).toEqual(['pull-request/completed', 'ignored/already-handled'])
    expect([tracking(world).length, world.jules.sessions().length, labelsOf(world).length]).toEqual([1, 1, 0])
  },
)

test.each([-60, 60])(
  'F-40 F-15 a date in `Retry-After` is held against the clock of who wrote it, not a runner %i minutes off',
  async (minutes) => {
    const world = await tellDirectly({ nodeArguments: ['--import', skewed(minutes)], inputs: { 'wait-minutes': '0' } })
    world.jules.addFault({ name: 'too-many-requests', route: 'sessions.create', retryAfterDate: 30 })
    expect(verdict(await world.run(labeled(world)).done)).toBe('running/handed-over')

    const [first, second] = world.jules.server.calls.filter(({ route }) => route === 'sessions.create')
    const seconds = ((second?.at ?? 0) - (first?.at ?? 0)) / 1000
    expect(seconds).toBeGreaterThan(15)
    expect(seconds).toBeLessThan(45)
  },
)
