/** Runs in which the workflow file names a session: to follow it, to tell it something, to put it away. */
import { useStage } from '../support/stage/use-stage.ts'
import { bodyOf, julesCalls, last, type Told, tellDirectly, tracking, verdict } from '../support/story.ts'

const stage = useStage()

/** A session that was started on the issue and is at work; the dispatch that later runs are started for. */
async function atWork(scenario = 'automatic-pull-request'): Promise<{ world: Told; id: string }> {
  const world = await tellDirectly({ start: stage.start, scenario })
  world.github.label(world.ann, world.issue, 'ask-jules')
  const first = world.run(last(world, 'issues', 'labeled'), { inputs: { 'wait-minutes': '0' } })
  const id = (await first.done).outputs['session-id'] ?? ''
  world.github.dispatch(world.ann)
  return { world, id }
}

const runFor = (world: Told, inputs: Record<string, string>, more = {}) =>
  world.run(last(world, 'workflow_dispatch'), { inputs, ...more }).done

const FORMS = [
  { name: 'its id', of: (id: string) => id },
  { name: 'its name', of: (id: string) => `sessions/${id}` },
  { name: 'its URL', of: (id: string) => `https://jules.google.com/session/${id}` },
]
test.each(FORMS)('a session given by $name is followed to its end', async ({ of }) => {
  const { world, id } = await atWork()
  const result = await runFor(world, { 'session-id': of(id) })

  expect(verdict(result)).toBe('pull-request/completed')
  expect(result.outputs['session-id']).toBe(id)
  expect(julesCalls(world, 'sessions.create')).toHaveLength(1)
})

test('with an issue number, the tracking comment that tells of it is brought to the end', async () => {
  const { world, id } = await atWork()
  const result = await runFor(world, { 'session-id': id, 'issue-number': '1' })

  expect(verdict(result)).toBe('pull-request/completed')
  expect(tracking(world)).toEqual([expect.stringContaining('✅ Jules opened')])
})

test('with a prompt, the prompt is sent as a message, once, however often the run is started', async () => {
  const { world, id } = await atWork('question')
  world.clock.move(5 * 60_000)
  await world.jules.settled()
  const inputs = { 'session-id': id, prompt: 'Use UTC.' }
  const first = await runFor(world, inputs, { runId: '77' })
  const second = await runFor(world, inputs, { runId: '77', runAttempt: 2 })

  expect([verdict(first), verdict(second)]).toEqual(['pull-request/completed', 'pull-request/completed'])
  expect(julesCalls(world, 'sessions.sendMessage').map(bodyOf)).toEqual([
    { prompt: expect.stringMatching(/^Use UTC\.\n\n/) },
  ])
})

test('mode archive hides it; mode delete deletes it, and one that is gone counts as deleted', async () => {
  const { world, id } = await atWork()
  expect(verdict(await runFor(world, { 'session-id': id, mode: 'archive' }))).toBe('archived/done')
  expect(julesCalls(world, 'sessions.archive')).toHaveLength(1)
  expect(verdict(await runFor(world, { 'session-id': id, mode: 'delete' }))).toBe('deleted/done')
  expect(world.jules.sessions()).toEqual([])
  expect(verdict(await runFor(world, { 'session-id': id, mode: 'delete' }))).toBe('deleted/done')
})

const REFUSED = [
  { name: 'T-116 an id that is none', inputs: { 'session-id': '../sources' }, verdict: 'failed/inputs-invalid' },
  { name: 'mode delete without an id', inputs: { mode: 'delete' }, verdict: 'failed/inputs-invalid' },
  { name: 'a session that is not there', inputs: { 'session-id': '123' }, verdict: 'failed/gone' },
]
test.each(REFUSED)('$name: $verdict', async ({ inputs, ...expected }) => {
  const { world } = await atWork()
  const result = await runFor(world, inputs)

  expect([verdict(result), result.code]).toEqual([expected.verdict, 1])
})

test('T-55 a session of another repository is neither shown, told anything nor deleted', async () => {
  const { world, id } = await atWork()
  world.jules.server.faults.add({
    route: 'sessions.get',
    phase: 'after',
    times: 9,
    act: {
      kind: 'change',
      change: (answer) => ({
        ...answer,
        body: JSON.parse(JSON.stringify(answer.body).replaceAll('acme/widgets', 'acme/private')),
      }),
    },
  })
  for (const inputs of [
    { 'session-id': id },
    { 'session-id': id, prompt: 'Hello' },
    { 'session-id': id, mode: 'delete' },
  ]) {
    const result = await runFor(world, inputs)
    expect([verdict(result), result.outputs['session-url']]).toEqual(['failed/foreign-session', ''])
  }
  expect(world.jules.sessions()).toHaveLength(1)
  expect(julesCalls(world, 'sessions.sendMessage')).toEqual([])
})

test('somebody who may not ask can do nothing with it', async () => {
  const { world, id } = await atWork()
  world.github.dispatch(world.rob)

  expect(verdict(await runFor(world, { 'session-id': id, mode: 'delete' }))).toBe('ignored/permission-too-low')
  expect(world.jules.sessions()).toHaveLength(1)
})
