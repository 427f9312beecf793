/** When nobody has asked anything of the thread yet: what the request means, and whether the thread is claimed. */
import type { Reason } from '../outcome.ts'
import { claim } from './claim.ts'
import { moveFor, type Reply, reply } from './converse.ts'
import type { Decision, Scene } from './decision.ts'
import { lookAgain, stop, UNSURE_MS } from './finish.ts'
import { labels } from './labels.ts'
import { named } from './named.ts'
import type { Move } from './table.ts'

export function ignore(scene: Scene, reason: Reason<'ignored'>): Decision {
  return stop(scene, { outcome: 'ignored', reason })
}

/** Claims that one run posts at most, when their answers get lost. */
const MOST_CLAIMS = 2

/** The answer to our claim was lost. The thread tells whether it stands; a second one is posted only when it surely does not. */
export function isEarly({ observed: { unsure, elapsed } }: Scene): boolean {
  return unsure?.effect === 'claim' && elapsed - unsure.since < UNSURE_MS
}

/** It was claimed so often that once more would help nobody. */
export function isUnclaimed({ observed }: Scene): boolean {
  return observed.claims >= MOST_CLAIMS
}

export function unclaimed(scene: Scene): Decision {
  return stop(scene, { outcome: 'failed', reason: 'github-unavailable' })
}

/** Nobody has asked anything of this thread yet. */
export function first(scene: Scene): Decision {
  const { observed, intent } = scene
  if (intent.because.kind === 'sweep')
    return observed.maker === undefined ? unbacked(scene) : takeOn(scene, observed.maker)
  if (isEarly(scene)) return lookAgain(scene)
  if (isUnclaimed(scene)) return unclaimed(scene)
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

/** A session of the thread that is known without a tracking comment: nobody asks for it now, but its report goes on. */
export function takeOn(scene: Scene, session: string): Decision {
  if (isEarly(scene)) return lookAgain(scene)
  return isUnclaimed(scene) ? unclaimed(scene) : claim(scene, undefined, { session })
}

/** A label of ours with no tracking comment behind it says what is not so. */
function unbacked(scene: Scene): Decision {
  const off = scene.observed.changed === undefined ? labels(scene, 'stopped') : []
  return stop(scene, { outcome: 'ignored', reason: 'already-handled' }, off)
}

function isReply(move: Move | 'unclear'): move is Reply {
  return move === 'help' || move === 'nothing' || move === 'busy' || move === 'unclear'
}

/** The label must still be there: taking it off is how a person changes their mind. */
export function startByEvent(scene: Scene): Decision {
  const { observed, intent, config } = scene
  const gone = intent.because.kind === 'label' && !observed.thread?.labels.includes(config.triggerLabel)
  // A session of the thread that only its own proof tells of: take it on, and go on with it.
  if (!gone && observed.maker !== undefined && observed.trackings.length === 0)
    return claim(scene, undefined, { session: observed.maker })
  return gone ? ignore(scene, 'label-gone') : claim(scene)
}
