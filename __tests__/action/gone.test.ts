/** A session that was deleted on its page while nobody followed it. */
import { useStage } from '../support/stage/use-stage.ts'
import {
  bodyOf,
  ended,
  JULES_KEY,
  julesCalls,
  labelsOf,
  notes,
  type Told,
  tell,
  tracking,
  verdict,
} from '../support/story.ts'

const stage = useStage()

const MINUTE = 60_000

/** A session that a job has handed over. */
async function handedOver(scenario?: string): Promise<Told> {
  const inputs = { 'wait-minutes': '0' }
  const world = await tell({ start: stage.start, inputs, ...(scenario !== undefined && { scenario }) })
  world.github.label(world.ann, world.issue, 'ask-jules')
  await ended(world, 'issues')
  return world
}

async function later(world: Told, minutes: number): Promise<void> {
  world.clock.move(minutes * MINUTE)
  await world.jules.settled()
  await world.runner.idle()
}

function say(world: Told, body: string, on = world.issue) {
  world.github.comment(world.ann, on, body)
  return ended(world, 'issue_comment')
}

async function deleteSession({ jules }: Told): Promise<void> {
  const [session] = jules.sessions()
  const headers = { 'x-goog-api-key': JULES_KEY }
  const reply = await fetch(`${jules.url}/sessions/${session?.id}`, { method: 'DELETE', headers })
  expect(reply.status).toBe(200)
}

test('F-22 `/jules status`: it is gone, after a few looks', async () => {
  const world = await handedOver('one-hour')
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
  const world = await handedOver()
  await later(world, 20)
  await deleteSession(world)
  const run = await say(world, '/jules status')

  expect(verdict(run)).toBe('answered/status')
  expect(tracking(world)).toEqual([expect.stringContaining('✅ Jules opened [pull request #2]')])
  expect(labelsOf(world)).toEqual([])
})

test('F-22 a sweep finds it gone, and says so once', async () => {
  const world = await handedOver('one-hour')
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
  const world = await handedOver('one-hour')
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
