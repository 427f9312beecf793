/** What must be true of a world once its faults have stopped and the next run has ended (F-01 … F-08), as a list of what is not. */
import { lastLine } from '../../src/core/decision/activities/digest.ts'
import { readCorrelation } from '../../src/core/decision/prompt/prompt.ts'
import { LIVE_LABELS } from '../../src/core/effect/effect.ts'
import type { RecordPhase, RelayRecord } from '../../src/core/record.ts'
import { decodeRecord } from '../../src/core/record-text.ts'
import { makeSeal, noteKey } from '../../src/shell/github/seal.ts'
import { JULES_KEY, labelsOf, type Told, writes } from './story.ts'

export type Bounds = {
  /** Requests that were made on the thread. Default 1. */
  requests?: number
  /** Sessions that must be there in the end, where they are not as many. */
  sessions?: number
  /** Nothing of the request was left behind, so nobody could know of it: none is as right as one. */
  mayBeLost?: boolean
}

/** What is wrong with the world; an empty list where nothing is. */
export function breaksOf(
  world: Told,
  { requests = 1, sessions: wanted = requests, mayBeLost = false }: Bounds = {},
): string[] {
  const statuses = statusesOf(world)
  const sessions = world.jules.sessions()
  const keys = sessions.map(({ prompt }) => lastLine(prompt))
  const least = mayBeLost ? 0 : requests
  return [
    ...twice(keys).map((key) => `two sessions for ${key}`),
    ...(sessions.length < (mayBeLost ? 0 : wanted) || sessions.length > wanted ? [`${sessions.length} sessions`] : []),
    ...(statuses.length < least || statuses.length > requests ? [`${statuses.length} status comments`] : []),
    ...twice(statuses.map(({ record }) => record.key)).map((key) => `two status comments for ${key}`),
    ...statuses.flatMap((status) => liesOf(world, status)),
    ...labelLies(world, statuses),
    ...twice(messagesOf(world)).map((message) => `said twice: ${message}`),
    ...twice(approvalsOf(world)).map((plan) => `approved twice: ${plan}`),
    ...twice(notesOf(world)).map((key) => `two short comments ${key}`),
    ...foreignWrites(world),
  ]
}

export type Status = { body: string; record: RelayRecord }

/** The valid status comments of the thread, oldest first. */
export function statusesOf(world: Told, number = world.issue): Status[] {
  const seal = makeSeal(JULES_KEY, String(world.github.store.repository.id), number)
  return world.github.comments(number).flatMap(({ body }) => {
    const record = decodeRecord(seal.open(body) ?? '')
    return record === undefined ? [] : [{ body, record }]
  })
}

/** Every run has ended: none may be said to be at work, or in the middle of anything. */
function liesOf(world: Told, { body, record }: Status): string[] {
  const session = world.jules.sessions().find(({ prompt }) => readKey(prompt) === record.key)
  const known = session === undefined || (record.session === session.id && body.includes(session.id))
  return [
    ...(record.run === undefined ? [] : [`the record says that run ${record.run.id} is at it`]),
    ...(record.doing === undefined ? [] : [`the record says that it is about to ${record.doing.what}`]),
    ...(['claimed', 'creating'].includes(record.phase) ? [`the record stays in phase ${record.phase}`] : []),
    ...(known ? [] : [`the comment does not tell of session ${session.id}`]),
  ]
}

function readKey(prompt: string): string | undefined {
  return readCorrelation(lastLine(prompt), 'acme/widgets')?.key
}

const LABEL_OF: { [P in RecordPhase]?: string } = {
  following: 'jules: running',
  queued: 'jules: queued',
  waiting: 'jules: waiting',
  failed: 'jules: failed',
}

function labelLies(world: Told, statuses: Status[]): string[] {
  const last = statuses.at(-1)
  if (last === undefined) return []
  const wanted = LABEL_OF[last.record.phase]
  const live: readonly string[] = LIVE_LABELS
  const found = labelsOf(world).filter((name) => name === 'ask-jules' || live.includes(name))
  const right = wanted === undefined ? found.length === 0 : found.length === 1 && found[0] === wanted
  return right ? [] : [`the labels are ${found.join(', ') || 'none'} in phase ${last.record.phase}`]
}

/** The last lines of what was said to sessions by us; each names its message. */
export function messagesOf(world: Told): string[] {
  return world.jules
    .sessions()
    .flatMap(({ activities }) => activities)
    .map((activity) => lastLine(String(Reflect.get(Object(activity.userMessaged), 'userMessage') ?? '')))
    .filter((line) => line.startsWith('jules-relay: '))
}

/** The ids of the plans that were approved. */
export function approvalsOf(world: Told): string[] {
  return world.jules
    .sessions()
    .flatMap(({ activities }) => activities)
    .flatMap(({ planApproved }) =>
      planApproved === undefined ? [] : [String(Reflect.get(Object(planApproved), 'planId'))],
    )
}

function notesOf(world: Told): string[] {
  return world.github.store.comments.flatMap(({ body }) => noteKey(body) ?? [])
}

/** Other threads and repositories are none of the request's business. */
function foreignWrites(world: Told): string[] {
  const others = world.github.store.threads.filter(({ number, kind }) => kind === 'issue' && number !== world.issue)
  return writes(world)
    .filter(({ path }) => others.some(({ number }) => path.includes(`/issues/${number}/`)))
    .map(({ method, path }) => `${method} ${path}`)
}

function twice(values: string[]): string[] {
  return [...new Set(values.filter((value, at) => values.indexOf(value) !== at))]
}
