/** Short comments: edits notify nobody, so where a person is needed one new comment calls. */
import type { Effect, NoteKind } from '../effect/effect.ts'
import type { Story } from '../effect/story.ts'
import type { Verdict } from '../outcome.ts'
import { isHandled, type Place } from '../record.ts'
import type { Scene, TrackedScene } from './decision.ts'

const NEEDED: readonly Verdict['outcome'][] = ['waiting-for-approval', 'waiting-for-reply', 'failed', 'queued']
const DONE: readonly Verdict['outcome'][] = ['pull-request', 'changes', 'no-changes']

/** That Jules has stopped waiting changes nothing about what it waits for. */
const SAME_NEED: Readonly<Record<string, string>> = { 'plan-expired': 'plan-ready', 'open-question': 'question' }

/** One new short comment, since edits notify nobody; never a second one for the same thing. */
export function notice(scene: TrackedScene, verdict: Verdict, story: Story): Effect[] {
  const { observed, config, tracking } = scene
  const needed = NEEDED.includes(verdict.outcome) || verdict.reason === 'changed-since-request'
  const kind = needed ? 'needed' : DONE.includes(verdict.outcome) ? 'done' : undefined
  const wanted = kind === 'needed' ? config.notify !== 'never' : kind === 'done' && config.notify === 'always'
  if (!wanted || kind === undefined || observed.thread === undefined) return []
  const need = SAME_NEED[verdict.reason] ?? verdict.reason
  const about = story.message === '' ? (story.plan?.id ?? '') : observed.digest.messageId
  return note(
    scene,
    kind,
    '',
    `${tracking.record.key}-${need}-${story.turns}-${about.slice(0, 32)}`,
    story,
    observed.thread.number,
  )
}

/** Key of the short comment that answers a command. */
export function answerKey({ comment, of }: Place): string {
  return `answer-${of === undefined ? '' : `${of}-`}${comment}`
}

/** A short comment, unless one with this key stands in the thread already. */
export function note(
  scene: Scene,
  kind: NoteKind,
  words: string,
  name: string,
  story: Story,
  thread = scene.observed.askedOn ?? scene.observed.thread?.number,
): Effect[] {
  const { observed } = scene
  const key = name.replace(/[^a-z0-9-]/g, '')
  if (thread === undefined || observed.notes.includes(key)) return []
  return [{ do: 'note', thread, key, kind, words, story }]
}

/** Is there anything left to do about this comment? */
export function isOpen(place: Place, trackings: Scene['observed']['trackings'], notes: readonly string[]): boolean {
  return !trackings.some(({ record }) => isHandled(record, place)) && !notes.includes(answerKey(place))
}
