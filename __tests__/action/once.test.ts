/** One request, one session, one comment: events that come twice, runs that die at any write, answers that get lost. */

import type { Fault } from '../../emulator/faults.ts'
import { useStage } from '../support/stage/use-stage.ts'
import {
  bodyOf,
  julesCalls,
  labeled,
  labelsOf,
  last,
  type Told,
  tellDirectly,
  tracking,
  verdict,
} from '../support/story.ts'

const stage = useStage()

const inputs = { 'wait-minutes': '0' }

const begin = () => labeled({ start: stage.start, inputs })

function expectOneOfEach(world: Told): void {
  expect(world.jules.sessions()).toHaveLength(1)
  expect(tracking(world)).toHaveLength(1)
  expect(labelsOf(world)).not.toContain('ask-jules')
}

test('F-11 the same event twice gives one session and one comment', async () => {
  const { world, event } = await begin()
  const first = await world.run(event).done
  const second = await world.run(event).done

  expect([verdict(first), verdict(second)]).toEqual(['running/handed-over', 'running/handed-over'])
  expectOneOfEach(world)
})

test('F-08 the same event twice at once gives one session and one comment', async () => {
  const { world, event } = await begin()
  const [one, two] = await Promise.all([world.run(event).done, world.run(event).done])

  expect([one.code, two.code]).toEqual([0, 0])
  expectOneOfEach(world)
})

test('F-11 the same command again, hours later, does nothing', async () => {
  const world = await tellDirectly({ start: stage.start, scenario: 'nothing-done' })
  world.github.comment(world.ann, world.issue, '/jules fix it')
  const event = last(world, 'issue_comment')
  expect(verdict(await world.run(event).done)).toBe('no-changes/nothing-produced')
  const before = world.github.server.calls.length

  expect(verdict(await world.run(event).done)).toBe('ignored/already-handled')
  expect(world.github.server.calls.slice(before).filter(({ method }) => method !== 'GET' && method !== 'POST')).toEqual(
    [],
  )
  expectOneOfEach(world)
})

