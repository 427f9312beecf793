/** When a person speaks: what a command means here, and the short answers. Acts on the session stand in act.ts. */
import { type RelayRecord, withHandled } from '../record.ts'
import { answer } from './answer.ts'
import { begin } from './begin.ts'
import { claim } from './claim.ts'
import type { Decision, Scene, TrackedScene } from './decision.ts'
import { finish, react } from './finish.ts'
import type { Request } from './observed.ts'
import { leaveQueue } from './queue.ts'
import { look, tryNow } from './status.ts'
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
