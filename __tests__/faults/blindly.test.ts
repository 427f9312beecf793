/** F-16 Jules cannot be read when somebody asks: nothing is refused for a state that nobody knows. */
import { answers, refusal } from '../outcomes/acts.ts'
import { handedOver, later, say } from '../support/handed-over.ts'
import { useStage } from '../support/stage/use-stage.ts'
import { ended, labelsOf, notes, type Told, tracking, verdict } from '../support/story.ts'

const stage = useStage()

/** A session that has ended since a job has handed it over. */
async function over(scenario?: string): Promise<Told> {
  const world = await handedOver(stage, scenario)
  await later(world, 20)
  return world
}

function goAway(world: Told): void {
  world.jules.server.faults.add(answers('*', refusal(503, 'UNAVAILABLE')))
}

async function comeBack(world: Told): Promise<void> {
  world.jules.server.faults.clear()
  await later(world, 20)
  world.github.schedule('17 */2 * * *')
  await ended(world, 'schedule')
}

test('nobody was there to tell the end, `/jules new`: the run says so, and a sweep begins it once Jules is back', async () => {
  const world = await over('failure')
  goAway(world)
  expect(verdict(await say(world, '/jules new Once more.'))).toBe('failed/jules-unavailable')
  expect(notes(world)).toEqual([])
  await comeBack(world)

  expect(tracking(world)).toEqual([expect.stringMatching(/^### ❌ The session failed/), expect.any(String)])
  expect(world.jules.sessions()).toHaveLength(2)
})

test('nobody was there to tell the end, the label: the run says so, and the label stays', async () => {
  const world = await over('failure')
  goAway(world)
  world.github.label(world.ann, world.issue, 'ask-jules')

  expect(verdict(await ended(world, 'issues'))).toBe('failed/jules-unavailable')
  expect(labelsOf(world)).toContain('ask-jules')
})

test('where the comment tells of the end already, the next session waits for Jules', async () => {
  const world = await over()
  goAway(world)
  expect(verdict(await say(world, '/jules new Once more.'))).toBe('queued/jules-unavailable')
  await comeBack(world)

  expect(world.jules.sessions()).toHaveLength(2)
})
