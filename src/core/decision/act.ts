/**
 * Acts on a session that must not happen twice: a message, an approval. Each is written into the record before it is done;
 * whether it has happened is decided by the answer or, where that was lost, by the session's own activities.
 */
import type { Effect } from '../effect/effect.ts'
import type { Trouble } from '../effect/story.ts'
import type { Verdict } from '../outcome.ts'
import { type Doing, type RelayRecord, withHandled } from '../record.ts'
import type { Decision, TrackedScene } from './decision.ts'
import { finish, goOn, lookAgain, note, RUNNING, react, SETTLE_MS, UNSURE_MS, write } from './finish.ts'
import type { Request } from './observed.ts'
import { buildMessage, correlation } from './prompt.ts'
import { thisRun } from './start.ts'
import { storyOf } from './story.ts'

/** What is done to a session, as it is written down. */
type Act = Exclude<Doing, { what: 'create' }>

const STOP_WORDS = 'Please stop working on this now. Do not open a pull request and do not push anything more.'

/** Writes down what is about to be done, and does it. */
export function begin(scene: TrackedScene, request: Request, move: 'send' | 'stop' | 'approve'): Decision {
  if (move === 'approve' && !isPlanShown(scene, request)) return showPlanAgain(scene, request)
  const { tracking, observed } = scene
  const doing: Act =
    move === 'approve'
      ? { what: 'approve', plan: observed.digest.plan?.id ?? '', comment: request.comment }
      : { what: 'send', comment: request.comment }
  const record: RelayRecord = { ...tracking.record, phase: 'following', doing, run: thisRun(scene) }
  const story = storyOf(scene, RUNNING, tracking, { followed: true })
  const effects: Effect[] = [
    react(request.comment, 'eyes'),
    write(scene, record, story),
    effectOf(scene, doing, request),
  ]
  return { effects, next: 'again', story }
}

/** An approval holds for the plan that the comment shows, and for no other. */
function isPlanShown({ observed, tracking }: TrackedScene, { command }: Request): boolean {
  const latest = observed.digest.plan?.id ?? ''
  const named = command.verb === 'approve' ? command.plan : ''
  return latest !== '' && latest === tracking.record.plan && latest.startsWith(named)
}

function showPlanAgain(scene: TrackedScene, request: Request): Decision {
  const record = withHandled(scene.tracking.record, request.comment)
  return finish(
    { ...scene, tracking: { ...scene.tracking, record } },
    { outcome: 'waiting-for-approval', reason: 'plan-changed' },
  )
}

function effectOf({ observed, tracking }: TrackedScene, doing: Act, request: Request): Effect {
  const { session } = tracking.record
  if (doing.what === 'approve') return { do: 'approve', session }
  const words = 'text' in request.command ? request.command.text : STOP_WORDS
  const key = messageKey(tracking.record, request.comment)
  return {
    do: 'send',
    session,
    message: buildMessage(words, { repository: observed.repository, thread: observed.thread, key }),
  }
}

/** Names a message for ever: the request's key with the comment's id folded in, again 20 hex digits. */
export function messageKey(record: RelayRecord, comment: number): string {
  return `${record.key.slice(0, 6)}${comment.toString(16).padStart(14, '0')}`
}

/** Carries an act on that was begun, by this run or by one that died. */
export function resume(scene: TrackedScene, doing: Act): Decision {
  const { observed, tracking } = scene
  const answered = observed.applied.find(({ effect }) => effect.do === 'send' || effect.do === 'approve')
  if (answered?.ok || hasHappened(scene, doing)) return done(scene, doing)
  if (observed.unsure !== undefined) {
    const waits = observed.elapsed - observed.unsure.since < UNSURE_MS
    return waits ? lookAgain(scene) : giveUp(scene, doing, { outcome: 'failed', reason: 'needs-attention' })
  }
  if (answered !== undefined && !answered.ok)
    return giveUp(scene, doing, { outcome: 'failed', reason: answered.trouble.failure }, answered.trouble)
  const request = observed.requests.find(({ comment }) => comment === doing.comment)
  if (request === undefined) return giveUp(scene, doing, { outcome: 'failed', reason: 'needs-attention' })
  if (observed.now - tracking.written < SETTLE_MS) return lookAgain(scene)
  const story = storyOf(scene, RUNNING, tracking, { followed: true })
  return { effects: [write(scene, tracking.record, story), effectOf(scene, doing, request)], next: 'again', story }
}

function hasHappened({ observed, tracking }: TrackedScene, doing: Act): boolean {
  if (doing.what === 'approve') return observed.digest.approved.includes(doing.plan)
  const key = messageKey(tracking.record, doing.comment)
  return observed.digest.lastLines.includes(correlation(observed.repository, observed.thread?.number, key))
}

function done(scene: TrackedScene, doing: Act): Decision {
  const { observed, tracking } = scene
  const request = observed.requests.find(({ comment }) => comment === doing.comment)
  const rocket = react(doing.comment, 'rocket')
  const record = withHandled({ ...tracking.record, doing: undefined }, doing.comment)
  const after: TrackedScene = { ...scene, tracking: { ...tracking, record } }
  if (request?.command.verb === 'stop') {
    const ending = finish(after, { outcome: 'stopped', reason: 'by-command' })
    return { ...ending, effects: [{ do: 'archive', session: record.session }, ...ending.effects, rocket] }
  }
  const acted = new Date(observed.now).toISOString()
  const next = goOn(after, RUNNING, 'again', { doing: undefined, acted, run: thisRun(scene) })
  const passedOn =
    observed.askedOn === undefined ? [] : note(scene, 'passed-on', '', `answer-${doing.comment}`, next.story)
  return { ...next, effects: [...next.effects, rocket, ...passedOn] }
}

/** The session lives on; only this act has come to nothing. */
function giveUp(scene: TrackedScene, doing: Act, verdict: Verdict, trouble?: Trouble): Decision {
  const { tracking } = scene
  const record = withHandled({ ...tracking.record, doing: undefined }, doing.comment)
  return finish({ ...scene, tracking: { ...tracking, record } }, verdict, { trouble }, tracking.record.phase)
}
