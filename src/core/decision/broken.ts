/** Ends that the work itself did not choose: the job is cancelled, or the thread can no longer be written to. */

import type { Applied, Effect } from '../effect/effect.ts'
import type { Story, Trouble } from '../effect/story.ts'
import { chosen, isOurs } from './choose.ts'
import type { Decision, Scene } from './decision.ts'
import { stop, write } from './finish.ts'
import type { Tracking } from './observed.ts'
import { storyOf } from './story.ts'

/** The job must not outlive its wait by more than this, whatever goes wrong. */
const GRACE_MS = 8 * 60_000

/** Saves how things stand, so that the next run can go on; nothing new is begun. */
export function cancelled(scene: Scene): Decision {
  const verdict = { outcome: 'running', reason: 'cancelled' } as const
  const tracking = chosen(scene.intent, scene.observed)
  if (tracking === undefined) return stop(scene, verdict)
  const story = storyOf(scene, verdict, tracking)
  return { effects: release(scene, tracking, story), next: 'done', story }
}

/** Where the thread refuses us for good, or time is up, the summary and the outputs still tell the truth. */
export function brokenBy(scene: Scene): Decision | undefined {
  const { observed, config } = scene
  const refused = observed.applied.find((applied) => !applied.ok && isOfThread(applied))
  const trouble = refused?.ok === false ? refused.trouble : undefined
  const late = observed.elapsed > config.waitMs + GRACE_MS
  if (!late && (trouble === undefined || trouble.passing)) return undefined
  const failure = trouble ?? { failure: 'github-unavailable', sentence: OVERDUE, passing: true, unsure: false }
  return { ...stop(scene, { outcome: 'failed', reason: failure.failure }), story: withTrouble(scene, failure) }
}

const OVERDUE = 'The job took much longer than it may wait, for a service did not answer in time. Run it again.'

function isOfThread({ effect }: Applied): boolean {
  return effect.do === 'claim' || effect.do === 'write' || effect.do === 'fold'
}

function withTrouble(scene: Scene, trouble: Trouble): Story {
  const tracking = chosen(scene.intent, scene.observed)
  return storyOf(scene, { outcome: 'failed', reason: trouble.failure }, tracking, { trouble })
}

/** An error that nothing was planned for: told in the thread where there is a comment, then the run ends. */
export function giveUp(scene: Scene, trouble: Trouble): Decision {
  const verdict = { outcome: 'failed', reason: trouble.failure } as const
  const tracking = chosen(scene.intent, scene.observed)
  const story = storyOf(scene, verdict, tracking, { trouble })
  if (tracking === undefined) return { effects: [], next: 'done', story }
  // What was under way may still be under way: the next run finds the record as it was.
  return { effects: release(scene, tracking, story), next: 'done', story }
}

/** The end of the work, as far as the thread could be told of it. */
export function told(story: Story, applied: readonly Applied[]): Story {
  const refused = applied.find((one) => !one.ok && isOfThread(one))
  if (refused === undefined || refused.ok || refused.trouble.failure !== 'github-permission-missing') return story
  return { ...story, verdict: { outcome: 'failed', reason: refused.trouble.failure }, trouble: refused.trouble }
}

/** The record without this run in it; another run's record is its own. */
function release(scene: Scene, tracking: Tracking, story: Story): Effect[] {
  if (!isOurs(tracking, scene.observed.run)) return []
  return [write({ ...scene, tracking }, { ...tracking.record, run: undefined }, story)]
}
