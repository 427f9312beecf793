/** Ends of a decision: stop here, or write down how things stand and look again. */
import type { Effect } from '../effect/effect.ts'
import type { Story, Trouble } from '../effect/story.ts'
import type { Verdict } from '../outcome.ts'
import { type Place, type RecordPhase, type RelayRecord, type RunOfRecord, withHandled } from '../record.ts'
import { millis } from './activities/digest.ts'
import type { Decision, Scene, TrackedScene } from './decision.ts'
import { aroundLabels } from './labels.ts'
import { notice } from './notice.ts'
import { storyOf } from './story.ts'

/** Nothing is done, and that is the answer. */
export function stop(scene: Scene & Partial<TrackedScene>, verdict: Verdict, effects: Effect[] = []): Decision {
  return { effects, next: 'done', story: storyOf(scene, verdict, scene.tracking) }
}

/** What is asked cannot be done now: the thread stays as it is, and the run says why. */
export function fail(scene: Scene & Partial<TrackedScene>, trouble: Trouble): Decision {
  const story = storyOf(scene, { outcome: 'failed', reason: trouble.failure }, scene.tracking, { trouble })
  return { effects: [], next: 'done', story }
}

/** What is told while the work goes on. */
export const RUNNING: Verdict = { outcome: 'running', reason: 'handed-over' }

/** An act of an earlier run that has left no trace for so long has not happened. */
export const SETTLE_MS = 20_000
/** An act of this run whose answer was lost: after so long without a trace nobody knows. */
export const UNSURE_MS = 60_000
const LOOK_AGAIN_MS = 5000

/** Nothing can be done before the world has been looked at once more. */
export function lookAgain(scene: Scene & Partial<TrackedScene>): Decision {
  return { effects: [], next: { lookAfterMs: LOOK_AGAIN_MS }, story: storyOf(scene, RUNNING, scene.tracking) }
}

/** How an outcome is written down. */
const PHASE_OF: { [O in Verdict['outcome']]?: RecordPhase } = {
  'pull-request': 'settled',
  changes: 'settled',
  'no-changes': 'settled',
  'waiting-for-approval': 'waiting',
  'waiting-for-reply': 'waiting',
  running: 'following',
  queued: 'queued',
  failed: 'failed',
  stopped: 'stopped',
}

/** How an outcome is written down; `otherwise` where it says nothing of the session. */
export function phaseOf(verdict: Verdict, otherwise: RecordPhase): RecordPhase {
  return PHASE_OF[verdict.outcome] ?? otherwise
}

/**
 * Says how it ended, lets go of the record, and tells the requester where a person is needed. `phase` is kept where only
 * this run has come to nothing, and the session lives on.
 */
export function finish(
  scene: TrackedScene,
  verdict: Verdict,
  more: Partial<Story> = {},
  phase?: RecordPhase,
): Decision {
  const free = { ...scene.tracking, record: letGo(scene.tracking.record) }
  const { effects, story } = asItIs({ ...scene, tracking: free }, verdict, false, more, phase)
  return { effects: [...effects, ...notice(scene, verdict, story)], next: 'done', story }
}

/** Nobody holds the record any more, and what was begun in it is over: it must not be done a second time. */
function letGo(record: RelayRecord): RelayRecord {
  const { doing } = record
  const free = { ...record, run: undefined, doing: undefined }
  return doing !== undefined && 'comment' in doing ? withHandled(free, doing) : free
}

/** Writes down how things stand: the labels, the record, the comment. */
export function asItIs(
  scene: TrackedScene,
  verdict: Verdict,
  followed: boolean,
  more: Partial<Story> = {},
  phase: RecordPhase = phaseOf(verdict, scene.tracking.record.phase),
): Pick<Decision, 'effects' | 'story'> {
  const { tracking } = scene
  const story = storyOf(scene, verdict, tracking, { followed, ...more })
  const record: RelayRecord = { ...tracking.record, phase, plan: planShown(scene) }
  return { effects: aroundLabels(scene, phase, [write(scene, record, story)]), story }
}

/** Keeps the thread true while the work goes on. */
export function goOn(
  scene: TrackedScene,
  verdict: Verdict,
  next: Decision['next'],
  change: Partial<RelayRecord>,
): Decision {
  const { tracking, observed } = scene
  const record = { ...tracking.record, phase: 'following', plan: planShown(scene), ...change } as const
  const acted = change.acted === undefined ? {} : { told: true }
  const story = storyOf(scene, verdict, tracking, { trouble: observed.trouble, followed: true, ...acted })
  const effects = aroundLabels(scene, record.phase, isDue(scene, story, change) ? [write(scene, record, story)] : [])
  return { effects, next, story }
}

export function write(scene: TrackedScene, record: RelayRecord, story: Story): Effect {
  const { tracking, observed } = scene
  const next = { ...record, seq: tracking.record.seq + 1 }
  return { do: 'write', thread: observed.thread?.number, comment: tracking.comment, record: next, story }
}

/** Mere progress of a young session; later it is told whenever the session has become a quarter older since. */
const PROGRESS_EVERY_MS = 20_000

/** First, needed and changed-record writes are never delayed; mere progress is. */
function isDue(scene: TrackedScene, story: Story, change: Partial<RelayRecord>): boolean {
  const { shown, elapsed } = scene.observed
  if (shown === undefined || Object.keys(change).length > 0) return true
  if (compared(shown.story) === compared(story)) return false
  return !isCalm(shown.story, story) || elapsed - shown.at >= Math.max(PROGRESS_EVERY_MS, ageOf(scene) / 4)
}

/** Is the one told as the other, but for the progress? */
function isCalm(one: Story, other: Story): boolean {
  const parts = ({ verdict, pullRequest, plan, session, trouble }: Story) => [
    verdict.reason,
    pullRequest?.url,
    plan?.id,
    session?.id,
    trouble?.sentence,
  ]
  return JSON.stringify(parts(one)) === JSON.stringify(parts(other))
}

function ageOf({ observed }: Scene): number {
  return typeof observed.session === 'object' ? observed.now - millis(observed.session.created) : 0
}

/** Without what no comment shows: a patch or a picture can be large, and this is asked at every look. */
function compared(story: Story): string {
  return JSON.stringify({ ...story, patch: '', bulk: undefined, media: [], leftOut: {} })
}

function planShown({ observed, tracking }: TrackedScene): string {
  return observed.digest.plan?.id ?? tracking.record.plan
}

/** Reviews as such, and ticks, take no reactions. */
export function react({ comment, of }: Place, face: 'eyes' | 'rocket' | 'confused'): Effect[] {
  return of === 'review' || of === 'tick'
    ? []
    : [{ do: 'react', to: { kind: of ?? 'comment', id: comment }, with: face }]
}

export function thisRun({ observed }: Scene): RunOfRecord {
  const { id, attempt, job } = observed.run
  return { id, attempt, ...(job !== undefined && { job }) }
}
