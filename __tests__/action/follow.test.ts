/** What following a session costs, and what is seen all the same. */
import { useStage } from '../support/stage/use-stage.ts'
import { ended, julesCalls, runsOf, tell, tracking, verdict } from '../support/story.ts'

const stage = useStage()

test('ten minutes of steady work cost few requests, and the thread is told of it on the way', async () => {
  const world = await tell({ start: stage.start, scenario: 'ten-minutes' })
  const shown: string[] = []
  world.github.server.onCall(({ route }) => {
    if (route === 'issues.updateComment') shown.push(tracking(world)[0] ?? '')
  })
  world.github.label(world.ann, world.issue, 'ask-jules')
  const run = await ended(world, 'issues')
  const comments = world.github.server.calls.filter(({ route }) => route === 'issues.listComments')

  expect(verdict(run)).toBe('pull-request/completed')
  // A loop that looks at state and activities every 30 s makes 40.
  expect(julesCalls(world, 'sessions.get').length + julesCalls(world, 'activities.list').length).toBeLessThanOrEqual(21)
  expect(comments.some(({ status }) => status === 304)).toBe(true)
  expect(shown.filter((text) => text.includes('Looked through file')).length).toBeGreaterThanOrEqual(3)
  expect(shown.some((text) => text.includes('state `IN_PROGRESS`'))).toBe(true)
})

test('a pull request that is out without a word is seen, though the session goes on', async () => {
  const world = await tell({ start: stage.start, scenario: 'still-working', inputs: { 'wait-minutes': '6' } })
  world.github.label(world.ann, world.issue, 'ask-jules')
  await runsOf(world)

  expect(verdict(await ended(world, 'issues'))).toBe('pull-request/still-working')
  expect(tracking(world)[0]).toContain('pull request #2')
})

test('F-18 activities that cannot be listed do not hide the end of the session', async () => {
  const world = await tell({ start: stage.start })
  const absent = { status: 404, body: { error: { code: 404, message: 'no', status: 'NOT_FOUND' } } }
  world.jules.server.faults.add({
    route: 'activities.list',
    phase: 'before',
    times: 99,
    act: { kind: 'answer', answer: absent },
  })
  world.github.label(world.ann, world.issue, 'ask-jules')

  expect(verdict(await ended(world, 'issues'))).toBe('pull-request/completed')
})
