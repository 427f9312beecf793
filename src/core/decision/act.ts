/** An act that was begun is carried out, and known to have happened by the answer or, where that was lost, by the session's own activities. */
import type { Effect } from '../effect/effect.ts'
import type { Story, Trouble } from '../effect/story.ts'
import type { Verdict } from '../outcome.ts'
import { isSamePlace, type RelayRecord, withHandled } from '../record.ts'
import { PLAN_CHANGED, verifyMs } from './begin.ts'
import type { Decision, TrackedScene } from './decision.ts'
import { endingOf } from './ending.ts'
import { finish, goOn, lookAgain, phaseOf, RUNNING, react, SETTLE_MS, thisRun, UNSURE_MS, write } from './finish.ts'
import { type Act, effectOf, hasHappened, isCut } from './message.ts'
import { answerKey, note } from './notice.ts'
import type { Request } from './observed.ts'
import { storyOf } from './story.ts'

/** The activities may not tell yet of what an earlier run has done. */
const SEARCHES = 6

/** Carries an act on that was begun, by this run or by one that died. */
export function resume(scene: TrackedScene, doing: Act): Decision {
  const { observed, tracking } = scene
  const answered = observed.applied.find(({ effect }) => effect.do === 'send' || effect.do === 'approve')
  if (answered?.ok || hasHappened(scene, doing)) return done(scene, doing)
  if (observed.unsure !== undefined) {
    const waits = observed.elapsed - observed.unsure.since < UNSURE_MS
    return waits ? lookAgain(scene) : giveUp(scene, doing, ATTENTION, UNKNOWN)
  }
  // Jules may refuse an approval that it has given up waiting for. It is said in words then.
  if (answered?.ok === false && isLate(scene, doing, answered.trouble)) return done(scene, doing)
  if (answered !== undefined && !answered.ok)
    return giveUp(scene, doing, { outcome: 'failed', reason: answered.trouble.failure }, answered.trouble)
  if (doing.what === 'approve' && observed.digest.plan?.id !== doing.plan) return planHasChanged(scene, doing)
  if (observed.shown !== undefined && !observed.attempted) return carryOut(scene, doing, observed.shown.at)
  if (observed.now - tracking.written < SETTLE_MS || observed.searches < SEARCHES) return lookAgain(scene)
  const again = effectOf(scene, doing)
  if (again.length === 0) return giveUp(scene, doing, ATTENTION, UNKNOWN)
  const story = storyOf(scene, RUNNING, tracking, { followed: true })
  const record = { ...tracking.record, run: thisRun(scene) }
  return { effects: [write(scene, record, story), ...again], next: 'again', story }
}

function isLate({ observed }: TrackedScene, doing: Act, trouble: Trouble): boolean {
  const settled = typeof observed.session === 'object' && observed.session.state === 'COMPLETED'
  return doing.what === 'approve' && settled && trouble.failure === 'request-rejected'
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
  const { askedOn, thread } = scene.observed
  const on = requestOf(scene, doing)?.on ?? askedOn
  if (on === undefined || on === thread?.number || !('comment' in doing)) return []
  return note(scene, 'passed-on', '', answerKey(doing), story, on)
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
