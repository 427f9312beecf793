/** Acts on a session that must not happen twice, such as a message or an approval: each is written into the record before it is done. */
import type { Effect } from '../effect/effect.ts'
import type { Verdict } from '../outcome.ts'
import { placeOf, type RelayRecord, withHandled } from '../record.ts'
import type { Decision, TrackedScene } from './decision.ts'
import { finish, RUNNING, react, thisRun, write } from './finish.ts'
import type { Act } from './message.ts'
import type { Request, Tracking } from './observed.ts'
import { seenSession, storyOf } from './story.ts'

/** Jules has another plan than the one that was named or shown. */
export const PLAN_CHANGED: Verdict = { outcome: 'waiting-for-approval', reason: 'plan-changed' }

/** Writes down what is about to be done, and does it. */
export function begin(scene: TrackedScene, request: Request): Decision {
  const { tracking } = scene
  const { command } = request
  if (command.verb === 'approve' && !isPlanShown(scene, command.plan)) return showPlanAgain(scene, request)
  const doing: Act =
    command.verb === 'approve'
      ? { what: 'approve', plan: tracking.record.plan, ...placeOf(request) }
      : { what: 'send', ...placeOf(request) }
  return start(scene, doing, react(request, 'eyes'))
}

/** An approval holds for the plan that the comment shows, and for no other. */
function isPlanShown({ observed, tracking }: TrackedScene, named: string): boolean {
  const latest = observed.digest.plan?.id ?? ''
  return latest !== '' && latest === tracking.record.plan && latest.toLowerCase().startsWith(named.toLowerCase())
}

function showPlanAgain(scene: TrackedScene, request: Request): Decision {
  const record = withHandled(scene.tracking.record, request)
  const ending = finish({ ...scene, tracking: { ...scene.tracking, record } }, PLAN_CHANGED)
  return { ...ending, effects: [...react(request, 'confused'), ...ending.effects] }
}

/** Passes the message of the workflow file on, once for this run. */
export function tell(scene: TrackedScene): Decision {
  return start(scene, { what: 'tell', run: scene.observed.run.id }, fromArchive(scene))
}

/** Whoever is told something is to be seen at it. */
function fromArchive(scene: TrackedScene): Effect[] {
  const session = seenSession(scene)
  return session?.archived ? [{ do: 'unarchive', session: session.id }] : []
}

/** Says in words that the plan is approved: an approval that came after Jules had stopped waiting may go unheard. */
export function remind(scene: TrackedScene, plan: string): Decision {
  return start(scene, { what: 'remind', plan })
}

function start(scene: TrackedScene, doing: Act, courtesy: Effect[] = []): Decision {
  const { tracking } = scene
  const record: RelayRecord = { ...tracking.record, phase: 'following', doing, run: thisRun(scene) }
  const story = storyOf(scene, RUNNING, tracking, { followed: true, told: true })
  return { effects: [...courtesy, write(scene, record, story)], next: { lookAfterMs: verifyMs(tracking) }, story }
}

/**
 * Two runs may have written down the same at the same time. GitHub has no way to write only where nothing has changed, so each
 * waits until the other's writing would be seen; the one whose record stands then acts.
 */
const VERIFY_MS = 3000

/** How long a record has to stand before what it says is done; a run without a thread has nobody beside it. */
export function verifyMs({ comment }: Tracking): number {
  return comment === undefined ? 0 : VERIFY_MS
}
