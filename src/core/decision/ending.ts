/** What a session has come to, by its state and its activities. */
import type { Verdict } from '../outcome.ts'
import type { Session } from '../session.ts'
import { millis } from './activities/digest.ts'
import type { TrackedScene } from './decision.ts'
import { isUnapproved, PHASE_OF_STATE } from './table.ts'

/** A pull request that is out is the end, where nothing has happened for so long. */
export const IDLE_DONE_MS = 10 * 60_000
export const STALLED_MS = 15 * 60_000
const FRESH_ACT_MS = 60_000
/** A pull request can be listed a little after the session is complete. */
const LATE_LOOKS = 4

/** What the session has come to, and whether a job may end with it. */
export type Ending = { verdict: Verdict; final: boolean }

export function endingOf(scene: TrackedScene): Ending {
  const { observed } = scene
  const { session } = observed
  if (session === undefined) return working({ outcome: 'running', reason: 'handed-over' })
  if (session === 'gone') return final({ outcome: 'failed', reason: 'gone' })
  if (session === 'foreign') return final({ outcome: 'failed', reason: 'foreign-session' })
  const phase = isStale(scene) ? 'working' : PHASE_OF_STATE[session.state]
  switch (phase) {
    case 'working':
      return whileWorking(scene, session)
    case 'plan':
      return final({ outcome: 'waiting-for-approval', reason: 'plan-ready' })
    case 'question':
      return final({ outcome: 'waiting-for-reply', reason: 'question' })
    case 'paused':
      return final({ outcome: 'waiting-for-reply', reason: 'paused' })
    case 'failed':
      return final({ outcome: 'failed', reason: 'session-failed' })
    case 'completed':
      return whenCompleted(scene, session)
  }
}

/** What the comment of a session says that nobody follows any more. Only what was stopped by a command is archived. */
export function stopped({ session }: TrackedScene['observed']): Verdict {
  const byCommand = typeof session === 'object' && session.archived === true
  return { outcome: 'stopped', reason: byCommand ? 'by-command' : 'thread-closed' }
}

/** Is there nothing to see at Jules that could change what the comment says? */
export function isAllSaid({ tracking: { record }, observed: { session } }: TrackedScene): boolean {
  if (record.session === '' || record.phase === 'closed') return true
  return (session === 'gone' || session === 'foreign') && record.phase !== 'following' && record.phase !== 'waiting'
}

/** Looks at a session that Jules does not know, before anything is said of it or to it. */
const UNKNOWN_LOOKS = 3

/** May it be gone? */
export function isUnsure({ observed, tracking }: TrackedScene): boolean {
  const { session, searches, trouble } = observed
  return tracking.record.session !== '' && session === undefined && trouble === undefined && searches < UNKNOWN_LOOKS
}

const working = (verdict: Verdict): Ending => ({ verdict, final: false })
const final = (verdict: Verdict): Ending => ({ verdict, final: true })

/** For a minute after a message or an approval, the state from before it may still be read. */
export function isStale({ observed, tracking }: Pick<TrackedScene, 'observed' | 'tracking'>): boolean {
  const acted = millis(tracking.record.acted)
  if (acted === 0 || observed.now - acted >= FRESH_ACT_MS) return false
  return millis(observed.digest.lastAgentAt) <= acted
}

function whileWorking({ observed, tracking }: TrackedScene, session: Session): Ending {
  const last = Math.max(millis(observed.digest.lastAgentAt), millis(session.created), millis(tracking.record.acted))
  const idle = last === 0 ? 0 : observed.now - last
  if (session.pullRequest !== undefined) {
    const verdict = { outcome: 'pull-request', reason: 'still-working' } as const
    return idle >= IDLE_DONE_MS ? final(verdict) : working(verdict)
  }
  return working({ outcome: 'running', reason: idle >= STALLED_MS ? 'stalled' : 'handed-over' })
}

/** What there is to show for it comes first, then what it ended on. */
function whenCompleted({ observed, tracking }: TrackedScene, session: Session): Ending {
  const { digest, settledLooks } = observed
  if (session.pullRequest !== undefined) return final({ outcome: 'pull-request', reason: 'completed' })
  if (session.patch !== '' || digest.patch !== '') {
    const mayCome = !tracking.record.noPullRequest && settledLooks < LATE_LOOKS
    return { verdict: { outcome: 'changes', reason: 'not-published' }, final: !mayCome }
  }
  if (isUnapproved(digest)) return final({ outcome: 'waiting-for-approval', reason: 'plan-expired' })
  if (digest.endsOn === 'question') return final({ outcome: 'waiting-for-reply', reason: 'open-question' })
  return final({ outcome: 'no-changes', reason: 'nothing-produced' })
}
