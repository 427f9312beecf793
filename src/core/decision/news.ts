/** When nobody asks: a pull request of ours was opened, merged or closed, the thread was closed, or a sweep comes by. */
import type { News } from '../event/event.ts'
import type { Verdict } from '../outcome.ts'
import { resume } from './act.ts'
import { lastLine, millis } from './activities/digest.ts'
import { chosen, isFree, isOurs } from './choose.ts'
import type { Decision, Scene, TrackedScene } from './decision.ts'
import { endingOf, isAllSaid, isUnsure, stopped } from './ending.ts'
import { unheard } from './expired.ts'
import { asItIs, fail, finish, lookAgain, stop } from './finish.ts'
import { takeOn } from './first.ts'
import { labels, staleLabelsOff } from './labels.ts'
import type { Tracking } from './observed.ts'
import { readCorrelation } from './prompt/prompt.ts'
import { startQueued } from './queue.ts'
import { seenSession, storyOf } from './story.ts'
import { PHASE_OF_STATE } from './table.ts'
import { take } from './take.ts'
import { FOLLOWED_MS, isUntold } from './untold.ts'

/** The API lists a pull request a little after it is there. */
const LISTED_MS = 2 * 60_000

/** Finishes the report of the session that made the pull request. */
export function reportNews(scene: Scene, news: News): Decision {
  const { observed } = scene
  if (observed.maker === undefined) {
    const soon = news === 'opened' && observed.elapsed < LISTED_MS
    return soon ? lookAgain(scene) : stop(scene, { outcome: 'ignored', reason: 'not-our-pull-request' })
  }
  const tracking = chosen(scene.intent, observed) ?? claimOf(scene, observed.maker)
  // The thread tells of it in a comment that cannot be read, as after a change of the key.
  if (tracking === undefined && observed.changed !== undefined) return takeOn(scene, observed.maker)
  if (tracking === undefined) return withoutThread(scene, news)
  return isOver(news) ? closed({ ...scene, tracking }, news) : opened({ ...scene, tracking })
}

/** The claim whose run died before it could write down the session that it had made. */
function claimOf(scene: Scene, session: string): Tracking | undefined {
  const { repository, trackings } = scene.observed
  const key = readCorrelation(lastLine(seenSession(scene)?.prompt ?? ''), repository)?.key
  const claim = trackings.find(({ record }) => record.session === '' && record.key === key)
  return claim && { ...claim, record: { ...claim.record, session, doing: undefined, queued: undefined } }
}

function isOver(news: News): news is 'merged' | 'closed' {
  return news === 'merged' || news === 'closed'
}

function closed(scene: TrackedScene, news: 'merged' | 'closed'): Decision {
  return finish(scene, fate(news), {}, 'closed')
}

function fate(news: News): Extract<Verdict, { outcome: 'pull-request' }> {
  if (news === 'merged') return { outcome: 'pull-request', reason: 'merged' }
  return { outcome: 'pull-request', reason: news === 'closed' ? 'closed-unmerged' : 'completed' }
}

function opened(scene: TrackedScene): Decision {
  const { observed, tracking } = scene
  if (!isFree(tracking, observed)) return stop(scene, { outcome: 'ignored', reason: 'already-running' })
  if (observed.trouble !== undefined) return fail(scene, observed.trouble)
  if (tracking.record.phase === 'stopped') return cameLater(scene)
  const { doing } = tracking.record
  // What a run that died was about to say comes first.
  if (doing !== undefined && doing.what !== 'create') return resume(scene, doing)
  const { verdict, final } = endingOf(scene)
  return !final && mayBeFollowed(scene) ? linked(scene, verdict) : finish(scene, verdict)
}

/** A run that has written nothing for a while may be there all the same. */
function mayBeFollowed({ observed, tracking, config }: TrackedScene): boolean {
  if (tracking.record.run === undefined || isOurs(tracking, observed.run)) return false
  return observed.now - tracking.written < config.waitMs + FOLLOWED_MS
}

/** Whoever follows tells the end. */
function linked(scene: TrackedScene, verdict: Verdict): Decision {
  return { ...asItIs(scene, verdict, true, {}, scene.tracking.record.phase), next: 'done' }
}

/** Nobody follows the session any more, and that stays so: its pull request is linked, and no more. */
function cameLater(scene: TrackedScene): Decision {
  return finish(scene, stopped(scene.observed))
}

/** A session of a run that reported in its outputs alone: so does this one. */
function withoutThread(scene: Scene, news: News): Decision {
  const working = !isOver(news) && seenSession(scene)?.state !== 'COMPLETED'
  const verdict = working ? STILL_WORKING : fate(news)
  return { effects: [], next: 'done', story: storyOf(scene, verdict) }
}

const STILL_WORKING: Verdict = { outcome: 'pull-request', reason: 'still-working' }

const LIVE = ['claimed', 'creating', 'queued', 'following', 'waiting']

/** Nobody waits for the session any more. One that has ended keeps its ending. */
export function closeThread(scene: Scene): Decision {
  const tracking = scene.observed.trackings.at(-1)
  if (tracking === undefined) return stop(scene, { outcome: 'ignored', reason: 'event-not-handled' })
  if (LIVE.includes(tracking.record.phase))
    return finish({ ...scene, tracking }, { outcome: 'stopped', reason: 'thread-closed' })
  const ending = stop({ ...scene, tracking }, { outcome: 'ignored', reason: 'already-handled' })
  return { ...ending, effects: labels(scene, 'stopped') }
}

/** Nothing is left to do but what a run that died may have left undone. */
export function asItStands(scene: TrackedScene): Decision {
  const stale = staleLabelsOff(scene, scene.tracking.record.phase)
  return stop(scene, { outcome: 'ignored', reason: 'already-handled' }, stale)
}

/** Phases of a session that is over for good, whatever Jules may still do. */
const OVER = ['stopped', 'closed']

/** A sweep tells what has become of a session that nobody follows. What the comment says already is not written again. */
export function lookOnce(scene: TrackedScene): Decision {
  const { observed, tracking } = scene
  const { record } = tracking
  if (observed.trouble !== undefined) return fail(scene, observed.trouble)
  if (record.session === '' && LIVE.includes(record.phase)) return startQueued(scene)
  if (OVER.includes(record.phase) || isAllSaid(scene)) return asItStands(scene)
  if (isUnsure(scene)) return lookAgain(scene)
  const { verdict, final } = endingOf(scene)
  const next = final ? unheard(scene, verdict) : undefined
  if (next !== undefined) return next
  if (isOurs(tracking, observed.run)) return finish(scene, verdict)
  if (isToBeTold(scene)) return take(scene, verdict)
  return stop(scene, verdict, staleLabelsOff(scene, record.phase))
}

function isToBeTold(scene: TrackedScene): boolean {
  const { observed, tracking, config } = scene
  const session = seenSession(scene)
  // Unknown so far, or known to be none of ours.
  if (session === undefined) return observed.session !== undefined
  const { state, updated, pullRequest } = session
  const spoken = millis(observed.digest.lastAgentAt)
  // While it works, only what the agent does is news.
  const latest = PHASE_OF_STATE[state] === 'working' && spoken > 0 ? spoken : Math.max(spoken, millis(updated))
  const standing = { state, pull: pullRequest?.url ?? '', latest }
  return isUntold(tracking, standing, observed.now, config.waitMs)
}
