/** Plays a story: the built action runs in the emulated Actions runner, from the workflow that the README shows. */
import { readFileSync } from 'node:fs'
import { type Told, tell } from '../story.ts'
import { act } from './acts.ts'
import type { Event, Given, Script } from './script.ts'

export type Played = {
  script: Script
  world: Told /** How many comments there were before each act of a person. */
  acts: number[]
}

const MINUTE = 60_000
const workflow = readFileSync(new URL('../../../examples/jules.yml', import.meta.url), 'utf8')
/** As the README tells those who want boxes. */
const withBoxes = workflow
  .replace('issue_comment: { types: [created] }', 'issue_comment: { types: [created, edited] }')
  .replace(
    "github.event.label.name == 'ask-jules'",
    "github.event.action == 'edited' || github.event.label.name == 'ask-jules'",
  )

export async function play(script: Script): Promise<Played> {
  const world = await set(script.given)
  const acts: number[] = []
  for (const group of groups(script.events)) {
    const since = world.clock.now()
    await Promise.all(group.map((event) => perform(world, event, since, acts)))
    await world.runner.idle()
  }
  return { script, world, acts }
}

async function set({ scenario, inputs = {}, boxes = false, pulls = [] }: Given): Promise<Told> {
  const world = await tell({
    speed: 1,
    workflow: boxes ? withBoxes : workflow,
    inputs: { ...(boxes && { 'tick-boxes': 'true' }), ...inputs },
    ...(scenario !== undefined && { scenario }),
  })
  for (const pull of pulls) world.github.openPullRequest(world.rob, { title: 'Mend dates', files: FILES, ...pull })
  return world
}

const FILES = [
  { filename: 'src/date.js', status: 'modified', additions: 1, deletions: 1, patch: '@@ -1,2 +1,2 @@\n-old\n+new' },
] as const satisfies NonNullable<NonNullable<Given['pulls']>[number]['files']>

/** An event and all that comes while its runs are at work. */
function groups(events: Event[]): Event[][] {
  const all: Event[][] = []
  for (const event of events) {
    if (event.after === undefined) all.push([event])
    else all.at(-1)?.push(event)
  }
  return all
}

async function perform(world: Told, { sentence, more, after }: Event, since: number, acts: number[]): Promise<void> {
  if (after !== undefined) await world.clock.wait(Math.max(0, since + after * MINUTE - world.clock.now()))
  if (/^(?:ann|bob|rob) /.test(sentence)) acts.push(world.github.store.comments.length)
  await act(world, sentence, more)
}
