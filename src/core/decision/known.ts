/** When the thread has a tracking comment: whose it is, and what this run does about it. */
import { isHandled, isSamePlace, type Place } from '../record.ts'
import { resume } from './act.ts'
import { isFree, isOurs } from './choose.ts'
import { converse, moveFor } from './converse.ts'
import type { Decision, Scene, TrackedScene } from './decision.ts'
import { endingOf, isUnsure } from './ending.ts'
import { finish, lookAgain, phaseOf, stop } from './finish.ts'
import { isEarly, isUnclaimed, startByEvent, unclaimed } from './first.ts'
import { follow } from './follow.ts'
import { triggerLabelOff } from './labels.ts'
import { asItWas, goOnWithNamed } from './named.ts'
import { asItStands, lookOnce } from './news.ts'
import { answerKey } from './notice.ts'
import type { Request } from './observed.ts'
import { startQueued } from './queue.ts'
import { renew } from './renew.ts'
import { amongClaims, isDealtWith, takeBack } from './rivals.ts'
import { carryOn } from './start.ts'
import { ON_EVENT, type ThreadPhase, threadPhase } from './table.ts'

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

/** Another run is at it, and will see to this as well. */
function busyElsewhere(scene: TrackedScene): Decision {
  const another = scene.tracking.record.key !== scene.observed.key && scene.intent.because.kind === 'label'
  return stop(scene, { outcome: 'ignored', reason: 'already-running' }, another ? triggerLabelOff(scene) : [])
}

function steer(scene: TrackedScene, mine: boolean): Decision {
  const { observed, tracking, intent } = scene
  const { doing } = tracking.record
  if (doing !== undefined && doing.what !== 'create') return resume(scene, doing)
  const phase = threadPhase(tracking, observed)
  const request = observed.requests.at(0)
  if (request !== undefined) {
    if (isUnsure(scene)) return lookAgain(scene)
    const move = moveFor(request, phase, isPull(scene))
    const answered = () => converse(scene, request, move)
    return move === 'start' || move === 'restart' ? onceTold(scene, answered) : answered()
  }
  if (intent.because.kind === 'session') return goOnWithNamed(scene, intent.because)
  if (intent.because.kind === 'sweep') return lookOnce(scene)
  if (mine) return follow(scene)
  if (isSeenTo(scene)) return again(scene, phase)
  if (intent.because.kind !== 'label' && intent.because.kind !== 'prompt') return said(scene)
  const starts = ON_EVENT[intent.because.kind][phase] === 'start'
  return starts ? onceTold(scene, () => startByEvent(scene)) : busyElsewhere(scene)
}

/** The next session gets a comment of its own, and nobody comes back to this one: how its session has ended is told first. */
function onceTold(scene: TrackedScene, start: () => Decision): Decision {
  const { phase, session } = scene.tracking.record
  if (session === '' || (phase !== 'following' && phase !== 'waiting')) return start()
  const { verdict, final } = endingOf(scene)
  if (!final) return lookAgain(scene)
  if (phaseOf(verdict, phase) === phase) return start()
  return { ...finish(scene, verdict), next: 'again' }
}

/** Has this very request been claimed, or is this the job once more that has carried its command out? */
function isSeenTo({ observed, tracking, intent: { because } }: TrackedScene): boolean {
  if (observed.trackings.some(({ record }) => record.key === observed.key)) return true
  return because.kind === 'command' && observed.run.attempt > 1 && isHandled(tracking.record, because)
}

/**
 * The very same request once more, which another may have taken the place of since: go on with what is under way, or tell of the
 * end that nobody was there to tell of, and never start it anew.
 */
function again(scene: TrackedScene, phase: ThreadPhase): Decision {
  const live = ['working', 'plan', 'question', 'paused'].includes(phase)
  const untold = ['following', 'waiting'].includes(scene.tracking.record.phase)
  return live || untold ? follow(scene) : asItStands(scene)
}

/** The command is dealt with. The same run once more goes on with what it was following when it died. */
function said(scene: TrackedScene): Decision {
  const { observed, tracking } = scene
  return observed.run.attempt > 1 && tracking.record.phase === 'following' ? follow(scene) : asItStands(scene)
}

function isPull({ observed }: Scene): boolean {
  return observed.askedOn !== undefined || observed.thread?.kind === 'pull-request'
}

/** Is there anything left to do about this comment? */
export function isOpen(place: Place, trackings: Scene['observed']['trackings'], notes: readonly string[]): boolean {
  return !trackings.some(({ record }) => isHandled(record, place)) && !notes.includes(answerKey(place))
}
