/**
 * Acts on a session that must not happen twice: a message, an approval. Each is written into the record before it is done;
 * whether it has happened is decided by the answer or, where that was lost, by the session's own activities.
 */
import type { Effect } from '../effect/effect.ts'
import type { Story, Trouble } from '../effect/story.ts'
import type { Verdict } from '../outcome.ts'
import { isSamePlace, placeOf, type RelayRecord, withHandled } from '../record.ts'
import type { Decision, TrackedScene } from './decision.ts'
import { endingOf } from './ending.ts'
import { finish, goOn, lookAgain, phaseOf, RUNNING, react, SETTLE_MS, thisRun, UNSURE_MS, write } from './finish.ts'
import { type Act, effectOf, hasHappened, isCut } from './message.ts'
import { answerKey, note } from './notice.ts'
import type { Request, Tracking } from './observed.ts'
import { seenSession, storyOf } from './story.ts'

const PLAN_CHANGED: Verdict = { outcome: 'waiting-for-approval', reason: 'plan-changed' }
/** Writes down what is about to be done, and does it. */
export function begin(scene: TrackedScene, request: Request): Decision {
  const { tracking } = scene
  const { command } = request
  if (command.verb === 'approve' && !isPlanShown(scene, command.plan)) return showPlanAgain(scene, request)
  const doing: Act =
    command.verb === 'approve'
      ? { what: 'approve', plan: tracking.record.plan, ...placeOf(request) }
      : { what: 'send', ...placeOf(request) }
  return start(scene, doing, react(request, 'eyes'))
}

/** An approval holds for the plan that the comment shows, and for no other. */
function isPlanShown({ observed, tracking }: TrackedScene, named: string): boolean {
  const latest = observed.digest.plan?.id ?? ''
  return latest !== '' && latest === tracking.record.plan && latest.startsWith(named)
}

function showPlanAgain(scene: TrackedScene, request: Request): Decision {
  const record = withHandled(scene.tracking.record, request)
  const ending = finish({ ...scene, tracking: { ...scene.tracking, record } }, PLAN_CHANGED)
  return { ...ending, effects: [...react(request, 'confused'), ...ending.effects] }
}

/** Passes the message of the workflow file on, once for this run. */
export function tell(scene: TrackedScene): Decision {
  return start(scene, { what: 'tell', run: scene.observed.run.id }, fromArchive(scene))
}

/** Whoever is told something is to be seen at it. */
function fromArchive(scene: TrackedScene): Effect[] {
  const session = seenSession(scene)
  return session?.archived ? [{ do: 'unarchive', session: session.id }] : []
}

/** Says in words that the plan is approved: an approval that came after Jules had stopped waiting may go unheard. */
export function remind(scene: TrackedScene, plan: string): Decision {
  return start(scene, { what: 'remind', plan })
}

function start(scene: TrackedScene, doing: Act, courtesy: Effect[] = []): Decision {
  const { tracking } = scene
  const record: RelayRecord = { ...tracking.record, phase: 'following', doing, run: thisRun(scene) }
  const story = storyOf(scene, RUNNING, tracking, { followed: true })
  return { effects: [...courtesy, write(scene, record, story)], next: { lookAfterMs: verifyMs(tracking) }, story }
}

/** Carries an act on that was begun, by this run or by one that died. */
export function resume(scene: TrackedScene, doing: Act): Decision {
  const { observed, tracking } = scene
  const answered = observed.applied.find(({ effect }) => effect.do === 'send' || effect.do === 'approve')
  if (answered?.ok || hasHappened(scene, doing)) return done(scene, doing)
  if (observed.unsure !== undefined) {
    const waits = observed.elapsed - observed.unsure.since < UNSURE_MS
    return waits ? lookAgain(scene) : giveUp(scene, doing, ATTENTION, UNKNOWN)
  }
  if (answered !== undefined && !answered.ok)
    return giveUp(scene, doing, { outcome: 'failed', reason: answered.trouble.failure }, answered.trouble)
  if (doing.what === 'approve' && observed.digest.plan?.id !== doing.plan) return planHasChanged(scene, doing)
  if (observed.shown !== undefined && !observed.attempted) return carryOut(scene, doing, observed.shown.at)
  if (observed.now - tracking.written < SETTLE_MS) return lookAgain(scene)
  const again = effectOf(scene, doing)
  if (again.length === 0) return giveUp(scene, doing, ATTENTION, UNKNOWN)
  const story = storyOf(scene, RUNNING, tracking, { followed: true })
  return { effects: [write(scene, tracking.record, story), ...again], next: 'again', story }
}

