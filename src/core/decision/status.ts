/** When somebody asks how things stand. */
import type { Verdict } from '../outcome.ts'
import { withHandled } from '../record.ts'
import { answer, isOwn } from './answer.ts'
import { isFree } from './choose.ts'
import type { Decision, TrackedScene } from './decision.ts'
import { endingOf, isAllSaid, stopped } from './ending.ts'
import { asItIs, fail, lookAgain, react } from './finish.ts'
import { staleLabelsOff } from './labels.ts'
import type { Request } from './observed.ts'
import { isAgain, startQueued } from './queue.ts'

const STATUS: Verdict = { outcome: 'answered', reason: 'status' }

/** Brings the thread up to date; a run that was started for this alone ends with it. */
export function look(scene: TrackedScene, request: Request): Decision {
  const { tracking, observed } = scene
  const { phase } = tracking.record
  if (isAllSaid(scene)) return standing(scene, request)
  const own = isOwn(scene, request)
  if (observed.trouble !== undefined) return own ? fail(scene, observed.trouble) : lookAgain(scene)
  const handled = withHandled(tracking.record, request)
  // Nobody goes on following where the run ends with this.
  const leaves = own && isFree(tracking, observed)
  const record = leaves ? { ...handled, run: undefined } : handled
  const verdict = phase === 'stopped' ? stopped(observed) : endingOf(scene).verdict
  const truth = asItIs({ ...scene, tracking: { ...tracking, record } }, verdict, !leaves)
  const story = { ...truth.story, verdict: STATUS }
  const told = isElsewhere(scene, request) ? answer(scene, request, STATUS, 'status').effects : react(request, 'rocket')
  return { effects: [...truth.effects, ...told], next: own ? 'done' : 'again', story }
}

/** The comment stays as it is, and the answer says in a sentence how things stand. */
function standing(scene: TrackedScene, request: Request): Decision {
  const answered = answer(scene, request, STATUS, 'status')
  return { ...answered, effects: [...answered.effects, ...staleLabelsOff(scene, scene.tracking.record.phase)] }
}

/** Whoever asks on the pull request does not see the comment. */
function isElsewhere({ observed: { thread } }: TrackedScene, { on }: Request): boolean {
  return on !== undefined && on !== thread?.number
}

/** A thread that waits for room is started at once where there is some. */
export function tryNow(scene: TrackedScene, request: Request): Decision {
  const unknown = scene.observed.witness === undefined && !isAgain(scene)
  if (unknown) return standing(scene, request)
  const record = withHandled(scene.tracking.record, request)
  const started = startQueued({ ...scene, tracking: { ...scene.tracking, record } })
  return { ...started, effects: [...react(request, 'eyes'), ...started.effects] }
}
