/** When Jules takes no session now: wait a moment, or let the thread wait for the next sweep. */
import type { Trouble } from '../effect/story.ts'
import type { Verdict } from '../outcome.ts'
import { millis } from './activities/digest.ts'
import type { Decision, Scene, TrackedScene } from './decision.ts'
import { finish, goOn, RUNNING } from './finish.ts'
import { triggerLabelOff } from './labels.ts'
import { DAY_MS, reasonOf } from './quota.ts'

/** Creates that one run sends at most, where each was surely refused. */
const MOST_CREATES = 3
/** A longer `Retry-After` is not waited for. */
const BRIEF_MS = 60_000
const RECONNECT_MS = 5000
/** A refusal that may as well mean a mistake in the request is not tried for longer. */
const MOST_TRIES = 5

/** A create that surely has not happened. */
export function refused(scene: TrackedScene, trouble: Trouble): Decision {
  const wait = briefly(trouble)
  if (wait !== undefined && scene.observed.creates < MOST_CREATES)
    return goOn(scene, RUNNING, { lookAfterMs: wait }, { phase: 'claimed', doing: undefined })
  return trouble.failure === 'quota-full' ? full(scene, trouble) : unreachable(scene, trouble)
}

/** How long to wait before the same is asked again, where that is soon. */
function briefly({ failure, waitMs }: Trouble): number | undefined {
  // Of many creates at once Jules refuses some for a source that it has just shown.
  if (failure === 'jules-unavailable' || failure === 'source-not-connected') return RECONNECT_MS
  return failure === 'quota-full' && waitMs !== undefined && waitMs <= BRIEF_MS ? waitMs : undefined
}

function full(scene: TrackedScene, trouble: Trouble): Decision {
  if (trouble.mistakable && isHopeless(scene))
    return end(scene, { outcome: 'failed', reason: 'request-rejected' }, trouble)
  if (!canQueue(scene)) return end(scene, { outcome: 'failed', reason: 'quota-full' }, trouble)
  return queue(scene, { outcome: 'queued', reason: reasonOf(scene.observed.census) }, trouble)
}

/** Jules cannot be asked, or takes nothing: the thread waits, and a run without a thread fails. */
export function unreachable(scene: TrackedScene, trouble: Trouble): Decision {
  const queues = trouble.passing && canQueue(scene)
  return queues
    ? queue(scene, { outcome: 'queued', reason: 'jules-unavailable' }, trouble)
    : end(scene, { outcome: 'failed', reason: trouble.failure }, trouble)
}

/** A queued thread is found again by its label. */
function canQueue({ observed, config }: Scene): boolean {
  return observed.thread !== undefined && config.statusLabels
}

const AGAIN = 'Run this job again later.'

function isHopeless({ observed, tracking }: TrackedScene): boolean {
  const { queued } = tracking.record
  return queued !== undefined && (queued.tries + 1 >= MOST_TRIES || observed.now - millis(queued.since) >= DAY_MS)
}

function queue(scene: TrackedScene, verdict: Extract<Verdict, { outcome: 'queued' }>, trouble: Trouble): Decision {
  const { observed, tracking } = scene
  const before = tracking.record.queued
  const queued = {
    since: before?.since ?? new Date(observed.now).toISOString(),
    tries: (before?.tries ?? 0) + 1,
  }
  // What a workflow file asked stands nowhere in the thread, so no later run could read it again.
  const told = tracking.record.request.kind === 'prompt' ? { ...trouble, sentence: AGAIN } : undefined
  return end({ ...scene, tracking: { ...tracking, record: { ...tracking.record, queued } } }, verdict, told)
}

/** The claim stands, so the label has done its work even where no session comes of it. */
function end(scene: TrackedScene, verdict: Verdict, trouble?: Trouble): Decision {
  const ending = finish(scene, verdict, trouble && { trouble })
  return { ...ending, effects: [...triggerLabelOff(scene), ...ending.effects] }
}
