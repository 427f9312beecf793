/** A session that was deleted on its page while nobody followed it. */

import { answers, refusal } from '../outcomes/acts.ts'
import { deleteSession, handedOver, later, say } from '../support/handed-over.ts'
import { useStage } from '../support/stage/use-stage.ts'
import { bodyOf, ended, julesCalls, labelsOf, notes, tracking, verdict } from '../support/story.ts'

const stage = useStage()

test('F-22 `/jules status`: it is gone, after a few looks', async () => {
  const world = await handedOver(stage, 'one-hour')
  await later(world, 6)
  await deleteSession(world)
  const before = julesCalls(world, 'sessions.get').length
  const run = await say(world, '/jules status')

  expect(verdict(run)).toBe('answered/status')
  expect(julesCalls(world, 'sessions.get').length - before).toBeLessThanOrEqual(4)
  expect(tracking(world)).toEqual([expect.stringContaining('❌ The session is gone')])
  expect(labelsOf(world)).toEqual(['jules: failed'])
})

test('F-22 `/jules status` where its pull request is out: the comment keeps that', async () => {
  const world = await handedOver(stage)
  await later(world, 20)
  await deleteSession(world)
  const run = await say(world, '/jules status')

  expect(verdict(run)).toBe('answered/status')
  expect(tracking(world)).toEqual([expect.stringContaining('✅ Jules opened [pull request #2]')])
  expect(labelsOf(world)).toEqual([])
})

test('F-22 a sweep finds it gone, and says so once', async () => {
  const world = await handedOver(stage, 'one-hour')
  await later(world, 6)
  await deleteSession(world)
  for (let round = 0; round < 2; round += 1) {
    world.github.schedule('17 */2 * * *')
    expect(verdict(await ended(world, 'schedule'))).toBe('swept/done')
    await later(world, 20)
  }

  expect(tracking(world)).toEqual([expect.stringContaining('❌ The session is gone')])
  expect(labelsOf(world)).toEqual(['jules: failed'])
  expect(notes(world)).toHaveLength(1)
})

test('F-22 words for it start another session, once it is said that the first one is gone', async () => {
  const world = await handedOver(stage, 'one-hour')
  await later(world, 6)
  await deleteSession(world)
  const run = await say(world, '/jules add a test')

  expect(verdict(run)).toBe('running/handed-over')
  expect(julesCalls(world, 'sessions.sendMessage')).toEqual([])
  expect(julesCalls(world, 'sessions.create').map((call) => String(bodyOf(call).prompt).split('\n')[0])).toEqual([
    'Do what issue #1 of acme/widgets asks for. Its text stands below.',
    'add a test',
  ])
  expect(tracking(world)).toEqual([
    expect.stringContaining('❌ The session is gone'),
    expect.stringContaining('No job follows it any more'),
  ])
  expect(labelsOf(world)).toEqual(['jules: running'])
})

test('F-22 an answer to it comes to nothing, once it is said that it is gone', async () => {
  const world = await handedOver(stage, 'question')
  await later(world, 24 * 60)
  await deleteSession(world)
  const run = await say(world, '/jules reply Yes.')

  expect(verdict(run)).toBe('answered/nothing-to-do')
  expect(tracking(world)).toEqual([expect.stringContaining('❌ The session is gone')])
})

test('F-22 the label starts another session, once it is said that the first one is gone', async () => {
  const world = await handedOver(stage, 'question')
  await later(world, 24 * 60)
  await deleteSession(world)
  world.github.label(world.ann, world.issue, 'ask-jules')
  const run = await ended(world, 'issues')

  expect(verdict(run)).toBe('running/handed-over')
  expect(tracking(world)).toEqual([expect.stringContaining('❌ The session is gone'), expect.any(String)])
  expect(world.jules.sessions()).toHaveLength(1)
})

test('F-22 one that is missing twice and then there is not gone', async () => {
  const world = await handedOver(stage, 'question')
  await later(world, 24 * 60)
  world.jules.server.faults.add(answers('sessions.get', refusal(404, 'NOT_FOUND'), { times: 2 }))
  await say(world, '/jules status')

  expect(tracking(world)).toEqual([expect.stringContaining('Jules has a question')])
})
