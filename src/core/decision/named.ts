/** When the workflow file names a session: follow it, tell it something first, or put it away. */
import type { Because } from '../intent/intent.ts'
import type { Verdict } from '../outcome.ts'
import { tell } from './begin.ts'
import { isOurs } from './choose.ts'
import { claim } from './claim.ts'
import type { Decision, Scene, TrackedScene } from './decision.ts'
import { endingOf } from './ending.ts'
import { fail, finish, stop } from './finish.ts'
import { follow } from './follow.ts'
import { hasHappened } from './message.ts'
import { storyOf } from './story.ts'

type Named = Extract<Because, { kind: 'session' }>

/** No tracking comment tells of it so far. */
export function named(scene: Scene, because: Named): Decision {
  const refused = refusal(scene, because)
  if (refused !== undefined) return refused
  if (because.wish === 'archive' || because.wish === 'delete') return putAway(scene, because.session, because.wish)
  return claim(scene, undefined, { session: because.session })
}

/** It has a tracking comment, of this run or an earlier one. */
export function goOnWithNamed(scene: TrackedScene, because: Named): Decision {
  const refused = refusal(scene, because)
  if (refused !== undefined) return refused
  if (because.wish === 'archive' || because.wish === 'delete') return putAway(scene, because.session, because.wish)
  if (because.wish === 'tell' && !isTold(scene)) return tell(scene)
  return isOver(scene) ? asItWas(scene) : follow(scene)
}

/** What was stopped, or whose pull request is closed, stays so: it is only reported. */
function isOver({ tracking, observed }: TrackedScene): boolean {
  return ['stopped', 'closed'].includes(tracking.record.phase) && !isOurs(tracking, observed.run)
}

/** What has become of it, and nothing is written. */
export function asItWas(scene: TrackedScene): Decision {
  return { effects: [], next: 'done', story: storyOf(scene, endingOf(scene).verdict, scene.tracking) }
}

/** Only a session of this repository that is there, and could be read, is touched. */
function refusal(scene: Scene & Partial<TrackedScene>, because: Named): Decision | undefined {
  const { observed } = scene
  const away = observed.applied.some(({ effect }) => effect.do === 'archive' || effect.do === 'delete')
  if (away) return undefined
  if (observed.trouble !== undefined) return fail(scene, observed.trouble)
  if (observed.session === 'foreign') return stop(scene, { outcome: 'failed', reason: 'foreign-session' })
  const gone = observed.session === 'gone' && because.wish !== 'delete'
  return gone ? stop(scene, { outcome: 'failed', reason: 'gone' }) : undefined
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

function putAway(scene: Scene & Partial<TrackedScene>, session: string, wish: 'archive' | 'delete'): Decision {
  const { observed, tracking } = scene
  const done = observed.applied.find(({ effect }) => effect.do === wish)
  if (done?.ok === false) return fail(scene, done.trouble)
  const gone = wish === 'delete' && observed.session === 'gone'
  if (!gone && done === undefined)
    return { effects: [{ do: wish, session }], next: 'again', story: storyOf(scene, PUT_AWAY[wish], tracking) }
  return tracking ? finish({ ...scene, tracking }, PUT_AWAY[wish], {}, 'stopped') : stop(scene, PUT_AWAY[wish])
}
