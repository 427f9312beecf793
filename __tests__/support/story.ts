/** Worlds in which the built action runs from the workflow that the README shows, and what tests ask of them. */
import { readFileSync } from 'node:fs'
import type { Delivery, Person } from '../../emulator/github/index.ts'
import type { Run } from '../../emulator/runner/index.ts'
import type { ActionResult } from '../../emulator/runner/process.ts'
import type { Call } from '../../emulator/server.ts'
import { cleanUp, startWorld, type World, type WorldOptions } from '../../emulator/world.ts'

export const JULES_KEY = 'canary-key-of-the-tests-0123456789'
const workflow = readFileSync(new URL('../../examples/jules.yml', import.meta.url), 'utf8')

export type Told = World & {
  /** May write to the repository. */
  ann: Person
  /** May only read it. */
  rob: Person
  issue: number
  deliveries: Delivery[]
}

const worlds: World[] = []

/** A world with one issue, in which the time leaps wherever everybody waits for it. */
export async function tell(options: WorldOptions = {}): Promise<Told> {
  const world = await startWorld({ speed: 1, hurry: true, workflow, julesKey: JULES_KEY, ...options })
  worlds.push(world)
  const deliveries: Delivery[] = []
  world.github.onDelivery((delivery) => deliveries.push(delivery))
  const ann = world.github.person('ann', 'write')
  const rob = world.github.person('rob', 'read')
  const issue = world.github.openIssue(rob, {
    title: 'Flaky date test',
    body: 'The date test fails at midnight.',
  }).number
  return { ...world, ann, rob, issue, deliveries }
}

/** The same, without a workflow: tests start the action themselves. */
export function tellDirectly(options: WorldOptions = {}): Promise<Told> {
  // A workflow that listens to nothing that happens here.
  return tell({
    workflow: 'on: { watch: { types: [started] } }\njobs: { none: { runs-on: x, steps: [{ uses: ./ }] } }\n',
    ...options,
  })
}

/** A world like that, in which the trigger label has just been put on. */
export async function labeled(options: WorldOptions = {}): Promise<{ world: Told; event: Delivery }> {
  const world = await tellDirectly(options)
  world.github.label(world.ann, world.issue, 'ask-jules')
  return { world, event: last(world, 'issues', 'labeled') }
}

/** Ends all worlds. A call that nobody planned for fails the test that made it. */
export async function endWorlds(): Promise<void> {
  const unplanned = worlds.flatMap(({ github, jules }) => [...github.server.unplanned, ...jules.server.unplanned])
  for (const world of worlds.splice(0)) await world.stop()
  cleanUp()
  expect(unplanned.map(({ method, path }) => `${method} ${path}`)).toEqual([])
}

/** The last delivery of this event. */
export function last(world: Told, event: string, action = ''): Delivery {
  const found = world.deliveries.findLast(
    (delivery) => delivery.event === event && (action === '' || Reflect.get(delivery.payload, 'action') === action),
  )
  if (found === undefined) throw new Error(`There was no ${event} ${action}.`)
  return found
}

export type Ended = { run: Run; outputs: Record<string, string>; result: ActionResult }

/** Waits until nothing runs; the runs that the action had, oldest first. */
export async function runsOf(world: Told): Promise<Ended[]> {
  await world.runner.idle()
  return world.runner.runs.flatMap((run) =>
    run.result ? [{ run, outputs: run.result.outputs, result: run.result }] : [],
  )
}

/** The last run of an event, after all have ended. */
export async function ended(world: Told, event: string): Promise<Ended> {
  const found = (await runsOf(world)).findLast(({ run }) => run.event === event)
  if (found === undefined) throw new Error(`No run for ${event}.`)
  return found
}

/** `outcome/reason` */
export function verdict({ outputs }: { outputs: Record<string, string> }): string {
  return `${outputs.outcome}/${outputs.reason}`
}

/** Comments of the thread that hold our record, without their hidden last line. */
export function tracking(world: Told, number = world.issue): string[] {
  return ours(world, number, '<!-- jules-relay ')
}

/** Our short comments. */
export function notes(world: Told, number = world.issue): string[] {
  return ours(world, number, '<!-- jules-note ')
}

function ours(world: Told, number: number, mark: string): string[] {
  return world.github
    .comments(number)
    .filter(({ body, author }) => author.type === 'Bot' && body.slice(body.lastIndexOf('\n') + 1).startsWith(mark))
    .map(({ body }) => body.slice(0, body.lastIndexOf('\n')).trimEnd())
}

export function labelsOf(world: Told, number = world.issue): string[] {
  const thread = world.github.store.threads.find((candidate) => candidate.number === number)
  return [...(thread?.labels ?? [])]
}

/** Everything that the action changed at GitHub. */
export function writes(world: Told): Call[] {
  return world.github.server.calls.filter(({ method, route }) => method !== 'GET' && route !== 'graphql')
}

export function julesCalls(world: Told, route?: string): Call[] {
  return world.jules.server.calls.filter((call) => route === undefined || call.route === route)
}

export function bodyOf(call: Call | undefined): Record<string, unknown> {
  return typeof call?.body === 'object' && call.body !== null ? { ...call.body } : {}
}
