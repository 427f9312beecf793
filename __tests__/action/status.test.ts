/** `/jules status` tells what is known of the last session of a thread, whatever has become of it. */

import { handedOver, later, say } from '../support/handed-over.ts'
import { useStage } from '../support/stage/use-stage.ts'
import { ended, labelsOf, notes, type Told, tell, tracking, verdict } from '../support/story.ts'

const stage = useStage()

const idOf = (world: Told) => world.jules.sessions()[0]?.id ?? ''

test('after a stop: the session is archived, and what it is at', async () => {
  const world = await handedOver(stage)
  await say(world, '/jules stop')
  await later(world, 1)
  const run = await say(world, '/jules status')

  expect(verdict(run)).toBe('answered/status')
  expect(run.outputs['session-state']).toBe('PAUSED')
  expect(tracking(world)).toEqual([expect.stringContaining('It is paused, so nothing goes on in it by itself.')])
  expect(tracking(world)[0]).toMatch(/^### 🛑 No longer followed\n/)
  expect(notes(world)).toEqual([])
  expect(labelsOf(world)).toEqual([])
})

test('after a stop that Jules did not mind: its pull request', async () => {
  const world = await handedOver(stage)
  await say(world, '/jules stop')
  const pull = { title: 'Mended', url: 'https://github.com/acme/widgets/pull/77', description: '' }
  world.jules.alter(idOf(world), { state: 'COMPLETED', outputs: [{ pullRequest: pull }] })
  const run = await say(world, '/jules status')

  expect(verdict(run)).toBe('answered/status')
  expect(run.outputs['pull-request-number']).toBe('77')
  expect(tracking(world)).toEqual([expect.stringMatching(/^### 🛑 [\s\S]*There is \[pull request #77\]/)])
})

test('after the issue was closed and opened again: nobody says that Jules was asked to stop', async () => {
  const world = await handedOver(stage, 'question')
  world.github.closeIssue(world.ann, world.issue)
  await ended(world, 'issues')
  world.github.reopenIssue(world.ann, world.issue)
  const run = await say(world, '/jules status')

  expect(verdict(run)).toBe('answered/status')
  expect(tracking(world)).toEqual([expect.stringMatching(/^### 🛑 Not followed, for the thread was closed/)])
  expect(tracking(world)[0]).not.toContain('asked to stop')
})

test('after its pull request was merged: the comment keeps saying so, and the answer links it', async () => {
  const world = await handedOver(stage)
  await later(world, 20)
  world.github.closePullRequest(world.ann, 2, { merged: true })
  await ended(world, 'pull_request')
  const run = await say(world, '/jules status')

  expect(verdict(run)).toBe('answered/status')
  expect(tracking(world)).toEqual([expect.stringContaining('🎉 Merged: [pull request #2]')])
  expect(notes(world)).toEqual([expect.stringMatching(/^The last session is over\. See the \[tracking comment\]/)])
})

test('after a request that came to nothing: the answer links the comment that says why', async () => {
  const world = await tell({ start: stage.start, inputs: { notify: 'never' } })
  const answer = { status: 400, body: { error: { code: 400, message: 'no', status: 'INVALID_ARGUMENT' } } }
  world.jules.server.faults.add({ route: 'sessions.create', phase: 'before', act: { kind: 'answer', answer } })
  world.github.label(world.ann, world.issue, 'ask-jules')
  await ended(world, 'issues')
  const before = tracking(world)
  const run = await say(world, '/jules status')

  expect(verdict(run)).toBe('answered/status')
  expect(tracking(world)).toEqual(before)
  expect(notes(world)).toEqual([
    expect.stringContaining('The last request came to nothing. See the [tracking comment]'),
  ])
})

test('on the pull request of the session: a short answer there, with a link', async () => {
  const world = await handedOver(stage)
  await later(world, 20)
  const run = await say(world, '/jules status', 2)

  expect(verdict(run)).toBe('answered/status')
  expect(notes(world, 2)).toEqual([
    expect.stringMatching(
      /^The session has come to its end.* See the \[tracking comment\]\(\S+issues\/1#issuecomment-/,
    ),
  ])
  expect(notes(world)).toEqual([])
})
