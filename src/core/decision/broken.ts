/** Ends that the work itself did not choose: the job is cancelled, or the thread can no longer be written to. */

import type { Applied, Effect } from '../effect/effect.ts'
import type { Story, Trouble } from '../effect/story.ts'
import { chosen, isOurs } from './choose.ts'
import type { Decision, Scene } from './decision.ts'
import { stop, write } from './finish.ts'
import { wait } from './follow.ts'
import type { Tracking } from './observed.ts'
import { isStarted, muted, speechless } from './silence.ts'
import { carryOn } from './start.ts'
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

/** Where the thread takes no words, or time is up, the summary and the outputs still tell the truth. */
export function brokenBy(scene: Scene): Decision | undefined {
  const { observed, config } = scene
  const { silence } = observed
  const tracking = chosen(scene.intent, scene.observed)
  if (observed.elapsed > config.waitMs + GRACE_MS) return ended(scene, OVERDUE)
  if (silence?.refusal !== undefined) return speechless(scene, silence.refusal, tracking)
  const refused = observed.applied.find((one) => !one.ok && isOfThread(one))
  if (refused?.ok === false && isHopeless(scene, refused)) return ended(scene, refused.trouble)
  return observed.blind === undefined ? undefined : blind(scene, observed.blind, tracking)
}

/** What has to stand in the thread before anything else is done is tried so often in a row; mere news is tried again at every look. */
const MOST_UNTAKEN = 3

function isHopeless({ observed }: Scene, { effect, trouble }: Extract<Applied, { ok: false }>): boolean {
  const isFirst = effect.do === 'write' && (effect.record.doing !== undefined || effect.record.run === undefined)
  const before = effect.do === 'claim' || isFirst
  return !trouble.passing || (before && observed.untaken >= MOST_UNTAKEN)
}

/** A session that is there is waited for. Where none is, the next run begins where this one ends. */
function blind(scene: Scene, trouble: Trouble, tracking: Tracking | undefined): Decision {
  if (tracking === undefined) return ended(scene, trouble)
  const there = { ...scene, tracking }
  const started = isStarted(scene, tracking)
  if (started && tracking.record.session !== '') return wait(there)
  const on = carryOn(there)
  if (started) return on
  // What Jules has said already is the more useful of two troubles.
  return on.next === 'done' && on.story.verdict.outcome === 'failed' ? { ...on, effects: [] } : ended(scene, trouble)
}

const OVERDUE: Trouble = {
  failure: 'github-unavailable',
  sentence: 'The job took much longer than it may wait, for a service did not answer in time. Run it again.',
  passing: true,
  unsure: false,
}

function isOfThread({ effect }: Applied): boolean {
  return effect.do === 'claim' || effect.do === 'write' || effect.do === 'fold'
}

function ended(scene: Scene, trouble: Trouble): Decision {
  const verdict = { outcome: 'failed', reason: trouble.failure } as const
  return {
    effects: [],
    next: 'done',
    story: storyOf(scene, verdict, chosen(scene.intent, scene.observed), { trouble }),
  }
}

/** An error that nothing was planned for: told in the thread where there is a comment, then the run ends. */
export function giveUp(scene: Scene, trouble: Trouble): Decision {
  const { refusal } = trouble
  if (refusal !== undefined) {
    const silent = { ...scene, observed: { ...scene.observed, silence: trouble } }
    return muted(silent, speechless(silent, refusal, chosen(silent.intent, silent.observed)))
  }
  const verdict = { outcome: 'failed', reason: trouble.failure } as const
  const tracking = chosen(scene.intent, scene.observed)
  const story = storyOf(scene, verdict, tracking, { trouble })
  if (tracking === undefined) return { effects: [], next: 'done', story }
  // What was under way may still be under way: the next run finds the record as it was.
  return { effects: release(scene, tracking, story), next: 'done', story }
}

/** The end of the work, as far as the thread could be told of it. */
export function told(story: Story, applied: readonly Applied[]): Story {
  const refused = applied.filter((one) => !one.ok)
  const unsaid = refused.find(isOfThread)
  if (unsaid === undefined) return story
  // A comment that is gone tells less than a thread that is.
  const { trouble } = refused.find((one) => isAway(one.trouble)) ?? unsaid
  // The session has ended as it has; only the thread does not show it.
  if (trouble.refusal !== undefined) return { ...story, trouble: story.trouble ?? trouble }
  if (trouble.failure !== 'github-permission-missing') return story
  return { ...story, verdict: { outcome: 'failed', reason: trouble.failure }, trouble }
}

function isAway({ refusal }: Trouble): boolean {
  return refusal === 'deleted' || refusal === 'moved'
}

/** The record without this run in it; another run's record is its own. */
function release(scene: Scene, tracking: Tracking, story: Story): Effect[] {
  if (!isOurs(tracking, scene.observed.run)) return []
  return [write({ ...scene, tracking }, { ...tracking.record, run: undefined }, story)]
}
