/** When a session is there: what its state asks for. */
import type { Verdict } from '../outcome.ts'
import { millis } from './activities/digest.ts'
import { isSameRun } from './choose.ts'
import type { Decision, TrackedScene } from './decision.ts'
import { endingOf } from './ending.ts'
import { unheard } from './expired.ts'
import { finish, goOn, RUNNING, thisRun } from './finish.ts'
import { storyOf } from './story.ts'

const SLOWEST_LOOK_MS = 60_000
/**
 * Between two looks at a session at work lies the shortest gap so many times, and once more for each 25 minutes of its age. With
 * the usual gap something new is seen after 25 seconds on average; a longer wait would save little.
 */
const GAPS = 3.1
const ONE_MORE_MS = 25 * 60_000
const JUST_SPOKEN_MS = 60_000

export function follow(scene: TrackedScene): Decision {
  const { observed, config } = scene
  const { trouble } = observed
  if (trouble?.passing === false)
    return finish(scene, { outcome: 'failed', reason: trouble.failure }, { trouble }, scene.tracking.record.phase)
  const { verdict, final } = endingOf(scene)
  // Where the thread takes no words, nobody could be told of a session that is started anew.
  const next = final && observed.silence === undefined ? unheard(scene, verdict) : undefined
  if (final) return next ?? finish(scene, verdict)
  if (observed.elapsed >= config.waitMs) {
    const last = atTheDeadline(scene, verdict)
    // The thread must not go on saying that a run is at it.
    return finish(scene, last, trouble && { trouble }, last.reason === 'nobody-follows' ? 'closed' : undefined)
  }
  const run = thisRun(scene)
  const holds = isSameRun(scene.tracking.record.run, run)
  // A pull request that may yet come is waited for before anybody is told that there is none.
  const shown = verdict.outcome === 'changes' ? RUNNING : verdict
  return goOn(scene, shown, { lookAfterMs: pace(scene) }, holds ? {} : { run })
}

/** GitHub does not show the thread: nothing is decided on half a picture, and while there is time it is looked at again. */
export function wait(scene: TrackedScene): Decision {
  const { observed, config, tracking } = scene
  if (observed.elapsed >= config.waitMs) return follow(scene)
  const story = storyOf(scene, endingOf(scene).verdict, tracking, { followed: true })
  return { effects: [], next: { lookAfterMs: pace(scene) }, story }
}

/** Looks become rarer as the session ages, and none comes after the end of the wait. */
function pace(scene: TrackedScene): number {
  const { observed, config } = scene
  const created = typeof observed.session === 'object' ? millis(observed.session.created) : observed.now
  const age = Math.max(0, observed.now - created)
  const rare = Math.max(config.pollMs, Math.min(SLOWEST_LOOK_MS, config.pollMs * (GAPS + age / ONE_MORE_MS)))
  const gap = afterTrouble(scene) ?? (isSoon(scene) ? config.pollMs : rare)
  return Math.max(0, Math.min(gap, config.waitMs - observed.elapsed))
}

/** Whoever could not be reached is left in peace, for as long as they ask for. */
function afterTrouble({ observed: { trouble }, config }: TrackedScene): number | undefined {
  return trouble === undefined ? undefined : Math.max(config.pollMs, SLOWEST_LOOK_MS, trouble.waitMs ?? 0)
}

/** Is something due any moment: a plan that a person waits for, an answer to somebody, a pull request after the end? */
function isSoon({ observed, tracking }: TrackedScene): boolean {
  const { session, digest } = observed
  const { acted, planGate } = tracking.record
  if (typeof session !== 'object' || session.state === 'COMPLETED') return true
  return (planGate && digest.plan === undefined) || observed.now - millis(acted) < JUST_SPOKEN_MS
}

function atTheDeadline({ observed }: TrackedScene, verdict: Verdict): Verdict {
  if (verdict.outcome !== 'running' || verdict.reason === 'stalled') return verdict
  return {
    outcome: 'running',
    reason: observed.thread === undefined || observed.silence ? 'nobody-follows' : 'handed-over',
  }
}
