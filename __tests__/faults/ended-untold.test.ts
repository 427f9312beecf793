/** What nobody was there to tell: a session that has ended since its run handed it over, and no event of it has come. */
import { useStage } from '../support/stage/use-stage.ts'
import { labeled, labelsOf, last, type Told, tracking, verdict, writes } from '../support/story.ts'

const stage = useStage()

/** A session that a job has handed over; a day later. */
async function handedOver(scenario: string): Promise<Told> {
  const { world, event } = await labeled({ start: stage.start, scenario, inputs: { 'wait-minutes': '0' } })
  await world.run(event).done
  world.clock.move(24 * 60 * 60_000)
  await world.jules.settled()
  return world
}

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
