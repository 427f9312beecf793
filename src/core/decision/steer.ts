/** When a thread with a tracking comment may be acted on: the request that is open, or what its record still owes. */
import { isHandled } from '../record.ts'
import { resume } from './act.ts'
import { isFree } from './choose.ts'
import { converse, moveFor } from './converse.ts'
import type { Decision, Scene, TrackedScene } from './decision.ts'
import { endingOf, isUnsure } from './ending.ts'
import { fail, finish, lookAgain, phaseOf, stop } from './finish.ts'
import { startByEvent } from './first.ts'
import { follow } from './follow.ts'
import { triggerLabelOff } from './labels.ts'
import { goOnWithNamed } from './named.ts'
import { asItStands, lookOnce } from './news.ts'
import type { Request } from './observed.ts'
import { type Move, ON_EVENT, type ThreadPhase, threadPhase } from './table.ts'

/** Another run is at it, and will see to this as well. */
export function busyElsewhere(scene: TrackedScene): Decision {
  const another = scene.tracking.record.key !== scene.observed.key && scene.intent.because.kind === 'label'
  return stop(scene, { outcome: 'ignored', reason: 'already-running' }, another ? triggerLabelOff(scene) : [])
}

/** What is asked of a thread that this run may act on, or else what its record still owes. */
export function steer(scene: TrackedScene, mine: boolean): Decision {
  const { observed, tracking, intent } = scene
  const { doing } = tracking.record
  if (doing !== undefined && doing.what !== 'create') return resume(scene, doing)
  const phase = threadPhase(tracking, observed)
  const request = observed.requests.at(0)
  if (request !== undefined) return onRequest(scene, request, phase, mine)
  if (intent.because.kind === 'session') return goOnWithNamed(scene, intent.because)
  if (intent.because.kind === 'sweep') return lookOnce(scene)
  if (mine) return follow(scene)
  if (isSeenTo(scene)) return again(scene, phase)
  if (intent.because.kind !== 'label' && intent.because.kind !== 'prompt') return said(scene)
  if (isUnsure(scene)) return lookAgain(scene)
  const starts = ON_EVENT[intent.because.kind][phase] === 'start'
  return starts ? onceTold(scene, () => startByEvent(scene)) : (blindly(scene, mine) ?? busyElsewhere(scene))
}

/** Nothing is refused for the state of a session that Jules does not tell now: what was asked stays open. */
function blindly(scene: TrackedScene, mine: boolean): Decision | undefined {
  const { session, trouble } = scene.observed
  if (session !== undefined || trouble === undefined || scene.tracking.record.session === '') return undefined
  return mine ? follow(scene) : fail(scene, trouble)
}

function onRequest(scene: TrackedScene, request: Request, phase: ThreadPhase, mine: boolean): Decision {
  if (isUnsure(scene)) return lookAgain(scene)
  const move = moveFor(request, phase, isPull(scene))
  const refused = move === 'nothing' || move === 'busy' ? blindly(scene, mine) : undefined
  if (refused !== undefined) return refused
  const answered = () => converse(scene, request, move)
  if (move === 'start' || move === 'restart') return onceTold(scene, answered)
  const besides = ANSWERS.includes(move) && !mine && isFree(scene.tracking, scene.observed)
  return (besides ? untold(scene) : undefined) ?? answered()
}

/** These point at the tracking comment, so it has to be true. */
const ANSWERS: readonly string[] = ['nothing', 'busy', 'help'] satisfies Move[]

/** The next session gets a comment of its own, and nobody comes back to this one: how its session has ended is told first. */
function onceTold(scene: TrackedScene, start: () => Decision): Decision {
  if (isToBeEnded(scene) && !endingOf(scene).final) return lookAgain(scene)
  return untold(scene) ?? start()
}

/** An end that nobody was there to tell. */
function untold(scene: TrackedScene): Decision | undefined {
  const { verdict, final } = endingOf(scene)
  const { phase } = scene.tracking.record
  if (!isToBeEnded(scene) || !final || phaseOf(verdict, phase) === phase) return undefined
  return { ...finish(scene, verdict), next: 'again' }
}

function isToBeEnded({ tracking: { record } }: TrackedScene): boolean {
  return record.session !== '' && (record.phase === 'following' || record.phase === 'waiting')
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