/**
 * Two runs may have written down the same at the same time. GitHub has no way to write only where nothing has changed, so each
 * waits until the other's writing would be seen; the one whose record stands then acts.
 */
const VERIFY_MS = 3000

function verifyMs({ comment }: Tracking): number {
  return comment === undefined ? 0 : VERIFY_MS
}

function carryOut(scene: TrackedScene, doing: Act, since: number): Decision {
  const { observed, tracking } = scene
  const left = verifyMs(tracking) - (observed.elapsed - since)
  const story = storyOf(scene, RUNNING, tracking, { followed: true })
  if (left > 0) return { effects: [], next: { lookAfterMs: left }, story }
  const effects = effectOf(scene, doing)
  return effects.length === 0 ? giveUp(scene, doing, ATTENTION, TAKEN_BACK) : { effects, next: 'again', story }
}

/** Whoever approved has not seen this plan. */
function planHasChanged(scene: TrackedScene, doing: Act): Decision {
  const record = noted(scene.tracking.record, doing)
  return finish({ ...scene, tracking: { ...scene.tracking, record } }, PLAN_CHANGED)
}

function done(scene: TrackedScene, doing: Act): Decision {
  const { observed, tracking } = scene
  const record = { ...noted(tracking.record, doing), cut: isCut(requestOf(scene, doing)?.command) }
  const after: TrackedScene = { ...scene, tracking: { ...tracking, record } }
  const rocket = 'comment' in doing ? react(doing, 'rocket') : []
  if (isStop(scene, doing)) {
    const ending = finish(after, { outcome: 'stopped', reason: 'by-command' })
    return { ...ending, effects: [{ do: 'archive', session: record.session }, ...ending.effects, ...rocket] }
  }
  const acted = new Date(observed.now).toISOString()
  const approved = doing.what === 'approve' ? doing.plan : record.approved
  const next = goOn(after, RUNNING, 'again', { doing: undefined, acted, approved, run: thisRun(scene) })
  return { ...next, effects: [...next.effects, ...rocket, ...passedOn(scene, doing, next.story)] }
}

/** The record once the act is over, however it went. */
function noted(record: RelayRecord, doing: Act): RelayRecord {
  const free = { ...record, doing: undefined }
  if (doing.what === 'tell') return { ...free, told: doing.run }
  if (doing.what === 'remind') return { ...free, reminded: doing.plan }
  return withHandled(free, doing)
}

function isStop(scene: TrackedScene, doing: Act): boolean {
  return doing.what === 'send' && requestOf(scene, doing)?.command.verb === 'stop'
}

/** The command that the act carries out. */
function requestOf({ observed }: TrackedScene, doing: Act): Request | undefined {
  return observed.requests.find((request) => 'comment' in doing && isSamePlace(request, doing))
}

/** Whoever asked on the pull request is told where the answer will stand. */
function passedOn(scene: TrackedScene, doing: Act, story: Story): Effect[] {
  if (scene.observed.askedOn === undefined || !('comment' in doing)) return []
  return note(scene, 'passed-on', '', answerKey(doing), story)
}

/**
 * The session lives on; only this act has come to nothing. What was refused for a passing reason stays an open command, which
 * running the job again carries out.
 */
function giveUp(scene: TrackedScene, doing: Act, verdict: Verdict, trouble: Trouble): Decision {
  const { tracking } = scene
  const again = trouble.passing && !trouble.unsure
  const record = again ? { ...tracking.record, doing: undefined } : noted(tracking.record, doing)
  const stands = phaseOf(endingOf(scene).verdict, record.phase)
  return finish({ ...scene, tracking: { ...tracking, record } }, verdict, { trouble }, stands)
}

const ATTENTION: Verdict = { outcome: 'failed', reason: 'needs-attention' }
const TAKEN_BACK: Trouble = {
  failure: 'needs-attention',
  sentence:
    'The command was changed or taken back before it was carried out, so Jules was told nothing. Write it again if it still holds.',
  passing: false,
  unsure: false,
}
const UNKNOWN: Trouble = {
  failure: 'needs-attention',
  sentence: "It is not known whether Jules got this. Look at the session's page; if it is not there, write it again.",
  passing: false,
  unsure: true,
}
