/** When the thread is claimed: adopt the session that exists, or create one. */
import type { Effect } from '../effect/effect.ts'
import type { Story } from '../effect/story.ts'
import type { Verdict } from '../outcome.ts'
import { placeOfRequest } from '../record.ts'
import type { Decision, TrackedScene } from './decision.ts'
import { finish, goOn, lookAgain, RUNNING, react, SETTLE_MS, thisRun, UNSURE_MS, write } from './finish.ts'
import { aroundLabels, triggerLabelOff } from './labels.ts'
import type { Ground } from './observed.ts'
import { branchAtStart } from './prompt/branch-at.ts'
import { newSession } from './prompt/new-session.ts'
import { refused, unreachable } from './refused.ts'
import { isOvertaken, takeBack } from './rivals.ts'
import { storyOf } from './story.ts'

/** A list may not tell yet of a session that an earlier run has made. */
const SEARCHES = 6

/** Carries a claim without a session on, however far it had come. */
export function carryOn(scene: TrackedScene): Decision {
  const { observed, tracking } = scene
  const created = observed.applied.find((applied) => applied.effect.do === 'create')
  if (created?.ok) return adopt(scene, created.session ?? '')
  if (observed.found !== undefined) return adopt(scene, observed.found)
  if (observed.unsure !== undefined) return waitForNews(scene, observed.unsure.since)
  if (created !== undefined) return refused(scene, created.trouble)
  if (observed.trouble !== undefined) return unreachable(scene, observed.trouble)
  const age = observed.now - tracking.written
  if (tracking.record.doing?.what === 'create' && (age < SETTLE_MS || observed.searches < SEARCHES))
    return lookAgain(scene)
  if (isOvertaken(scene)) return takeBack(scene)
  return observed.ground === undefined ? lookAgain(scene) : create(scene, observed.ground)
}

function adopt(scene: TrackedScene, session: string): Decision {
  const place = placeOfRequest(scene.tracking.record)
  const next = goOn(scene, RUNNING, 'again', { session, doing: undefined, queued: undefined, run: thisRun(scene) })
  return { ...next, effects: [...next.effects, ...(place === undefined ? [] : react(place, 'rocket'))] }
}

/** The answer to a create was lost. The newest sessions tell whether it happened; where they do not, nobody knows. */
function waitForNews(scene: TrackedScene, since: number): Decision {
  if (scene.observed.elapsed - since < UNSURE_MS) return lookAgain(scene)
  return end(scene, failed('needs-attention'))
}

function failed(reason: Extract<Verdict, { outcome: 'failed' }>['reason']): Verdict {
  return { outcome: 'failed', reason }
}

function create(scene: TrackedScene, ground: Ground): Decision {
  const { tracking } = scene
  if (ground.kind !== 'ready') return noGround(scene, ground)
  const branchAt = branchAtStart(scene, ground)
  const record = {
    ...tracking.record,
    phase: 'creating',
    doing: { what: 'create' },
    run: thisRun(scene),
    branchAt,
  } as const
  const story = storyOf(scene, RUNNING, tracking, { followed: true })
  const effects: Effect[] = [
    ...aroundLabels(scene, 'creating', [...triggerLabelOff(scene), write(scene, record, story)]),
    { do: 'create', ...newSession({ ...scene, tracking: { ...tracking, record } }, ground) },
  ]
  return { effects, next: 'again', story }
}

function noGround(scene: TrackedScene, ground: Exclude<Ground, { kind: 'ready' }>): Decision {
  if (ground.kind === 'unreadable') return end(scene, failed(ground.trouble.failure), { trouble: ground.trouble })
  const named = ground.kind === 'branch-not-found' ? { branch: ground.branch, near: ground.near } : {}
  return end(scene, failed(ground.kind), named)
}

/** The claim stands, so the label has done its work even where no session comes of it. */
function end(scene: TrackedScene, verdict: Verdict, more: Partial<Story> = {}): Decision {
  const ending = finish(scene, verdict, more)
  return { ...ending, effects: [...triggerLabelOff(scene), ...ending.effects] }
}
