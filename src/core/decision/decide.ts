/** Intent × Observed × Config → Decision. Pure: the same scene always gives the same decision. */
import type { Reason } from '../outcome.ts'
import { isHandled, type Place } from '../record.ts'
import { resume } from './act.ts'
import { brokenBy, cancelled } from './broken.ts'
import { chosen, isFree, isOurs, laterClaims } from './choose.ts'
import { claim } from './claim.ts'
import { answer, converse, moveFor, type Reply, reply } from './converse.ts'
import type { Decision, Scene, TrackedScene } from './decision.ts'
import { examine } from './doctor.ts'
import { lookAgain, SETTLE_MS, stop } from './finish.ts'
import { follow } from './follow.ts'
import { triggerLabelOff } from './labels.ts'
import { asItWas, goOnWithNamed, named } from './named.ts'
import { closeThread, lookOnce, reportNews } from './news.ts'
import { answerKey } from './notice.ts'
import type { Tracking } from './observed.ts'
import { startQueued } from './queue.ts'
import { renew } from './renew.ts'
import { fold, giveWay, isSecond } from './rivals.ts'
import { muted } from './silence.ts'
import { carryOn } from './start.ts'
import { type Move, ON_EVENT, type ThreadPhase, threadPhase } from './table.ts'

export function decide(scene: Scene): Decision {
  return muted(scene, decided(scene))
}

function decided(scene: Scene): Decision {
  const { observed, intent } = scene
  if (observed.dismissed !== undefined) return ignore(scene, observed.dismissed)
  if (!observed.access.allowed) return ignore(scene, observed.access.reason)
  if (observed.cancelled) return cancelled(scene)
  const broken = brokenBy(scene)
  if (broken !== undefined) return broken
  if (observed.setUp !== undefined) return examine(scene, observed.setUp)
  if (observed.thread?.locked) return ignore(scene, 'thread-locked')
  if (intent.because.kind === 'news') return reportNews(scene, intent.because.news)
  if (intent.because.kind === 'thread-closed') return closeThread(scene)
  if (observed.thread?.head?.ofThisRepository === false) return refuseFork(scene)
  const tracking = chosen(intent, observed)
  if (isStrayTick(scene, tracking)) return ignore(scene, 'edited')
  if (tracking === undefined) return first(scene)
  return known({ ...scene, tracking })
}

/** A box counts only in the tracking comment that the run is about; its plan may be another by now, which is seen later. */
function isStrayTick({ intent, observed }: Scene, tracking: Tracking | undefined): boolean {
  const ticked = intent.because.kind === 'command' ? intent.because.ticked : undefined
  if (ticked === undefined || tracking === undefined) return ticked !== undefined
  return ticked !== tracking.comment && !isOurs(tracking, observed.run)
}

function ignore(scene: Scene, reason: Reason<'ignored'>): Decision {
  return stop(scene, { outcome: 'ignored', reason })
}

function refuseFork(scene: Scene): Decision {
  const request = scene.observed.requests.at(0)
  const verdict = { outcome: 'ignored', reason: 'fork' } as const
  return request === undefined ? stop(scene, verdict) : answer(scene, request, verdict, 'fork')
}

/** Claims that one run posts at most, when their answers get lost. */
const MOST_CLAIMS = 2

/** The answer to our claim was lost. The thread tells whether it stands; a second one is posted only when it surely does not. */
function isEarly({ observed }: Scene, since: number): boolean {
  return observed.elapsed - since < SETTLE_MS
}

/** Nobody has asked anything of this thread yet. */
function first(scene: Scene): Decision {
  const { observed, intent } = scene
  if (intent.because.kind === 'sweep') return ignore(scene, 'already-handled')
  if (observed.unsure !== undefined && isEarly(scene, observed.unsure.since)) return lookAgain(scene)
  if (observed.claims >= MOST_CLAIMS) return stop(scene, { outcome: 'failed', reason: 'github-unavailable' })
  if (intent.because.kind === 'session') return named(scene, intent.because)
  if (intent.because.kind !== 'command') return startByEvent(scene)
  const request = observed.requests.at(0)
  if (request === undefined) return ignore(scene, 'already-handled')
  const move = moveFor(
    request,
    observed.maker === undefined ? 'none' : 'working',
    intent.thread?.kind === 'pull-request',
  )
  // A session without a tracking comment made this pull request: take it on, then talk to it.
  if (observed.maker !== undefined && move !== 'unclear' && move !== 'help')
    return claim(scene, request, { session: observed.maker })
  return isReply(move) ? reply(scene, request, move) : claim(scene, request)
}

