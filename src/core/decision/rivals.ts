/** When another claim stands in the same thread: the first one's run does the work, ours is taken back. */
import { isFree, isOurs } from './choose.ts'
import type { Decision, TrackedScene } from './decision.ts'
import { triggerLabelOff } from './labels.ts'
import { storyOf } from './story.ts'

/** Somebody else's request came first, and its run is at work: it will see to ours as well. */
export function isSecond({ observed, tracking }: TrackedScene): boolean {
  if (tracking.record.session !== '' || tracking.record.phase !== 'claimed') return false
  return observed.trackings.some(
    (other) =>
      (other.comment ?? 0) < (tracking.comment ?? 0) &&
      ['claimed', 'creating', 'following'].includes(other.record.phase) &&
      !isFree(other, observed),
  )
}

/** The label has been seen to as well: the session that is there answers for the thread. */
export function giveWay(scene: TrackedScene): Decision {
  const folded = fold(scene, [scene.tracking], false)
  return { ...folded, effects: [...folded.effects, ...triggerLabelOff(scene)] }
}

/** Our claim came second: take it back. Whoever holds the first one does the work. */
export function fold(scene: TrackedScene, later: TrackedScene['tracking'][], mine: boolean): Decision {
  const ours = later.filter((claimed) => isOurs(claimed, scene.observed.run))
  const effects = ours.flatMap(({ comment }) => (comment === undefined ? [] : [{ do: 'fold', comment } as const]))
  const story = storyOf(scene, { outcome: 'ignored', reason: 'already-running' }, scene.tracking)
  return { effects, next: mine ? 'again' : 'done', story }
}
