/** Reads may lag behind what was written: nothing is concluded from the first of them, and nothing done that a later one would forbid. */
import type { Effect } from '../effect/effect.ts'
import type { Decision, Scene } from './decision.ts'

const CATCH_UP_MS = 3000

/** The decision, or one more look where what it rests on may be old. */
export function steady(scene: Scene, decision: Decision): Decision {
  return isHasty(scene, decision) ? { ...decision, effects: [], next: { lookAfterMs: CATCH_UP_MS } } : decision
}

function isHasty({ observed, intent, config }: Scene, { effects, next }: Decision): boolean {
  if (observed.behind === undefined || observed.cancelled || observed.silence || config.dryRun) return false
  // Another run's claim, or its act, may stand before our own.
  if (observed.behind === 'own') return effects.some(isUnsafe)
  // A sweep that has nothing to do comes again.
  return effects.length > 0 || (next === 'done' && intent.because.kind !== 'sweep')
}

function isUnsafe(effect: Effect): boolean {
  return ['create', 'send', 'approve'].includes(effect.do)
}