test('F-12 running it again after it has ended changes nothing', async () => {
  const { world, event } = await labeled({ scenario: 'nothing-done' })
  await world.run(event, { runId: '77' }).done
  const result = await world.run(event, { runId: '77', runAttempt: 2 }).done

  expect(verdict(result)).toBe('ignored/already-handled')
  expect(result.outputs['comment-url']).toMatch(/\/issues\/1#issuecomment-\d+$/)
  expectOneOfEach(world)
})

/** Every call of a start that changes something, in its order. */
const WRITES = [
  'reactions.createForIssue',
  'issues.createComment',
  'issues.addLabels',
  'issues.removeLabel',
  'issues.updateComment',
  'sessions.create',
  'issues.updateComment after the session',
]
/** The full run strikes at many more. */
const DEATHS = WRITES.flatMap((name) => (['before', 'after'] as const).map((phase) => ({ name, phase })))

test.each(DEATHS)(
  'F-01 killed $phase $name has happened, and run again: one session, one comment',
  async ({ name, phase }) => {
    const { world, event } = await begin()
    const [route = '', later] = name.split(' after ')
    const server = route.startsWith('sessions.') ? world.jules.server : world.github.server
    const run = world.run(event, { runId: '77' })
    server.faults.add({
      route,
      phase,
      skip: later === undefined ? 0 : 1,
      act: { kind: 'run', run: () => run.kill('SIGKILL') },
    })
    // The emulator may still answer the call that the killed process no longer hears.
    if (phase === 'before') server.faults.add({ route, phase: 'before', act: { kind: 'cut' } })
    const dead = await run.done
    expect(dead.signal).toBe('SIGKILL')
    server.faults.clear()

    const again = await world.run(event, { runId: '77', runAttempt: 2 }).done

    expect([verdict(again), again.code]).toEqual(['running/handed-over', 0])
    expectOneOfEach(world)
  },
)

test("F-58 a run that is killed and never run again stands in nobody's way after two minutes", async () => {
  const { world, event } = await begin()
  const run = world.run(event, { runId: '77' })
  world.github.server.faults.add({
    route: 'issues.addLabels',
    phase: 'after',
    act: { kind: 'run', run: () => run.kill('SIGKILL') },
  })
  await run.done
  expect(verdict(await world.run(event, { runId: '78' }).done)).toBe('ignored/already-running')
  world.clock.move(3 * 60_000)

  expect(verdict(await world.run(event, { runId: '79' }).done)).toBe('running/handed-over')
  expectOneOfEach(world)
})

const LOSSES: { name: string; act: Fault['act'] }[] = [
  { name: 'the connection is cut', act: { kind: 'cut' } },
  { name: 'nothing comes', act: { kind: 'stall' } },
  { name: 'a 500 comes', act: { kind: 'answer', answer: { status: 500, text: '<html>Error</html>' } } },
  {
    name: 'a 503 comes',
    act: { kind: 'answer', answer: { status: 503, body: { error: { code: 503, status: 'UNAVAILABLE' } } } },
  },
  { name: 'HTML with status 200 comes', act: { kind: 'answer', answer: { status: 200, text: '<html>Hello</html>' } } },
]
test.each(LOSSES)(
  'F-04 a session was created, but $name instead of the answer: one session, adopted',
  async ({ act }) => {
    const { world, event } = await begin()
    world.jules.server.faults.add({ route: 'sessions.create', phase: 'after', act })

    expect(verdict(await world.run(event).done)).toBe('running/handed-over')
    expect(julesCalls(world, 'sessions.create')).toHaveLength(1)
    expectOneOfEach(world)
  },
)

test('F-04 nobody knows whether a session was created: no second one, and the thread says what to do', async () => {
  const { world, event } = await begin()
  world.jules.server.faults.add({
    route: 'sessions.create',
    phase: 'before',
    act: { kind: 'answer', answer: { status: 502, text: '' } },
  })
  const result = await world.run(event).done

  expect([verdict(result), result.code]).toEqual(['failed/needs-attention', 1])
  expect(julesCalls(world, 'sessions.create')).toHaveLength(1)
  expect(tracking(world)).toEqual([expect.stringContaining('/jules retry')])
})

test.each(LOSSES)('F-06 the comment was posted, but $name instead of the answer: one comment', async ({ act }) => {
  const { world, event } = await begin()
  world.github.server.faults.add({ route: 'issues.createComment', phase: 'after', act })

  expect(verdict(await world.run(event).done)).toBe('running/handed-over')
  expectOneOfEach(world)
})

test('F-53 a message arrived, but its answer was lost: it is not sent again', async () => {
  const world = await tellDirectly({ start: stage.start, scenario: 'question' })
  world.github.label(world.ann, world.issue, 'ask-jules')
  await world.run(last(world, 'issues', 'labeled')).done
  world.github.comment(world.ann, world.issue, '/jules reply UTC')
  world.jules.server.faults.add({ route: 'sessions.sendMessage', phase: 'after', act: { kind: 'cut' } })

  expect(verdict(await world.run(last(world, 'issue_comment')).done)).toBe('pull-request/completed')
  expect(julesCalls(world, 'sessions.sendMessage')).toHaveLength(1)
})

/** A session that waits for an answer, handed over. */
async function asking(): Promise<Told> {
  const world = await tellDirectly({ start: stage.start, scenario: 'question' })
  world.github.label(world.ann, world.issue, 'ask-jules')
  await world.run(last(world, 'issues', 'labeled')).done
  return world
}

test('F-53 the same command in two runs at once is said once', async () => {
  const world = await asking()
  world.github.comment(world.ann, world.issue, '/jules reply UTC')
  const event = last(world, 'issue_comment')
  await Promise.all([world.run(event, { runId: '81' }).done, world.run(event, { runId: '82' }).done])

  expect(julesCalls(world, 'sessions.sendMessage')).toHaveLength(1)
  expect(tracking(world)).toHaveLength(1)
})

test('F-09 two commands in two runs at once are both said, once each', async () => {
  const world = await asking()
  world.github.comment(world.ann, world.issue, '/jules reply UTC')
  const first = last(world, 'issue_comment')
  world.github.comment(world.ann, world.issue, '/jules reply and in English')
  const second = last(world, 'issue_comment')
  await Promise.all([world.run(first, { runId: '81' }).done, world.run(second, { runId: '82' }).done])

  const said = julesCalls(world, 'sessions.sendMessage').map(({ text }) => /UTC|English/.exec(text)?.[0])
  expect(said).toEqual(['UTC', 'English'])
})

test('F-08 two requests on a fresh thread at once: one session, and the second is said to it', async () => {
  const world = await tellDirectly({ start: stage.start })
  world.github.comment(world.ann, world.issue, '/jules fix the bug')
  const first = last(world, 'issue_comment')
  world.github.comment(world.ann, world.issue, '/jules write a test')
  const second = last(world, 'issue_comment')
  await Promise.all([world.run(first, { runId: '81' }).done, world.run(second, { runId: '82' }).done])

  expect(world.jules.sessions()).toHaveLength(1)
  expect(tracking(world)).toHaveLength(1)
  expect(julesCalls(world, 'sessions.sendMessage')).toHaveLength(1)
})

test.each([
  { name: 'its signature', change: (body: string) => body.replace(/.{4} -->$/, 'AAAA -->') },
  { name: 'its first words', change: (body: string) => body.replace('<!-- jules-relay eyJ', '<!-- jules-relay xxx') },
])(
  'T-54 somebody has changed $name of a record: its session is found again, and no second one made',
  async ({ change }) => {
    const world = await asking()
    const [comment] = world.github.comments(world.issue).filter(({ body }) => body.includes('<!-- jules-relay '))
    if (comment === undefined) throw new Error('There is no tracking comment.')
    world.github.editComment(world.ann, comment.id, change(comment.body))
    world.github.comment(world.ann, world.issue, '/jules reply UTC')

    expect(verdict(await world.run(last(world, 'issue_comment', 'created')).done)).toBe('pull-request/completed')
    expect(world.jules.sessions()).toHaveLength(1)
    expect(julesCalls(world, 'sessions.sendMessage')).toHaveLength(1)
  },
)

test('F-38 a comment that GitHub finds too long is written shorter', async () => {
  const world = await tellDirectly({ start: stage.start })
  const refused = { status: 422, body: { message: 'Validation Failed' } }
  world.github.server.faults.add({
    route: 'issues.updateComment',
    phase: 'before',
    times: 2,
    skip: 1,
    act: { kind: 'answer', answer: refused },
  })
  world.github.label(world.ann, world.issue, 'ask-jules')

  expect(verdict(await world.run(last(world, 'issues', 'labeled')).done)).toBe('pull-request/completed')
  expect(tracking(world)).toEqual([expect.stringContaining('✅ Jules opened')])
})

test('T-55 labels of two threads in the same second are two requests: each has a session of its own', async () => {
  const world = await tellDirectly({ start: stage.start, inputs: { 'wait-minutes': '0' } })
  const other = world.github.openIssue(world.ann, { title: 'Another', body: 'Mend this too.' }).number
  for (const number of [world.issue, other]) world.github.label(world.ann, number, 'ask-jules')
  const events = world.deliveries.filter(({ payload }) => Reflect.get(payload, 'action') === 'labeled')
  for (const { event, payload } of events) {
    const issue = { ...Object(Reflect.get(payload, 'issue')), updated_at: '2026-11-20T12:00:00Z' }
    await world.run({ event, payload: { ...payload, issue } }).done
  }

  const prompts = julesCalls(world, 'sessions.create').map((call) => String(bodyOf(call).prompt))
  expect(prompts).toHaveLength(2)
  for (const [at, number] of [world.issue, other].entries())
    expect(prompts[at]).toMatch(new RegExp(`jules-relay: acme/widgets#${number} [0-9a-f]{20}$`))
})

test('several prompts in one run, in steps or in a matrix, are several requests; the same one again is one', async () => {
  const world = await tellDirectly({ start: stage.start, inputs: { 'wait-minutes': '0' } })
  const event = { name: 'schedule', payload: {} }
  for (const prompt of ['Update the changelog.', 'Update the licence.', 'Update the changelog.'])
    await world.run(event, { runId: '77', inputs: { prompt } }).done

  const prompts = julesCalls(world, 'sessions.create').map((call) => String(bodyOf(call).prompt).split('\n')[0])
  expect(prompts).toEqual(['Update the changelog.', 'Update the licence.'])
})

test('F-08 two jobs of the same run and attempt at once: one session', async () => {
  const { world, event } = await labeled({ inputs: { 'wait-minutes': '0' } })
  await Promise.all([1, 2].map(() => world.run(event, { runId: '77' }).done))

  expect(julesCalls(world, 'sessions.create')).toHaveLength(1)
  expect(tracking(world)).toHaveLength(1)
})
