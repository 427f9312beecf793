/** When Jules takes no session now: wait a moment, or let the thread wait for the next sweep. */
import type { Effect } from '../effect/effect.ts'
import type { Trouble } from '../effect/story.ts'
import type { Verdict } from '../outcome.ts'
import { type RelayRecord, withHandled } from '../record.ts'
import type { Decision, Scene, TrackedScene } from './decision.ts'
import { EMPTY_DIGEST, millis } from './digest.ts'
import { finish, goOn, RUNNING, react, write } from './finish.ts'
import { triggerLabelOff } from './labels.ts'
import type { Request, Tracking } from './observed.ts'
import { DAY_MS, reasonOf } from './quota.ts'
import { carryOn } from './start.ts'
import { storyOf } from './story.ts'

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
  if (failure === 'jules-unavailable') return RECONNECT_MS
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

/** A thread that has waited is started, if what was asked still stands there as it was. */
export function startQueued(scene: TrackedScene): Decision {
  const { observed, tracking, intent } = scene
  const { witness } = observed
  if (isAgain(scene)) return carryOn(scene)
  if (witness === undefined) return { effects: [], next: 'done', story: storyOf(scene, NOTHING, tracking) }
  if (witness === 'changed') return finish(scene, CHANGED, {}, 'stopped')
  const asked = witness.request ?? observed.asked
  return carryOn({ ...scene, observed: { ...observed, asked }, intent: { ...intent, subject: witness.subject } })
}

/** Is what was asked before known from the session that this one takes the place of? */
export function isAgain({ observed, tracking }: TrackedScene): boolean {
  return tracking.record.replaces !== '' && observed.earlier.prompt !== ''
}

const NOTHING: Verdict = { outcome: 'answered', reason: 'nothing-to-do' }
const CHANGED: Verdict = { outcome: 'answered', reason: 'changed-since-request' }
const STOPPED: Verdict = { outcome: 'stopped', reason: 'by-command' }

/** Does the thread wait for room at Jules? */
export function isQueued({ record }: Tracking): boolean {
  return record.phase === 'queued' && record.session === ''
}

/** What waits is not wanted any more: a newer request takes its place. */
export function dropQueued(scene: Scene, key: string): Effect[] {
  return scene.observed.trackings
    .filter((tracking) => isQueued(tracking) && tracking.record.key !== key)
    .map((tracking) => {
      const record: RelayRecord = { ...tracking.record, phase: 'stopped', run: undefined, queued: undefined }
      return write({ ...scene, tracking }, record, storyOf(withoutSession(scene), STOPPED, tracking))
    })
}

/** What another session of the thread did is not told of the one that never was. */
function withoutSession(scene: Scene): Scene {
  return { ...scene, observed: { ...scene.observed, session: undefined, digest: EMPTY_DIGEST, files: [] } }
}

/** Somebody has said that it need not wait any longer. */
export function leaveQueue(scene: TrackedScene, request: Request): Decision {
  const { tracking } = scene
  const record = { ...withHandled(tracking.record, request), queued: undefined }
  const ending = finish({ ...scene, tracking: { ...tracking, record } }, STOPPED)
  return { ...ending, effects: [...ending.effects, ...react(request, 'rocket')] }
}
