/** When the workflow file names a session: follow it, tell it something first, or put it away. */
import type { Effect } from '../effect/effect.ts'
import type { Because } from '../intent/intent.ts'
import type { Verdict } from '../outcome.ts'
import { tell } from './act.ts'
import type { Decision, Scene, TrackedScene } from './decision.ts'
import { stop } from './finish.ts'
import { follow } from './follow.ts'
import { hasHappened } from './message.ts'
import { claim } from './start.ts'
import { storyOf } from './story.ts'

type Named = Extract<Because, { kind: 'session' }>

/** No tracking comment tells of it so far. */
export function named(scene: Scene, because: Named): Decision {
  const { observed } = scene
  const { trouble } = observed
  if (trouble !== undefined) return failed(scene, trouble)
  if (observed.session === 'foreign') return stop(scene, { outcome: 'failed', reason: 'foreign-session' })
  if (because.wish === 'archive' || because.wish === 'delete') return putAway(scene, because.session, because.wish)
  if (observed.session === 'gone') return stop(scene, { outcome: 'failed', reason: 'gone' })
  return claim(scene, undefined, { session: because.session })
}

/** It has a tracking comment, of this run or an earlier one. */
export function goOnWithNamed(scene: TrackedScene, because: Named): Decision {
  if (because.wish === 'archive' || because.wish === 'delete') return putAway(scene, because.session, because.wish)
  return because.wish === 'tell' && !isTold(scene) ? tell(scene) : follow(scene)
}

/** By the record or, where an earlier attempt had none to keep, by the session itself. */
function isTold(scene: TrackedScene): boolean {
  const { id } = scene.observed.run
  return scene.tracking.record.told === id || hasHappened(scene, { what: 'tell', run: id })
}

const PUT_AWAY = {
  archive: { outcome: 'archived', reason: 'done' },
  delete: { outcome: 'deleted', reason: 'done' },
} as const satisfies { [wish: string]: Verdict }

function putAway(scene: Scene, session: string, wish: 'archive' | 'delete'): Decision {
  const { observed } = scene
  const done = observed.applied.find(({ effect }) => effect.do === wish)
  if (done?.ok) return stop(scene, PUT_AWAY[wish])
  if (done !== undefined) return failed(scene, done.trouble)
  if (observed.session === 'gone')
    return stop(scene, wish === 'delete' ? PUT_AWAY.delete : { outcome: 'failed', reason: 'gone' })
  const effect: Effect = { do: wish, session }
  return { effects: [effect], next: 'again', story: storyOf(scene, PUT_AWAY[wish]) }
}

function failed(scene: Scene, trouble: NonNullable<Scene['observed']['trouble']>): Decision {
  const story = storyOf(scene, { outcome: 'failed', reason: trouble.failure }, undefined, { trouble })
  return { effects: [], next: 'done', story }
}
