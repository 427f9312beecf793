/** Worlds for tests of the runner, around the throw-away action. */
import { readFileSync } from 'node:fs'
import type { Run } from '../../emulator/runner/index.ts'
import { cleanUp, startWorld, type World, type WorldOptions } from '../../emulator/world.ts'
import { makeAction, printed } from './runner-action.ts'

const action = makeAction()
const worlds: World[] = []
const example = readFileSync(new URL('../../examples/jules.yml', import.meta.url), 'utf8')

/** A world that runs `examples/jules.yml`, twenty times as fast as ours, unless told otherwise. */
export async function worldOf(given: WorldOptions = {}): Promise<World> {
  const world = await startWorld({ speed: 20, workflow: example, action: action.folder, ...given })
  worlds.push(world)
  return world
}

export async function endWorlds(): Promise<void> {
  for (const world of worlds.splice(0)) await world.stop()
}

export function removeFiles(): void {
  cleanUp()
  action.remove()
}

/** A workflow that runs on every comment. */
export function onComments(job: string, top = ''): string {
  return `on: { issue_comment: { types: [created] } }\n${top}
jobs:
  jules:
    runs-on: ubuntu-latest
    ${job}
    steps: [{ uses: ./ }]
`
}

/** An issue with these comments. */
export function commentsIn(world: World, ...bodies: string[]): void {
  const ana = world.github.person('ana', 'admin')
  const { number } = world.github.openIssue(ana, { title: 'A flaky test' })
  for (const body of bodies) world.github.comment(ana, number, body)
}

export function environmentOf(run: Run | undefined): Record<string, string> {
  return JSON.parse(printed(run?.result?.stdout ?? '', 'environment'))
}
