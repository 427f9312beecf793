/** When another claim stands in the same thread: the first one's run does the work, ours is taken back. */
import { isNamedHandled, placeOfRequest } from '../record.ts'
import { isFree, isOurs, laterClaims } from './choose.ts'
import type { Decision, TrackedScene } from './decision.ts'
import { triggerLabelOff } from './labels.ts'
import { storyOf } from './story.ts'

/** What other claims of the thread ask for, if anything. */
export function amongClaims(scene: TrackedScene): Decision | undefined {
  const { observed, tracking } = scene
  const later = laterClaims(observed.trackings, tracking)
  if (later.some((claimed) => isOurs(claimed, observed.run))) return fold(scene, later, isFree(tracking, observed))
  const dead = later.filter((claimed) => claimed.record.session === '' && isFree(claimed, observed))
  if (dead.length > 0 && !observed.lost) return foldAll(scene, dead, 'again')
  const second = isOurs(tracking, observed.run) && (isSecond(scene) || isDealtWith(scene))
  return second ? giveWay(scene) : undefined
}

/** Somebody else's request came first, and its run is at work: it will see to ours as well. */
function isSecond({ observed, tracking }: TrackedScene): boolean {
  if (tracking.record.session !== '' || tracking.record.phase !== 'claimed') return false
  return observed.trackings.some(
    (other) =>
      (other.comment ?? 0) < (tracking.comment ?? 0) &&
      ['claimed', 'creating', 'following'].includes(other.record.phase) &&
      !isFree(other, observed),
  )
}

/**
 * While this claim was on its way, or lay there after its run had died, another request of the thread got a session. A claim would
 * not have been made then, so it is taken back, and what was asked is judged anew.
 */
export function isOvertaken({ observed, tracking }: TrackedScene): boolean {
  const { record } = tracking
  if (record.phase === 'queued' || observed.claims > 1) return false
  const since = Math.min(tracking.written, observed.now - observed.elapsed)
  return observed.trackings.some(
    ({ record: { session, phase }, written }) =>
      session !== '' && session !== record.replaces && ['following', 'waiting'].includes(phase) && written >= since,
  )
}

/** While this claim waited for its run, another one has seen to its command: it would be done twice. */
export function isDealtWith({ observed, tracking: { record } }: TrackedScene): boolean {
  const place = placeOfRequest(record)
  if (place === undefined || record.phase !== 'claimed') return false
  return observed.trackings.some((other) => other.record.key !== record.key && isNamedHandled(other.record, place))
}

/** Takes the claim back, and looks again. */
export function takeBack(scene: TrackedScene): Decision {
  return foldAll(scene, [scene.tracking], 'again')
}

/** The label has been seen to as well: the session that is there answers for the thread. */
function giveWay(scene: TrackedScene): Decision {
  const folded = fold(scene, [scene.tracking], false)
  return { ...folded, effects: [...folded.effects, ...triggerLabelOff(scene)] }
}

/** Our claim came second: take it back. Whoever holds the first one does the work, and if nobody does, we do. */
function fold(scene: TrackedScene, later: TrackedScene['tracking'][], goesOn: boolean): Decision {
  const ours = later.filter((claimed) => isOurs(claimed, scene.observed.run))
  return foldAll(scene, ours, goesOn ? 'again' : 'done')
}

function foldAll(scene: TrackedScene, claims: TrackedScene['tracking'][], next: 'again' | 'done'): Decision {
  const left = [...scene.observed.trackings, scene.tracking].findLast((one) => !claims.includes(one))
  const effects = claims.flatMap(({ comment }) => (comment === undefined ? [] : [{ do: 'fold', comment } as const]))
  return { effects, next, story: storyOf(scene, { outcome: 'ignored', reason: 'already-running' }, left) }
}
