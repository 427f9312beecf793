/** What to do now, why, and when to look again. */

import type { Config } from '../config.ts'
import type { Effect } from '../effect/effect.ts'
import type { Story } from '../effect/story.ts'
import type { Intent } from '../intent/intent.ts'
import type { Observed, Tracking } from './observed.ts'

export type Decision = {
  /** In order; the first that fails ends the list. At most the last is unsafe to repeat. */
  effects: Effect[]
  next: 'again' | 'done' | { lookAfterMs: number }
  /** What would be reported if the job ended here. */
  story: Story
}

/** Everything a decision may rest on. */
export type Scene = { intent: Intent; observed: Observed; config: Config }

/** A scene with the tracking comment that it is about. */
export type TrackedScene = Scene & { tracking: Tracking }
