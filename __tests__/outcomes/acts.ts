/** What people do in the stories of the outcomes, from the workflow that the README shows unless one of these is told of. */
import { readFileSync } from 'node:fs'
import type { Fault } from '../../emulator/faults.ts'
import type { Answer } from '../../emulator/route.ts'
import type { WorldOptions } from '../../emulator/world.ts'
import { type Reached, reached } from '../support/reached.ts'
import { last, type Told, tell, tellDirectly } from '../support/story.ts'

/** The job looks once and hands over. */
export const AT_ONCE = { inputs: { 'wait-minutes': '0' } } satisfies WorldOptions

/** The workflow of the README, changed in one place. */
export function published(from: string, to: string): string {
  const workflow = readFileSync(new URL('../../examples/jules.yml', import.meta.url), 'utf8')
  if (!workflow.includes(from)) throw new Error(`The published workflow does not say ${from}.`)
  return workflow.replace(from, to)
}

/** A workflow that can be started by hand, for a prompt or a session. */
const BY_HAND = `on:
  issues: { types: [labeled] }
  workflow_dispatch: { inputs: { mode: {}, prompt: {}, session: {}, issue: {} } }
jobs:
  jules:
    runs-on: ubuntu-latest
    permissions: { contents: read, issues: write, pull-requests: write }
    steps:
      - uses: ./
        with:
          jules-api-key: \${{ secrets.JULES_API_KEY }}
          mode: \${{ github.event.inputs.mode || 'auto' }}
          prompt: \${{ github.event.inputs.prompt }}
          session-id: \${{ github.event.inputs.session }}
          issue-number: \${{ github.event.inputs.issue }}
`

/** Somebody who may ask labels the issue; all runs of it have ended. */
export async function labeled(options: WorldOptions = {}): Promise<Reached> {
  return label(await tell(options))
}

export function label(world: Told): Promise<Reached> {
  world.github.label(world.ann, world.issue, 'ask-jules')
  return reached(world, 'issues')
}

/** Somebody who may ask writes a comment on the issue. */
export async function commented(body: string, options: WorldOptions = {}): Promise<Reached> {
  return comment(await tell(options), body)
}

export function comment(world: Told, body: string): Promise<Reached> {
  world.github.comment(world.ann, world.issue, body)
  return reached(world, 'issue_comment')
}

/** A world whose workflow is started by hand. */
export function byHand(options: WorldOptions = {}): Promise<Told> {
  return tell({ workflow: BY_HAND, ...options })
}

export function dispatch(world: Told, inputs: Record<string, string>): Promise<Reached> {
  world.github.dispatch(world.ann, inputs)
  return reached(world, 'workflow_dispatch')
}

/** A session of the issue that a job has handed over, in a world whose workflow is started by hand. */
export async function handedOver(options: WorldOptions = {}): Promise<{ world: Told; session: string }> {
  const { world, result } = await label(await byHand({ ...AT_ONCE, ...options }))
  return { world, session: result.outputs['session-id'] ?? '' }
}

/** An event that no workflow can hand to the action in this way: the action is started past it. */
export async function directly(
  happens: (world: Told) => void,
  event: string,
  given: Parameters<Told['run']>[1] = {},
): Promise<Reached> {
  const world = await tellDirectly()
  happens(world)
  return { world, result: await world.run(last(world, event), given).done }
}

/** An answer of Jules or GitHub in place of the real one, again and again. */
export function answers(route: string, answer: Answer, more: Partial<Fault> = {}): Fault {
  return { route, phase: 'before', times: 99, act: { kind: 'answer', answer }, ...more }
}

/** A refusal as Google's services word it. */
export function refusal(status: number, code: string): Answer {
  return { status, body: { error: { code: status, message: 'no', status: code } } }
}

/** Something that happens at a call of the action; `skip` calls of that route pass first. */
export function when(route: string, run: () => void, skip = 0): Fault {
  return { route, phase: 'before', skip, act: { kind: 'run', run } }
}

/** The session that was made last. */
export function newest(world: Told): ReturnType<Told['jules']['sessions']>[number] {
  const [session] = world.jules.sessions()
  if (session === undefined) throw new Error('There is no session.')
  return session
}

/** Every text that the tracking comment was given after its first, oldest first. */
export function written(world: Told): string[] {
  return world.github.server.calls.flatMap(({ route, body }) =>
    route === 'issues.updateComment' ? [textIn(body)] : [],
  )
}

function textIn(body: unknown): string {
  return typeof body === 'object' && body !== null ? String(Reflect.get(body, 'body')) : ''
}
