/** A session that a job has handed over, what becomes of it while nobody looks, and what is said then. */
import type { Stage } from './stage/stage.ts'
import { type Ended, ended, JULES_KEY, type Told, tell } from './story.ts'

const MINUTE = 60_000

export async function handedOver({ start }: Stage, scenario?: string): Promise<Told> {
  const inputs = { 'wait-minutes': '0' }
  const world = await tell({ start, inputs, ...(scenario !== undefined && { scenario }) })
  world.github.label(world.ann, world.issue, 'ask-jules')
  await ended(world, 'issues')
  return world
}

export async function later(world: Told, minutes: number): Promise<void> {
  world.clock.move(minutes * MINUTE)
  await world.jules.settled()
  await world.runner.idle()
}

/** Ann's words, and the run that they start. */
export function say(world: Told, body: string, on = world.issue): Promise<Ended> {
  world.github.comment(world.ann, on, body)
  return ended(world, 'issue_comment')
}

/** On its page, by a person. */
export async function deleteSession({ jules }: Told): Promise<void> {
  const [session] = jules.sessions()
  const headers = { 'x-goog-api-key': JULES_KEY }
  const reply = await fetch(`${jules.url}/sessions/${session?.id}`, { method: 'DELETE', headers })
  expect(reply.status).toBe(200)
}
