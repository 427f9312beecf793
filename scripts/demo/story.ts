/** The story itself: who does what, and what has to come of it. */
import { setTimeout as pause } from 'node:timers/promises'
import type { World } from '../../emulator/world.ts'
import { isTracking, newLines, readable } from './comment.ts'
import { followGitHub } from './deliveries.ts'
import { followJules } from './looks.ts'
import { outputRows } from './outputs.ts'
import { deliveringRun, type Outputs, outputsOf, problemsOf, type RunListener } from './runs.ts'
import type { Teller } from './teller.ts'

export type Stage = {
  world: World
  teller: Teller
  logOf: RunListener['logOf']
  /** The issue that Jules gets. */
  issue: { title: string; body?: string }
  aboutLinks: string
  /** Said to Jules afterwards, on its pull request; without it the story is over sooner. */
  wish?: string
}

/** Time to read what has just been written. */
const BREATH_MS = 600

type Chapter = { outputs: Outputs; body: string; problems: string[] }

/** Tells everything and returns what went wrong, in sentences. */
export async function tellStory(stage: Stage): Promise<string[]> {
  const { world, teller } = stage
  const gitHub = followGitHub(world, teller)
  followJules(world, teller)
  const ann = world.github.person('ann', 'write')
  teller.heading('1. From a label to a pull request')
  teller.blank()
  const { number } = world.github.openIssue(ann, stage.issue)
  await pause(BREATH_MS)
  const first = await chapter(stage, () => world.github.label(ann, number, 'ask-jules'))
  if (first.problems.length > 0) return first.problems
  tellEnding(stage, number, first)
  if (stage.wish !== undefined) {
    const problems = await tellWish(stage, { ...first, issue: number, wish: stage.wish })
    if (problems.length > 0) return problems
  }
  tellOwnDeliveries(teller, gitHub.ownDeliveries())
  return unplannedIn(world)
}

async function chapter({ world, logOf }: Stage, act: () => void): Promise<Chapter> {
  const before = world.runner.runs.length
  act()
  await world.runner.idle()
  const since = world.runner.runs.slice(before)
  const run = deliveringRun(since)
  const outputs = run === undefined ? {} : outputsOf(run)
  const comment = world.github.store.comments.find(({ url }) => url === outputs['comment-url'])
  const problems = problemsOf(since, logOf)
  if (problems.length === 0 && comment === undefined) problems.push('The tracking comment is not where it should be.')
  return { outputs, body: comment?.body ?? '', problems }
}

function tellEnding({ teller, aboutLinks }: Stage, issue: number, { outputs, body }: Chapter): void {
  teller.blank()
  teller.paragraph(`Pull request: ${outputs['pull-request-url']}`, 'green')
  teller.blank()
  teller.paragraph(`The comment on issue #${issue} now, and the outputs of the step:`)
  teller.blank()
  teller.frame(readable(body))
  teller.frame([{ text: '' }, { text: '(One hidden line more: the action’s memory, signed.)', style: 'dim' }])
  teller.blank()
  teller.table(outputRows(outputs))
  teller.blank()
  teller.paragraph(aboutLinks, 'dim')
  teller.blank()
}

/** The second chapter: the same session goes on in the same comment. */
async function tellWish(stage: Stage, before: Chapter & { issue: number; wish: string }): Promise<string[]> {
  const { world, teller } = stage
  const pull = Number(before.outputs['pull-request-number'])
  teller.heading('2. One more wish, said on the pull request')
  teller.blank()
  await pause(BREATH_MS)
  const ann = world.github.person('ann')
  const after = await chapter(stage, () => world.github.comment(ann, pull, before.wish))
  const problems = [...after.problems, ...(after.problems.length > 0 ? [] : strayings(world, before, after))]
  if (problems.length > 0) return problems
  teller.blank()
  teller.paragraph(`The same session, the same comment on issue #${before.issue}. New in it:`)
  teller.blank()
  teller.frame(newLines(before.body, after.body).map(({ text }) => ({ text })))
  teller.blank()
  return []
}

/** One request, one session, one comment: whatever is not so. */
function strayings(world: World, before: Chapter, after: Chapter): string[] {
  const kept = (name: string) => before.outputs[name] === after.outputs[name]
  const tracking = world.github.store.comments.filter(({ body }) => isTracking(body))
  return [
    kept('session-id') ? '' : 'Another session was made; the first one should have gone on.',
    kept('comment-url') ? '' : 'The report went into another comment than the first one.',
    tracking.length === 1 ? '' : `There are ${tracking.length} tracking comments instead of one.`,
  ].filter((problem) => problem !== '')
}

function tellOwnDeliveries(teller: Teller, count: number): void {
  teller.paragraph(`GitHub sent ${count} more webhooks, for the action’s own acts. They start nothing.`, 'dim')
}

function unplannedIn({ github, jules }: World): string[] {
  return [...github.server.unplanned, ...jules.server.unplanned].map(
    ({ method, path }) => `The action called ${method} ${path}, which nobody has planned for.`,
  )
}
