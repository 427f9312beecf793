/** When a session is wanted: claim the thread, then adopt the session that exists or create one. */
import type { Applied, Effect } from '../effect/effect.ts'
import type { Story, Trouble } from '../effect/story.ts'
import type { Verdict } from '../outcome.ts'
import type { RelayRecord } from '../record.ts'
import type { Decision, Scene, TrackedScene } from './decision.ts'
import { finish, goOn, labels, lookAgain, RUNNING, react, SETTLE_MS, UNSURE_MS, write } from './finish.ts'
import { newSession } from './new-session.ts'
import type { Ground, Request } from './observed.ts'
import { storyOf } from './story.ts'

/** Says in the thread, before anything else happens, that the request is taken. */
export function claim(scene: Scene, request?: Request, change: Partial<RelayRecord> = {}): Decision {
  const { observed, config } = scene
  const command = request?.command
  const flags = command && 'flags' in command ? command.flags : {}
  const record: RelayRecord = {
    seq: 1,
    key: request?.key ?? observed.key,
    phase: 'claimed',
    session: '',
    requester: requester(scene, request),
    request: requestOf(scene, request),
    doing: undefined,
    plan: '',
    approved: '',
    told: '',
    acted: '',
    handled: observed.oldComments,
    handledToo: request === undefined ? [] : [request.comment],
    run: { id: observed.run.id, attempt: observed.run.attempt },
    author: 0,
    noPullRequest: flags.noPullRequest === true || !config.autoCreatePullRequest,
    planGate: config.requirePlanApproval || command?.verb === 'plan',
    ...change,
  }
  const story = storyOf(scene, RUNNING, undefined, { requester: record.requester.login, followed: true })
  // Where a session is there already, nothing else will take the label off.
  const labelOff = change.session === undefined ? [] : triggerLabelOff(scene)
  const effects: Effect[] = [
    ...eyes(scene, request),
    ...labelOff,
    { do: 'claim', thread: observed.thread?.number, record, story },
  ]
  return { effects, next: 'again', story }
}

function requestOf({ intent, observed }: Scene, request: Request | undefined): RelayRecord['request'] {
  if (request !== undefined) return { kind: 'comment', id: String(request.comment), hash: request.hash }
  return { kind: intent.origin.kind, id: intent.origin.id.slice(0, 100), hash: observed.hash }
}

function requester({ intent }: Scene, request: Request | undefined): RelayRecord['requester'] {
  const by = request?.by ?? intent.asker
  return { login: by?.login ?? '', id: by?.id ?? 0 }
}

function eyes({ observed, intent }: Scene, request: Request | undefined): Effect[] {
  if (request !== undefined) return [react(request.comment, 'eyes')]
  const thread = observed.thread
  return thread && intent.because.kind === 'label'
    ? [{ do: 'react', to: { kind: 'thread', id: thread.number }, with: 'eyes' }]
    : []
}

/** Carries a claim without a session on, however far it had come. */
export function carryOn(scene: TrackedScene): Decision {
  const { observed, tracking } = scene
  const created = observed.applied.find((applied) => applied.effect.do === 'create')
  if (created?.ok) return adopt(scene, created.session ?? '')
  if (observed.found !== undefined) return adopt(scene, observed.found)
  if (observed.unsure !== undefined) return waitForNews(scene, observed.unsure.since)
  if (created !== undefined) return refused(scene, created)
  if (observed.trouble !== undefined) return unreachable(scene, observed.trouble)
  const age = observed.now - tracking.written
  if (tracking.record.doing?.what === 'create' && age < SETTLE_MS) return lookAgain(scene)
  return observed.ground === undefined ? lookAgain(scene) : create(scene, observed.ground)
}

function adopt(scene: TrackedScene, session: string): Decision {
  const { request } = scene.tracking.record
  const next = goOn(scene, RUNNING, 'again', { session, doing: undefined, run: thisRun(scene) })
  const rocket = request.kind === 'comment' ? [react(Number(request.id), 'rocket')] : []
  return { ...next, effects: [...next.effects, ...rocket] }
}

/** The answer to a create was lost. The newest sessions tell whether it happened; where they do not, nobody knows. */
function waitForNews(scene: TrackedScene, since: number): Decision {
  if (scene.observed.elapsed - since < UNSURE_MS) return lookAgain(scene)
  return end(scene, failed('needs-attention'))
}

function refused(scene: TrackedScene, { trouble }: Extract<Applied, { ok: false }>): Decision {
  const queues = trouble.failure === 'quota-full' && canQueue(scene)
  return queues
    ? end(scene, { outcome: 'queued', reason: 'quota-full' })
    : end(scene, failed(trouble.failure), { trouble })
}

/** A queued thread is found again by its label. */
function canQueue({ observed, config }: Scene): boolean {
  return observed.thread !== undefined && config.statusLabels
}

/** Jules cannot be asked where to start: the thread waits, and a run without a thread fails. */
function unreachable(scene: TrackedScene, trouble: Trouble): Decision {
  const queues = trouble.passing && canQueue(scene)
  return queues
    ? end(scene, { outcome: 'queued', reason: 'jules-unavailable' })
    : end(scene, failed(trouble.failure), { trouble })
}

function failed(reason: Extract<Verdict, { outcome: 'failed' }>['reason']): Verdict {
  return { outcome: 'failed', reason }
}

function create(scene: TrackedScene, ground: Ground): Decision {
  const { tracking } = scene
  if (ground.kind !== 'ready') return noGround(scene, ground)
  const record = { ...tracking.record, phase: 'creating', doing: { what: 'create' }, run: thisRun(scene) } as const
  const story = storyOf(scene, RUNNING, tracking, { followed: true })
  const effects: Effect[] = [
    ...labels(scene, 'creating'),
    ...triggerLabelOff(scene),
    write(scene, record, story),
    { do: 'create', ...newSession(scene, ground) },
  ]
  return { effects, next: 'again', story }
}

function noGround(scene: TrackedScene, ground: Exclude<Ground, { kind: 'ready' }>): Decision {
  const named = ground.kind === 'branch-not-found' ? { branch: ground.branch, near: ground.near } : {}
  return end(scene, failed(ground.kind), named)
}

/** The claim stands, so the label has done its work even where no session comes of it. */
function end(scene: TrackedScene, verdict: Verdict, more: Partial<Story> = {}): Decision {
  const ending = finish(scene, verdict, more)
  return { ...ending, effects: [...triggerLabelOff(scene), ...ending.effects] }
}

export function triggerLabelOff({ observed, config }: Scene): Effect[] {
  const { thread } = observed
  if (thread === undefined || !thread.labels.includes(config.triggerLabel)) return []
  return [{ do: 'label', thread: thread.number, name: config.triggerLabel, on: false }]
}

export function thisRun({ observed }: Scene): { id: string; attempt: number } {
  return { id: observed.run.id, attempt: observed.run.attempt }
}
