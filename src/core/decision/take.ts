/** Two sweeps may come by at the same time, so one that wants to change something takes the record first. */
import type { Verdict } from '../outcome.ts'
import { verifyMs } from './begin.ts'
import type { Decision, TrackedScene } from './decision.ts'
import { thisRun, write } from './finish.ts'
import { storyOf } from './story.ts'

/** The comment says already what is so; whoever's record stands after a moment does the rest. */
export function take(scene: TrackedScene, verdict: Verdict, followed = false): Decision {
  const { tracking } = scene
  const story = storyOf(scene, verdict, tracking, { followed })
  const effects = [write(scene, { ...tracking.record, run: thisRun(scene) }, story)]
  return { effects, next: { lookAfterMs: verifyMs(tracking) }, story }
}
