/** Threads that wait for room at Jules, or for a run where theirs died: started later if they still ask for the same, or taken back. */
import type { Effect } from '../effect/effect.ts'
import type { Trouble } from '../effect/story.ts'
import type { Verdict } from '../outcome.ts'
import { type RelayRecord, withHandled } from '../record.ts'
import { EMPTY_DIGEST } from './activities/digest.ts'
import { isFree, isOurs } from './choose.ts'
import type { Decision, Scene, TrackedScene } from './decision.ts'
import { finish, RUNNING, react, write } from './finish.ts'
import type { Request } from './observed.ts'
import { carryOn } from './start.ts'
import { storyOf } from './story.ts'
import { isUnstarted } from './table.ts'
import { take } from './take.ts'

/** A thread that has waited is started, if what was asked still stands there as it was. */
export function startQueued(scene: TrackedScene): Decision {
  const { observed, tracking, intent } = scene
  const { witness } = observed
  if (isReplaced(scene)) return drop(scene)
  if (witness === undefined && !isAgain(scene)) return leave(scene)
  if (!isOurs(tracking, observed.run)) return take(scene, RUNNING, true)
  if (witness === undefined) return carryOn(scene)
  if (witness === 'changed') return finish(scene, CHANGED, {}, 'stopped')
  if ('refused' in witness) return finish(scene, { outcome: 'ignored', reason: witness.refused }, {}, 'stopped')
  const asked = witness.request ?? observed.asked
  return carryOn({ ...scene, observed: { ...observed, asked }, intent: { ...intent, subject: witness.subject } })
}

/** Whoever asked later did not see that this waits, or would have put it away: it would be a second session beside theirs. */
function isReplaced({ observed, tracking }: TrackedScene): boolean {
  const own = observed.trackings.findIndex(({ comment }) => comment === tracking.comment)
  const later = observed.trackings.slice(own + 1)
  return tracking.record.phase === 'queued' && later.some(({ record }) => record.session !== '')
}

function drop(scene: TrackedScene): Decision {
  const { tracking } = scene
  const record = { ...tracking.record, queued: undefined }
  return finish({ ...withoutSession(scene), tracking: { ...tracking, record } }, STOPPED)
}

/** What a workflow file asked only its own job knows; where that died before it could say so, the thread is told. */
function leave(scene: TrackedScene): Decision {
  const { tracking } = scene
  if (tracking.record.phase !== 'queued') return finish(scene, ATTENTION, { trouble: LEFT }, 'queued')
  return { effects: [], next: 'done', story: storyOf(scene, NOTHING, tracking) }
}

/** Is what was asked before known from the session that this one takes the place of? */
export function isAgain({ observed, tracking }: TrackedScene): boolean {
  return tracking.record.replaces !== '' && observed.earlier.prompt !== ''
}

const ATTENTION: Verdict = { outcome: 'failed', reason: 'needs-attention' }
const LEFT: Trouble = {
  failure: 'needs-attention',
  sentence: 'The job that asked has ended before it knew of a session. Run that job again.',
  passing: false,
  unsure: true,
}
const NOTHING: Verdict = { outcome: 'answered', reason: 'nothing-to-do' }
const CHANGED: Verdict = { outcome: 'answered', reason: 'changed-since-request' }
const STOPPED: Verdict = { outcome: 'stopped', reason: 'by-command' }

/** What waits is not wanted any more: a newer request takes its place. */
export function dropQueued(scene: Scene, key: string): Effect[] {
  return scene.observed.trackings
    .filter((one) => isUnstarted(one) && isFree(one, scene.observed) && one.record.key !== key)
    .map((tracking) => {
      const record: RelayRecord = { ...tracking.record, phase: 'stopped', run: undefined, queued: undefined }
      return write({ ...scene, tracking }, record, storyOf(withoutSession(scene), STOPPED, tracking))
    })
}

/** What another session of the thread did is not told of the one that never was. */
export function withoutSession(scene: Scene): Scene {
  return { ...scene, observed: { ...scene.observed, session: undefined, digest: EMPTY_DIGEST, files: [] } }
}

/** Somebody has said that it need not wait any longer. */
export function leaveQueue(scene: TrackedScene, request: Request): Decision {
  const { tracking } = scene
  const record = { ...withHandled(tracking.record, request), queued: undefined }
  const ending = finish({ ...scene, tracking: { ...tracking, record } }, STOPPED)
  return { ...ending, effects: [...ending.effects, ...react(request, 'rocket')] }
}
