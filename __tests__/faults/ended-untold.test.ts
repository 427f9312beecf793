/** What nobody was there to tell: a session that has ended, or is gone, since its run handed it over. */
import { answers, refusal } from '../outcomes/acts.ts'
import { useStage } from '../support/stage/use-stage.ts'
import {
  JULES_KEY,
  julesCalls,
  labeled,
  labelsOf,
  last,
  notes,
  type Told,
  tracking,
  verdict,
  writes,
} from '../support/story.ts'

const stage = useStage()

/** A session that a job has handed over; a day later. */
async function handedOver(scenario: string): Promise<Told> {
  const { world, event } = await labeled({ start: stage.start, scenario, inputs: { 'wait-minutes': '0' } })
  await world.run(event).done
  world.clock.move(24 * 60 * 60_000)
  await world.jules.settled()
  return world
}

const sweep = (world: Told) => world.run({ name: 'schedule', payload: {} }, { inputs: { mode: 'sweep' } }).done

const ASKED = [
  { name: 'the label', ask: (world: Told) => world.github.label(world.ann, world.issue, 'ask-jules') },
  { name: '/jules new', ask: (world: Told) => world.github.comment(world.ann, world.issue, '/jules new Once more.') },
]
const ENDED = [
  { scenario: 'automatic-pull-request', headline: /^### ✅ Jules opened/ },
  { scenario: 'failure', headline: /^### ❌ The session failed/ },
]
test.each(ASKED.flatMap((asked) => ENDED.map((end) => ({ ...asked, ...end }))))(
  'F-51 $name after an end that nobody told ($scenario): the end is told, and the request is begun by the same run',
  async ({ ask, scenario, headline }) => {
    const world = await handedOver(scenario)
    ask(world)
    const event = world.deliveries.findLast(
      ({ payload }) => Reflect.get(Object(Reflect.get(payload, 'sender')), 'login') === 'ann',
    )
    if (event === undefined) throw new Error('Nobody asked.')
    await world.run(event).done

    expect(world.jules.sessions()).toHaveLength(2)
    expect(tracking(world)).toEqual([expect.stringMatching(headline), expect.any(String)])
    expect(labelsOf(world)).toEqual(['jules: running'])
  },
)

test.each([
  { words: '/jules stop', ends: 'answered/nothing-to-do' },
  { words: '/jules help', ends: 'answered/help' },
])('$words after an end that nobody told: the comment that the answer links is true', async ({ words, ends }) => {
  const world = await handedOver('automatic-pull-request')
  world.github.comment(world.ann, world.issue, words)
  const result = await world.run(last(world, 'issue_comment')).done

  expect(verdict(result)).toBe(ends)
  expect(tracking(world)).toEqual([expect.stringContaining('### ✅ Jules opened')])
  expect(labelsOf(world)).toEqual([])
})

test('a dry sweep of it says what a real one would do, and does nothing', async () => {
  const world = await handedOver('automatic-pull-request')
  const before = writes(world).length
  const dry = { inputs: { mode: 'sweep', 'dry-run': 'true' } }
  const result = await world.run({ name: 'schedule', payload: {} }, dry).done

  expect(verdict(result)).toBe('dry-run/done')
  expect(writes(world)).toHaveLength(before)
  expect(result.outputs.summary).toMatch(/What a real run would do.*\n.*\n.*bring the tracking comment up to date/)
})

/** A session that was deleted after it was handed over. */
async function deleted(): Promise<Told> {
  const world = await handedOver('question')
  const headers = { 'x-goog-api-key': JULES_KEY }
  for (const { id } of world.jules.sessions())
    await fetch(`${world.jules.url}/sessions/${id}`, { method: 'DELETE', headers })
  return world
}

test('F-22 a sweep finds that a session is gone, says so once, and frees the thread', async () => {
  const world = await deleted()
  expect(verdict(await sweep(world))).toBe('swept/done')
  expect(tracking(world)).toEqual([expect.stringContaining('### ❌ The session is gone')])
  expect(notes(world)).toEqual([expect.stringContaining('The session is gone')])
  expect(labelsOf(world)).toEqual(['jules: failed'])
  const before = writes(world).length
  world.clock.move(2 * 60 * 60_000)
  await sweep(world)
  expect(writes(world)).toHaveLength(before)
})

test.each([
  { words: '/jules status', ends: 'answered/status', sessions: 0 },
  { words: '/jules reply Yes.', ends: 'answered/nothing-to-do', sessions: 0 },
  { words: '/jules Go on.', ends: 'running/handed-over', sessions: 1 },
])(
  'F-22 $words about a session that is gone: it is looked for three times, and told',
  async ({ words, ends, sessions }) => {
    const world = await deleted()
    const before = julesCalls(world, 'sessions.get').length
    world.github.comment(world.ann, world.issue, words)
    const result = await world.run(last(world, 'issue_comment')).done

    expect(verdict(result)).toBe(ends)
    expect(julesCalls(world, 'sessions.get').length - before).toBeGreaterThanOrEqual(3)
    expect(tracking(world)[0]).toContain('### ❌ The session is gone')
    expect(world.jules.sessions()).toHaveLength(sessions)
  },
)

test('F-22 the label on a thread whose session is gone: that is told, and another one is started', async () => {
  const world = await deleted()
  world.github.label(world.ann, world.issue, 'ask-jules')
  const result = await world.run(last(world, 'issues', 'labeled')).done

  expect(verdict(result)).toBe('running/handed-over')
  expect(tracking(world)).toEqual([expect.stringContaining('### ❌ The session is gone'), expect.any(String)])
  expect(world.jules.sessions()).toHaveLength(1)
})

test('F-22 one that is missing twice and then there is not gone', async () => {
  const world = await handedOver('question')
  world.jules.server.faults.add(answers('sessions.get', refusal(404, 'NOT_FOUND'), { times: 2 }))
  world.github.comment(world.ann, world.issue, '/jules status')
  await world.run(last(world, 'issue_comment')).done
  expect(tracking(world)).toEqual([expect.stringContaining('Jules has a question')])
})
