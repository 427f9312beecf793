/** When a session is wanted: say so in the thread first, before anything else happens. */
import type { Effect } from '../effect/effect.ts'
import { type RelayRecord, withHandled } from '../record.ts'
import type { Decision, Scene } from './decision.ts'
import { RUNNING, react, thisRun } from './finish.ts'
import { triggerLabelOff } from './labels.ts'
import { isCut } from './message.ts'
import type { Request } from './observed.ts'
import { branchWhenAsked } from './prompt/branch-at.ts'
import { dropQueued, withoutSession } from './queue.ts'
import { storyOf } from './story.ts'

/** Takes the request. `change`: what else the record says. */
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
    reminded: '',
    told: '',
    acted: '',
    handled: observed.oldComments,
    handledToo: [],
    handledOn: { line: [], review: [], tick: [] },
    run: thisRun(scene),
    author: 0,
    noPullRequest: flags.noPullRequest === true || !config.autoCreatePullRequest,
    planGate: config.requirePlanApproval || command?.verb === 'plan',
    replaces: '',
    disowned: change.session === undefined ? undefined : observed.changed,
    cut: isCut(command),
    queued: undefined,
    branchAt: branchWhenAsked(scene, request),
    ...change,
  }
  const draft = { comment: undefined, url: '', record, written: 0 }
  const about = change.session === undefined ? withoutSession(scene) : scene
  const story = storyOf(about, RUNNING, draft, { followed: true })
  // Where a session is there already, nothing else will take the label off.
  const labelOff = change.session === undefined ? [] : triggerLabelOff(scene)
  const effects: Effect[] = [
    ...eyes(scene, request),
    ...labelOff,
    ...dropQueued(scene, record.key),
    { do: 'claim', thread: observed.thread?.number, record: dealtWith(record, request), story },
  ]
  return { effects, next: 'again', story }
}

/** A claim deals with its command, unless a session that is there already is to be told of it. */
function dealtWith(record: RelayRecord, request: Request | undefined): RelayRecord {
  if (request === undefined) return record
  if (record.session === '') return withHandled(record, request)
  return request.of === undefined ? { ...record, handled: request.comment - 1 } : record
}

/** Longer than any time that GitHub tells. */
const TIME_LIMIT = 40

function requestOf({ intent, observed }: Scene, request: Request | undefined): RelayRecord['request'] {
  if (request !== undefined) {
    const { comment, of, at, hash } = request
    return of === undefined
      ? { kind: 'comment', id: String(comment), hash }
      : { kind: of, id: `${comment}/${at.slice(0, TIME_LIMIT)}`, hash }
  }
  return { kind: intent.origin.kind, id: intent.origin.id.slice(0, 100), hash: observed.hash }
}

function requester({ intent }: Scene, request: Request | undefined): RelayRecord['requester'] {
  const by = request?.by ?? intent.asker
  return { login: by?.login ?? '', id: by?.id ?? 0 }
}

function eyes({ observed, intent }: Scene, request: Request | undefined): Effect[] {
  if (request !== undefined) return react(request, 'eyes')
  const thread = observed.thread
  return thread && intent.because.kind === 'label'
    ? [{ do: 'react', to: { kind: 'thread', id: thread.number }, with: 'eyes' }]
    : []
}
