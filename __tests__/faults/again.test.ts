/** What is asked again, after the end, or to be stopped. */
import { answers } from '../outcomes/acts.ts'
import { useStage } from '../support/stage/use-stage.ts'
import { julesCalls, labeled, labelsOf, last, notes, tracking, verdict, writes } from '../support/story.ts'

const stage = useStage()

/** A request that has come to its end. */
async function ended(scenario: string) {
  const { world, event } = await labeled({ start: stage.start, scenario })
  const first = await world.run(event, { runId: '7' }).done
  return { world, event, first }
}

test.each(['automatic-pull-request', 'nothing-done', 'failure'])(
  'F-12 run again after its end (%s): nothing is written, the outputs tell the same session',
  async (scenario) => {
    const { world, event, first } = await ended(scenario)
    const before = [writes(world).length, julesCalls(world).filter(({ method }) => method !== 'GET').length]
    const again = await world.run(event, { runId: '7', runAttempt: 2 }).done

    expect([writes(world).length, julesCalls(world).filter(({ method }) => method !== 'GET').length]).toEqual(before)
    expect(again.outputs['session-id']).toBe(first.outputs['session-id'])
  },
)

test.each(['plan-gate', 'question', 'pause'])(
  'F-25 a session that waits for a person (%s): told once, and the job ends with that look',
  async (scenario) => {
    const { world, first } = await ended(scenario)
    const reads = julesCalls(world, 'sessions.get')
    const waiting = reads.filter(({ answer }) => /AWAITING|PAUSED/.test(JSON.stringify(answer)))

    expect(first.outputs.outcome).toMatch(/^waiting-for-/)
    expect(waiting.length).toBeLessThanOrEqual(2)
    expect([first.code, notes(world).length, tracking(world).length]).toEqual([0, 1, 1])
    expect(labelsOf(world)).toEqual(['jules: waiting'])
  },
)

test('F-51 a second request after the first one has ended: two sessions, two comments, and the first comment stays', async () => {
  const { world, first } = await ended('automatic-pull-request')
  const [told] = tracking(world)
  world.github.label(world.ann, world.issue, 'ask-jules')
  const second = await world.run(last(world, 'issues', 'labeled')).done

  expect([verdict(first), verdict(second)]).toEqual(['pull-request/completed', 'pull-request/completed'])
  expect(world.jules.sessions()).toHaveLength(2)
  expect(second.outputs['session-id']).not.toBe(first.outputs['session-id'])
  expect(tracking(world)).toEqual([told, expect.stringContaining(second.outputs['session-id'] ?? 'none')])
})

test('F-52 told to stop: nothing is called cancelled, the page is linked, and nobody looks again', async () => {
  const { world } = await ended('question')
  world.github.comment(world.ann, world.issue, '/jules stop')
  const event = last(world, 'issue_comment')
  expect(verdict(await world.run(event).done)).toBe('stopped/by-command')
  const again = await world.run(event).done
  const calls = julesCalls(world).length
  await world.run({ name: 'schedule', payload: {} }, { inputs: { mode: 'sweep' } }).done

  expect(verdict(again)).toBe('ignored/already-handled')
  const looks = julesCalls(world)
    .slice(calls)
    .map(({ route }) => route)
  expect(looks.filter((route) => route !== 'sessions.list')).toEqual([])
  const [text = ''] = tracking(world)
  expect(text).toContain('some work may still go on')
  expect(text).toContain('https://jules.google.com/session/')
  expect([text, ...notes(world)].join('\n')).not.toMatch(/cancell?ed/i)
  expect(labelsOf(world)).toEqual([])
})

const LOSSES = [
  { name: '502', answer: { status: 502, text: '' } },
  { name: 'a page of HTML', answer: { status: 200, text: '<html>Hello</html>' } },
]
test.each(LOSSES)(
  'F-54 the plan was approved, but $name came instead of the answer: approved once',
  async ({ answer }) => {
    const { world } = await ended('plan-gate')
    world.github.comment(world.ann, world.issue, '/jules approve')
    world.jules.server.faults.add(answers('sessions.approvePlan', answer, { phase: 'after' }))

    expect(verdict(await world.run(last(world, 'issue_comment')).done)).toBe('pull-request/completed')
    expect(julesCalls(world, 'sessions.approvePlan')).toHaveLength(1)
  },
)
