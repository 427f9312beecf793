/** When somebody has changed the record of our tracking comment: it is left alone, and one new comment links it. */
import type { Decision, TrackedScene } from './decision.ts'
import { lookAgain, RUNNING, SETTLE_MS } from './finish.ts'
import { storyOf } from './story.ts'

export function renew(scene: TrackedScene): Decision {
  const { observed, tracking } = scene
  // The answer to the new comment was lost; the thread shows whether it stands.
  if (observed.unsure?.effect === 'claim' && observed.elapsed - observed.unsure.since < SETTLE_MS)
    return lookAgain(scene)
  const record = { ...tracking.record, seq: tracking.record.seq + 1, disowned: tracking.comment }
  const story = storyOf(scene, RUNNING, { ...tracking, record }, { followed: true })
  return { effects: [{ do: 'claim', thread: observed.thread?.number, record, story }], next: 'again', story }
}