function isReply(move: Move | 'unclear'): move is Reply {
  return move === 'help' || move === 'nothing' || move === 'busy' || move === 'unclear'
}

/** The label must still be there: taking it off is how a person changes their mind. */
function startByEvent(scene: Scene): Decision {
  const { observed, intent, config } = scene
  const gone = intent.because.kind === 'label' && !observed.thread?.labels.includes(config.triggerLabel)
  // A session of the thread that only its own proof tells of: take it on, and go on with it.
  if (!gone && observed.maker !== undefined && observed.trackings.length === 0)
    return claim(scene, undefined, { session: observed.maker })
  return gone ? ignore(scene, 'label-gone') : claim(scene)
}

/** The thread has a tracking comment: of this request, or of an earlier one. */
function known(scene: TrackedScene): Decision {
  const { observed, tracking } = scene
  const mine = isOurs(tracking, observed.run)
  const later = laterClaims(observed.trackings, tracking)
  if (later.some((claimed) => isOurs(claimed, observed.run))) return fold(scene, later, mine)
  if (mine && isSecond(scene)) return giveWay(scene)
  if (mine && tracking.broken) return renew(scene)
  if (observed.lost) return stop(scene, { outcome: 'running', reason: 'taken-over' })
  if (!mine && wasFinished(scene)) return asItWas(scene)
  if (!mine && !insists(scene) && !isFree(tracking, observed)) return busyElsewhere(scene)
  if (isToBeStarted(scene, mine)) return isAsked(scene) ? carryOn(scene) : startQueued(scene)
  return steer(scene, mine)
}

/** Has another run finished what this one has followed? Then the thread knows, and this run only reports. */
function wasFinished({ observed, tracking }: TrackedScene): boolean {
  return observed.shown !== undefined && tracking.record.run === undefined && tracking.record.session !== ''
}

/** A claim without a session: of this very request, or one that turns out to have a session after all. */
function isToBeStarted({ observed, tracking }: TrackedScene, mine: boolean): boolean {
  const { record } = tracking
  if (record.session !== '' || !['claimed', 'creating', 'queued'].includes(record.phase)) return false
  return mine || record.key === observed.key || observed.found !== undefined
}

/** Does this run know what was asked? A later one has to read it again. */
function isAsked({ observed, tracking }: TrackedScene): boolean {
  const { key, replaces } = tracking.record
  const before = replaces !== '' && observed.earlier.prompt !== ''
  return key === observed.key || before || observed.asked !== undefined || observed.found !== undefined
}

/** What the workflow file wants done to a session nobody else will do: the run that follows it gives way. */
function insists({ intent }: Scene): boolean {
  return intent.because.kind === 'session' && intent.because.wish !== 'follow'
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
  if (request !== undefined) return converse(scene, request, moveFor(request, phase, isPull(scene)))
  if (intent.because.kind === 'session') return goOnWithNamed(scene, intent.because)
  if (intent.because.kind === 'sweep') return lookOnce(scene)
  if (mine) return follow(scene)
  if (tracking.record.key === observed.key) return again(scene, phase)
  if (intent.because.kind !== 'label' && intent.because.kind !== 'prompt') return ignore(scene, 'already-handled')
  return ON_EVENT[intent.because.kind][phase] === 'start' ? startByEvent(scene) : busyElsewhere(scene)
}

/** The very same request once more: go on with what is under way, and never start it anew. */
function again(scene: TrackedScene, phase: ThreadPhase): Decision {
  const live = ['working', 'plan', 'question', 'paused'].includes(phase)
  return live ? follow(scene) : ignore(scene, 'already-handled')
}

function isPull({ observed }: Scene): boolean {
  return observed.askedOn !== undefined || observed.thread?.kind === 'pull-request'
}

/** Is there anything left to do about this comment? */
export function isOpen(place: Place, trackings: Scene['observed']['trackings'], notes: readonly string[]): boolean {
  return !trackings.some(({ record }) => isHandled(record, place)) && !notes.includes(answerKey(place))
}
