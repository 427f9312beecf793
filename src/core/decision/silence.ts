/** Where the thread takes no more words: what is told instead, and whether the session is followed on. */
import type { Effect } from '../effect/effect.ts'
import type { Refusal } from '../effect/story.ts'
import type { Verdict } from '../outcome.ts'
import { isOurs } from './choose.ts'
import type { Decision, Scene } from './decision.ts'
import { endingOf } from './ending.ts'
import { fail, RUNNING } from './finish.ts'
import { follow } from './follow.ts'
import type { Tracking } from './observed.ts'
import { carryOn } from './start.ts'
import { storyOf } from './story.ts'

type Row = {
  /** What a run comes to that has started nothing. */
  before: Verdict
  /** Is a session that was started followed to its end? */
  follows: boolean
  /** Is the tracking comment still there for somebody to read? */
  shown: boolean
}

export const ON_REFUSAL = {
  locked: { before: { outcome: 'ignored', reason: 'thread-locked' }, follows: true, shown: true },
  deleted: { before: { outcome: 'stopped', reason: 'thread-closed' }, follows: true, shown: false },
  moved: { before: { outcome: 'ignored', reason: 'other-repository' }, follows: true, shown: false },
  'comment-gone': { before: { outcome: 'stopped', reason: 'thread-closed' }, follows: true, shown: false },
  newer: { before: { outcome: 'failed', reason: 'needs-attention' }, follows: true, shown: true },
  token: { before: { outcome: 'failed', reason: 'github-permission-missing' }, follows: false, shown: true },
  'rate-limit': { before: { outcome: 'failed', reason: 'github-unavailable' }, follows: false, shown: true },
} as const satisfies { [R in Refusal]: Row }

/** The run goes on for its session's sake, and hears no commands: whoever gave one could not be answered. */
export function speechless(scene: Scene, refusal: Refusal, tracking: Tracking | undefined): Decision {
  const { before, follows, shown } = ON_REFUSAL[refusal]
  if (tracking === undefined && refusal === 'deleted' && isNamed(scene)) return misnamed(scene)
  if (tracking === undefined || !isStarted(scene, tracking)) return told(scene, before, tracking)
  const there = { ...scene, tracking: { ...tracking, url: shown ? tracking.url : '' } }
  if (tracking.record.session === '') return carryOn(there)
  if (follows) return follow(there)
  const { verdict, final } = endingOf(there)
  return told(there, final ? verdict : RUNNING, there.tracking)
}

/** No event speaks for a thread that the workflow file names: it may never have been there. */
function isNamed({ intent }: Scene): boolean {
  return intent.because.kind === 'prompt' || intent.because.kind === 'session'
}

function misnamed(scene: Scene): Decision {
  const failure = 'inputs-invalid'
  const sentence = 'There is no thread with the number that `issue-number` names. Correct it in the workflow file.'
  return fail(scene, { failure, sentence, passing: false, unsure: false })
}

function told(scene: Scene, verdict: Verdict, tracking: Tracking | undefined): Decision {
  return { effects: [], next: 'done', story: storyOf(scene, verdict, tracking) }
}

/** Has this run a session, or may it have one? */
export function isStarted({ observed }: Scene, tracking: Tracking): boolean {
  const { record } = tracking
  if (!isOurs(tracking, observed.run)) return false
  const created = observed.applied.some(({ effect, ok }) => effect.do === 'create' && ok)
  return record.session !== '' || created || observed.found !== undefined || observed.unsure?.effect === 'create'
}

/** Takes out what the thread would not take. What is written is kept for this run alone. */
export function muted({ observed: { silence } }: Scene, decision: Decision): Decision {
  const refusal = silence?.refusal
  if (refusal === undefined) return decision
  return { ...decision, effects: decision.effects.flatMap((effect) => quiet(effect, refusal)) }
}

function quiet(effect: Effect, refusal: Refusal): Effect[] {
  switch (effect.do) {
    case 'write':
      return [{ ...effect, thread: undefined }]
    case 'label':
    case 'note':
      return refusal === 'comment-gone' ? [effect] : []
    case 'claim':
    case 'fold':
    case 'react':
      return []
    default:
      return [effect]
  }
}
