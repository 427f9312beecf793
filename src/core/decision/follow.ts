/** When a session is there: what its state asks for (design §4.1). */
import type { Verdict } from '../outcome.ts'
import type { Decision, TrackedScene } from './decision.ts'
import { millis } from './digest.ts'
import { endingOf } from './ending.ts'
import { unheard } from './expired.ts'
import { finish, goOn, RUNNING, thisRun } from './finish.ts'

const SLOWEST_LOOK_MS = 60_000

export function follow(scene: TrackedScene): Decision {
  const { observed, config } = scene
  const { trouble } = observed
  if (trouble?.passing === false)
    return finish(scene, { outcome: 'failed', reason: trouble.failure }, { trouble }, scene.tracking.record.phase)
  const { verdict, final } = endingOf(scene)
  if (final) return unheard(scene, verdict) ?? finish(scene, verdict)
  if (observed.elapsed >= config.waitMs) return finish(scene, atTheDeadline(scene, verdict))
  const run = thisRun(scene)
  const holds = scene.tracking.record.run?.id === run.id && scene.tracking.record.run.attempt === run.attempt
  // A pull request that may yet come is waited for before anybody is told that there is none.
  const shown = verdict.outcome === 'changes' ? RUNNING : verdict
  return goOn(scene, shown, { lookAfterMs: pace(scene) }, holds ? {} : { run })
}

/** Looks become rarer as the session ages, and none comes after the end of the wait. */
function pace({ observed, config }: TrackedScene): number {
  const created = typeof observed.session === 'object' ? millis(observed.session.created) : observed.now
  const age = Math.max(0, observed.now - created)
  const rare = Math.max(config.pollMs, Math.min(SLOWEST_LOOK_MS, age / 12))
  return Math.max(0, Math.min(rare, config.waitMs - observed.elapsed))
}

function atTheDeadline({ observed }: TrackedScene, verdict: Verdict): Verdict {
  if (verdict.outcome !== 'running' || verdict.reason === 'stalled') return verdict
  return { outcome: 'running', reason: observed.thread === undefined ? 'nobody-follows' : 'handed-over' }
}
