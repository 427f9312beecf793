/** When a person speaks: what a command means here, and the short answers. Acts on the session stand in act.ts. */
import type { Effect, NoteKind } from '../effect/effect.ts'
import type { Trouble } from '../effect/story.ts'
import type { Command } from '../intent/command.ts'
import type { Verdict } from '../outcome.ts'
import { isSamePlace, type RelayRecord, withHandled } from '../record.ts'
import { begin } from './begin.ts'
import { isFree } from './choose.ts'
import { claim } from './claim.ts'
import type { Decision, Scene, TrackedScene } from './decision.ts'
import { endingOf } from './ending.ts'
import { asItIs, finish, lookAgain, react } from './finish.ts'
import { staleLabelsOff } from './labels.ts'
import { answerKey, note } from './notice.ts'
import type { Request } from './observed.ts'
import { isAgain, leaveQueue, startQueued } from './queue.ts'
import { standingOf } from './sayable.ts'
import { storyOf } from './story.ts'
import { isUnstarted, type Move, ON_COMMAND, type ThreadPhase } from './table.ts'

/** What a command means on a thread that stands so. */
export function moveFor({ command }: Request, phase: ThreadPhase, isPull: boolean): Move | 'unclear' {
  if (command.verb === 'unclear') return 'unclear'
  if (command.verb === 'bare') return ON_COMMAND[isPull ? 'bare on pull request' : 'bare on issue'][phase]
  const move = ON_COMMAND[command.verb][phase]
  if ((command.verb === 'reply' || command.verb === 'reject') && command.text === '') return 'help'
  const starting = 'flags' in command && Object.keys(command.flags).length > 0
  // A branch or a title can be chosen for a new session only.
  return starting && move === 'send' ? 'unclear' : move
}

/** Moves that need no session. */
export type Reply = Extract<Move, 'help' | 'nothing' | 'busy'> | 'unclear'

/** Deals with one command of a thread with a tracking comment; the next look deals with the next. */
export function converse(scene: TrackedScene, request: Request, move: Move | 'unclear'): Decision {
  switch (move) {
    case 'start':
      return claim(scene, request)
    case 'restart':
      return claim(scene, request, sameTerms(scene))
    case 'look':
      return isUnstarted(scene.tracking) ? tryNow(scene, request) : look(scene, request)
    case 'send':
    case 'approve':
      return begin(scene, request)
    case 'stop':
      return isUnstarted(scene.tracking) ? leaveQueue(scene, request) : stopTalking(scene, request)
    default:
      return reply(scene, request, move)
  }
}

/** A message would set a completed session going again, so that one is only put away. */
function stopTalking(scene: TrackedScene, request: Request): Decision {
  const { observed, tracking } = scene
  if (typeof observed.session !== 'object' || observed.session.state !== 'COMPLETED') return begin(scene, request)
  const record = withHandled(tracking.record, request)
  const ending = finish({ ...scene, tracking: { ...tracking, record } }, { outcome: 'stopped', reason: 'by-command' })
  const archive = { do: 'archive', session: record.session } as const
  return { ...ending, effects: [archive, ...ending.effects, ...react(request, 'rocket')] }
}

/** A retry is asked for on the terms of the request before it. */
function sameTerms({ tracking }: TrackedScene): Pick<RelayRecord, 'noPullRequest' | 'planGate' | 'replaces'> {
  const { noPullRequest, planGate, session } = tracking.record
  return { noPullRequest, planGate, replaces: session }
}

/** Answers a command that leads to nothing else. */
export function reply(scene: Scene & Partial<TrackedScene>, request: Request, move: Reply): Decision {
  switch (move) {
    case 'help':
      return answer(scene, request, { outcome: 'answered', reason: 'help' }, 'help')
    case 'nothing':
      return answer(scene, request, { outcome: 'answered', reason: 'nothing-to-do' }, 'nothing-to-do')
    case 'busy':
      return answer(scene, request, { outcome: 'ignored', reason: 'already-running' }, 'already-running')
    case 'unclear':
      return unclear(scene, request)
  }
}

function unclear(scene: Scene & Partial<TrackedScene>, request: Request): Decision {
  const why = request.command.verb === 'unclear' ? request.command.why : 'unknown-flag'
  return answer(scene, request, { outcome: 'answered', reason: why }, why)
}

/** One short comment. Its key keeps it from coming twice, and marks the command as dealt with. */
export function answer(
  scene: Scene & Partial<TrackedScene>,
  request: Request,
  verdict: Verdict,
  kind: NoteKind,
): Decision {
  const standing = kind === 'help' ? { standing: standingOf(scene, scene.tracking) } : {}
  const story = storyOf(scene, verdict, scene.tracking, standing)
  const words = quoted(request.command)
  const effects: Effect[] = [
    ...react(request, kind === 'help' ? 'rocket' : 'confused'),
    ...note(scene, kind, words, answerKey(request), story, request.on),
  ]
  return { effects, next: isOwn(scene, request) ? 'done' : 'again', story }
}

/** What the answer says again: the words that were not understood, or the verb that may have been meant. */
function quoted(command: Command): string {
  if (command.verb !== 'unclear') return ''
  return command.why === 'did-you-mean' ? command.verbMeant : command.words
}

/** Brings the thread up to date; a run that was started for this alone ends with it. */
function look(scene: TrackedScene, request: Request): Decision {
  const { tracking, observed } = scene
  const status = { outcome: 'answered', reason: 'status' } as const
  // Without a session that can change, the comment says all there is.
  if (tracking.record.session === '' || tracking.record.phase === 'stopped') {
    const answered = answer(scene, request, { outcome: 'answered', reason: 'nothing-to-do' }, 'nothing-to-do')
    return { ...answered, effects: [...answered.effects, ...staleLabelsOff(scene, tracking.record.phase)] }
  }
  const own = isOwn(scene, request)
  if (observed.trouble !== undefined) return own ? unreadable(scene, observed.trouble) : lookAgain(scene)
  const handled = withHandled(tracking.record, request)
  // Nobody goes on following where the run ends with this.
  const leaves = own && isFree(tracking, observed)
  const record = leaves ? { ...handled, run: undefined } : handled
  const truth = asItIs({ ...scene, tracking: { ...tracking, record } }, endingOf(scene).verdict, !leaves)
  const story = { ...truth.story, verdict: status }
  return { effects: [...truth.effects, ...react(request, 'rocket')], next: own ? 'done' : 'again', story }
}

/** A thread that waits for room is started at once where there is some. */
function tryNow(scene: TrackedScene, request: Request): Decision {
  const unknown = scene.observed.witness === undefined && !isAgain(scene)
  if (unknown) return answer(scene, request, { outcome: 'answered', reason: 'nothing-to-do' }, 'nothing-to-do')
  const record = withHandled(scene.tracking.record, request)
  const started = startQueued({ ...scene, tracking: { ...scene.tracking, record } })
  return { ...started, effects: [...react(request, 'eyes'), ...started.effects] }
}

/** The comment stays as it is; the run says why it could not look. */
function unreadable(scene: TrackedScene, trouble: Trouble): Decision {
  const story = storyOf(scene, { outcome: 'failed', reason: trouble.failure }, scene.tracking, { trouble })
  return { effects: [], next: 'done', story }
}

/** Was this run started by this very command? */
function isOwn({ intent }: Scene, request: Request): boolean {
  return intent.because.kind === 'command' && isSamePlace(intent.because, request)
}
