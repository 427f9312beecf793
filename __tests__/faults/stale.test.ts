/** F-07 reads that lag behind: nothing is concluded from one of them. */
import { breaksOf } from '../support/oracle.ts'
import { useStage } from '../support/stage/use-stage.ts'
import { julesCalls, last, type Told, tellDirectly, tracking, verdict } from '../support/story.ts'

const stage = useStage()

const LAGS = [
  { calls: 1 },
  { calls: 3 },
  { calls: 5 },
  { calls: 1, scope: 'all' },
  { calls: 2, scope: 'all' },
  { calls: 3, scope: 'all' },
  { calls: 5, scope: 'all' },
] as const

const began = (scenario = 'question'): Promise<Told> => tellDirectly({ start: stage.start, speed: 1, scenario })

test.each(LAGS)('F-07 with reads that lag behind so ($calls, $scope) a label starts one session', async (lag) => {
  const world = await began('nothing-done')
  world.github.staleReads(lag)
  world.github.label(world.ann, world.issue, 'ask-jules')
  const result = await world.run(last(world, 'issues', 'labeled')).done

  expect(verdict(result)).toBe('no-changes/nothing-produced')
  expect(breaksOf(world)).toEqual([])
})

test.each(LAGS)('F-07 … ($calls, $scope) and a second command on the thread is said to its session', async (lag) => {
  const world = await began()
  world.github.staleReads(lag)
  world.github.comment(world.ann, world.issue, '/jules fix the date test')
  expect(verdict(await world.run(last(world, 'issue_comment')).done)).toBe('waiting-for-reply/question')
  world.github.comment(world.ann, world.issue, '/jules by the calendar')
  const second = await world.run(last(world, 'issue_comment', 'created')).done

  expect(verdict(second)).toBe('pull-request/completed')
  expect(julesCalls(world, 'sessions.sendMessage')).toHaveLength(1)
  expect(breaksOf(world)).toEqual([])
})

test.each(LAGS)('F-07 … ($calls, $scope) and a label that was taken off again asks for nothing', async (lag) => {
  const world = await began()
  world.github.staleReads(lag)
  world.github.label(world.ann, world.issue, 'ask-jules')
  const event = last(world, 'issues', 'labeled')
  world.clock.move(3000)
  world.github.unlabel(world.ann, world.issue, 'ask-jules')
  for (let n = 0; n < 6; n += 1)
    await fetch(`${world.github.url}/repos/acme/widgets/issues/1/comments`, {
      headers: { authorization: `Bearer ${world.github.mintToken({ issues: 'read' })}`, 'user-agent': 'a person' },
    })

  expect(verdict(await world.run(event).done)).toBe('ignored/label-gone')
  expect(tracking(world)).toEqual([])
})
