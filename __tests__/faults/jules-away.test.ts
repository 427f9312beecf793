/** Jules is away, or wants us no more, while a session is followed. */
import type { Answer } from '../../emulator/route.ts'
import type { Call } from '../../emulator/server.ts'
import { answers, refusal, when, written } from '../outcomes/acts.ts'
import { useStage } from '../support/stage/use-stage.ts'
import {
  julesCalls,
  labelsOf,
  last,
  notes,
  type Told,
  tellDirectly,
  tracking,
  verdict,
  writes,
} from '../support/story.ts'

const stage = useStage()

const MINUTE = 60_000
const READS = ['sessions.get', 'activities.list']

/** Somebody has labelled the issue, and a run begins. */
async function following(scenario: string, inputs: Record<string, string> = {}) {
  const world = await tellDirectly({ start: stage.start, scenario, inputs: { 'wait-minutes': '60', ...inputs } })
  world.github.label(world.ann, world.issue, 'ask-jules')
  return { world, run: () => world.run(last(world, 'issues', 'labeled')).done }
}

/** Reads of the session that were not answered well. */
function failed(world: Told): Call[] {
  return world.jules.server.calls.filter(({ route, status }) => READS.includes(route ?? '') && status !== 200)
}

const STORMS: { name: string; answer: Answer; says: string }[] = [
  { name: '503', answer: refusal(503, 'UNAVAILABLE'), says: 'Jules could not be reached' },
  { name: '429', answer: refusal(429, 'RESOURCE_EXHAUSTED'), says: 'Jules takes no more calls for a while' },
]
test.each(STORMS)(
  'F-16 ten minutes of $name: at most 15 calls, it is said once, and the end is told',
  async ({ answer, says }) => {
    const { world, run } = await following('ten-minutes')
    const away = () => {
      for (const route of ['sessions.*', 'activities.*']) world.jules.server.faults.add(answers(route, answer))
      world.clock.at(world.clock.now() + 10 * MINUTE, world.jules.server.faults.clear)
    }
    world.jules.server.faults.add(when('sessions.get', away, 1))
    const result = await run()

    expect([verdict(result), result.code]).toEqual(['pull-request/completed', 0])
    const lost = failed(world)
    expect((lost.at(-1)?.at ?? 0) - (lost[0]?.at ?? 0)).toBeGreaterThan(8 * MINUTE)
    expect(lost.length).toBeLessThanOrEqual(15)
    expect(written(world).filter((body) => body.includes(says))).toHaveLength(1)
    expect([tracking(world).length, labelsOf(world), notes(world)]).toEqual([1, [], []])
  },
)

test.each([401, 403])(
  'F-17 the key is refused in the middle (%i): one call, one update, and the run is red',
  async (status) => {
    const { world, run } = await following('ten-minutes')
    const answer = refusal(status, status === 401 ? 'UNAUTHENTICATED' : 'PERMISSION_DENIED')
    world.jules.server.faults.add(answers('activities.list', answer, { skip: 3 }))
    world.jules.server.faults.add(answers('sessions.*', answer, { skip: 3 }))
    const result = await run()

    expect([verdict(result), result.code]).toEqual(['failed/key-rejected', 1])
    const [first, ...more] = failed(world)
    expect(more.length).toBeLessThanOrEqual(1)
    const updates = writes(world).filter(({ route, at }) => route === 'issues.updateComment' && at >= (first?.at ?? 0))
    expect(updates).toHaveLength(1)
    expect(tracking(world)).toHaveLength(1)
    expect(labelsOf(world)).not.toContain('jules: failed')
  },
)

test('F-15 Jules asks for seven seconds six times: each wait is that long, and nobody gives up', async () => {
  const { world, run } = await following('nothing-done')
  const full = refusal(429, 'RESOURCE_EXHAUSTED')
  world.jules.server.faults.add(
    answers('sessions.get', { ...full, headers: { 'retry-after': '7' } }, { times: 6, skip: 1 }),
  )
  const result = await run()

  expect([verdict(result), result.code]).toEqual(['no-changes/nothing-produced', 0])
  const refused = failed(world)
  expect(refused).toHaveLength(6)
  const after = julesCalls(world).filter(({ at }) => at > (refused[0]?.at ?? 0))
  const gaps = [...refused, ...after.slice(-1)].slice(1).map(({ at }, index) => at - (refused[index]?.at ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(7000)
})

test('F-14 six threads at once where Jules takes two sessions at a time: one session each in the end', async () => {
  const world = await tellDirectly({ start: stage.start, scenario: 'nothing-done' })
  const numbers = Array.from(
    { length: 6 },
    (_, at) => world.github.openIssue(world.ann, { title: `Issue ${at}`, body: 'Mend it.' }).number,
  )
  for (const number of numbers) world.github.label(world.ann, number, 'ask-jules')
  const events = world.deliveries.filter(({ payload }) => Reflect.get(payload, 'action') === 'labeled')
  world.jules.server.faults.add(answers('sessions.create', refusal(400, 'FAILED_PRECONDITION'), { times: 4 }))
  await Promise.all(events.map((event) => world.run(event).done))
  const creates = julesCalls(world, 'sessions.create').length
  expect([creates, world.jules.sessions().length]).toEqual([6, 2])

  await world.run({ name: 'schedule', payload: {} }, { inputs: { mode: 'sweep' } }).done
  expect(world.jules.sessions()).toHaveLength(6)
  expect(numbers.map((number) => tracking(world, number).length)).toEqual(numbers.map(() => 1))
})
