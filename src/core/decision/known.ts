/** When the thread has a tracking comment: whose it is, and what this run does about it. */
import { isSamePlace } from '../record.ts'
import { isFree, isOurs } from './choose.ts'
import type { Decision, Scene, TrackedScene } from './decision.ts'
import { lookAgain, stop } from './finish.ts'
import { isEarly, isUnclaimed, unclaimed } from './first.ts'
import { asItWas } from './named.ts'
import type { Request } from './observed.ts'
import { startQueued } from './queue.ts'
import { renew } from './renew.ts'
import { amongClaims, isDealtWith, takeBack } from './rivals.ts'
import { carryOn } from './start.ts'
import { busyElsewhere, steer } from './steer.ts'

/** The thread has a tracking comment: of this request, or of an earlier one. */
export function known(scene: TrackedScene): Decision {
  return amongClaims(scene) ?? ofOneClaim(scene)
}

function ofOneClaim(scene: TrackedScene): Decision {
  const { observed, tracking } = scene
  const mine = isOurs(tracking, observed.run)
  if (mine && tracking.broken) return renew(scene)
  if (isEarly(scene)) return lookAgain(scene)
  if (isUnclaimed(scene) && observed.unsure?.effect === 'claim') return unclaimed(scene)
  const aside = mine ? undefined : saidAside(scene)
  if (observed.lost && aside === undefined) return stop(scene, { outcome: 'running', reason: 'taken-over' })
  const other = mine ? undefined : besideAnother(scene, aside)
  if (other !== undefined) return other
  if (isDealtWith(scene)) return takeBack(scene)
  if (isToBeStarted(scene, mine)) return isAsked(scene) ? carryOn(scene) : startQueued(scene)
  return steer(scene, mine)
}

/** What is done where the record is another run's, if that decides it. */
function besideAnother(scene: TrackedScene, aside: Request | undefined): Decision | undefined {
  const free = isFree(scene.tracking, scene.observed)
  if (aside !== undefined) return free ? undefined : breakIn(scene, aside)
  if (wasFinished(scene)) return asItWas(scene)
  return free || insists(scene) ? undefined : busyElsewhere(scene)
}

/** Has another run finished what this one has followed? Then the thread knows, and this run only reports. */
function wasFinished({ observed, tracking }: TrackedScene): boolean {
  const follows = observed.shown?.story.followed === true
  return follows && tracking.record.run === undefined && tracking.record.session !== ''
}

/** A claim without a session: of this very request, or one that turns out to have a session after all. */
function isToBeStarted({ observed, tracking }: TrackedScene, mine: boolean): boolean {
  const { record } = tracking
  if (record.session !== '') return false
  // What nobody could find then may be found now.
  if (record.phase === 'failed') return observed.found !== undefined
  if (!['claimed', 'creating', 'queued'].includes(record.phase)) return false
  return mine || record.key === observed.key || observed.found !== undefined
}

/** Does this run know what was asked? A later one has to read it again. */
function isAsked({ observed, tracking }: TrackedScene): boolean {
  return tracking.record.key === observed.key || observed.asked !== undefined || observed.found !== undefined
}

/** What the workflow file wants done to a session nobody else will do: the run that follows it gives way. */
function insists({ intent }: Scene): boolean {
  return intent.because.kind === 'session' && intent.because.wish !== 'follow'
}

/**
 * This run's own command, where the run that follows does not look: on a line of code, in a review, a tick, or on the pull
 * request that the session made.
 */
function saidAside({ intent: { because }, observed }: Scene): Request | undefined {
  if (because.kind !== 'command' || (because.of === undefined && observed.askedOn === undefined)) return undefined
  return observed.requests.find((request) => isSamePlace(request, because))
}

/** Takes the session over from the run that follows it, once that one is in the middle of nothing. */
function breakIn(scene: TrackedScene, request: Request): Decision {
  const { session, doing } = scene.tracking.record
  if (session === '' || doing !== undefined) return lookAgain(scene)
  return steer({ ...scene, observed: { ...scene.observed, requests: [request] } }, false)
}
