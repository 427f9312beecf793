/** Replies of the Jules API, checked: only the fields we use, and nothing in them makes it throw. */
import { at, clip, flag, has, list, oneOf, text, whole } from '../../core/outside.ts'
import {
  type Activity,
  type Command,
  type Happening,
  type Plan,
  type PullRequest,
  type Session,
  STATES,
} from '../../core/session.ts'
import { isBulk } from '../bulk.ts'
import { readMedia } from './media.ts'
import { IN_FULL } from './sieve.ts'
import { unknownAmong } from './unknown.ts'

/** Ids of plans go into our record, which has its own limit; real ones have 32 characters. */
const ID_LIMIT = 64

export type Page<T> = { items: T[]; next: string }

export type Source = { name: string; owner: string; repo: string }

/** A session. Some replies name it without the prefix. */
export function readSession(reply: unknown): Session {
  const outputs = list(reply, 'outputs')
  // A word for the log and the outputs, whatever stands there.
  const rawState = clip(text(reply, 'state').replace(/[^\w-]/g, '_'), 60) || 'QUEUED'
  return {
    id: readId(reply),
    url: text(reply, 'url'),
    title: text(reply, 'title'),
    prompt: text(reply, 'prompt'),
    state: oneOf(STATES, rawState) ?? 'UNKNOWN',
    rawState,
    source: text(reply, 'sourceContext', 'source'),
    branch: text(reply, 'sourceContext', 'githubRepoContext', 'startingBranch'),
    created: text(reply, 'createTime'),
    updated: text(reply, 'updateTime'),
    pullRequest: outputs.map((output) => readPullRequest(at(output, 'pullRequest'))).find((pull) => pull !== undefined),
    archived: flag(reply, 'archived'),
    ...patchAmong(outputs),
  }
}

/** Some replies have no `id`, and what cannot be one never goes into an address. */
function readId(reply: unknown): string {
  return idOf(text(reply, 'name')) || idOf(text(reply, 'id'))
}

/** `sessions/123`, a session's URL or `123` → `123`; '' for what cannot be an id. */
export function idOf(name: string): string {
  const id = name.slice(name.lastIndexOf('/') + 1)
  return /^[A-Za-z0-9_-]{1,128}$/.test(id) ? id : ''
}

function readPullRequest(value: unknown): PullRequest | undefined {
  const url = text(value, 'url')
  if (url === '') return undefined
  return { url, title: text(value, 'title'), head: text(value, 'headRef'), base: text(value, 'baseRef') }
}

/** The last change set that is not empty. */
function patchAmong(items: unknown[]): Pick<Session, 'patch' | 'bulk'> {
  const patches = items.map((item) => at(item, 'changeSet', 'gitPatch'))
  const last = patches.findLast((patch) => text(patch, 'unidiffPatch') !== '')
  const bulk = at(last, IN_FULL)
  return { patch: text(last, 'unidiffPatch'), ...(isBulk(bulk) && { bulk }) }
}

/** An activity. One without an id cannot be told from others, and is left out. */
export function readActivity(reply: unknown): Activity | undefined {
  const id = readId(reply)
  if (id === '') return undefined
  const artifacts = list(reply, 'artifacts')
  return {
    id,
    at: text(reply, 'createTime'),
    by: oneOf(['user', 'agent'], at(reply, 'originator')) ?? 'system',
    happening: readHappening(reply),
    commands: artifacts.map(readCommand).filter(({ command }) => command !== ''),
    ...patchAmong(artifacts),
    ...readMedia(artifacts),
    ...unknownAmong([reply, ...artifacts]),
  }
}

/** Empty objects carry meaning, so the key decides and not what is in it. */
function readHappening(reply: unknown): Happening {
  if (has(reply, 'planGenerated')) return { kind: 'plan-generated', plan: readPlan(at(reply, 'planGenerated', 'plan')) }
  if (has(reply, 'planApproved')) return { kind: 'plan-approved', plan: planId(text(reply, 'planApproved', 'planId')) }
  if (has(reply, 'userMessaged')) return { kind: 'user-messaged', message: text(reply, 'userMessaged', 'userMessage') }
  if (has(reply, 'agentMessaged'))
    return { kind: 'agent-messaged', message: text(reply, 'agentMessaged', 'agentMessage') }
  if (has(reply, 'progressUpdated')) return readProgress(at(reply, 'progressUpdated'))
  if (has(reply, 'sessionCompleted')) return { kind: 'completed' }
  if (has(reply, 'sessionFailed')) return { kind: 'failed', why: text(reply, 'sessionFailed', 'reason') }
  return { kind: 'unknown' }
}

function readProgress(value: unknown): Happening {
  const description = text(value, 'description')
  return { kind: 'progress', title: cut(text(value, 'title') || description, 500), description: cut(description, 2000) }
}

/** Real ones are hexadecimal; what else there may be would take more room in our record. */
function planId(id: string): string {
  return id.slice(0, ID_LIMIT).replace(/[^\w-]/g, '')
}

function readPlan(value: unknown): Plan {
  const steps = list(value, 'steps').map((step) => ({
    title: cut(text(step, 'title'), 500),
    description: cut(text(step, 'description'), 2000),
  }))
  return { id: planId(text(value, 'id')), steps: steps.slice(0, 100) }
}

/** The command's output can be long and is not told, so it is not kept. */
function readCommand(artifact: unknown): Command {
  const exitCode = whole(artifact, 'bashOutput', 'exitCode') ?? 0
  return { command: cut(text(artifact, 'bashOutput', 'command'), 300), exitCode }
}

/** The beginning of a text, for itself: a mere slice would keep the whole of it in memory. */
function cut(whole: string, limit: number): string {
  return whole.length <= limit ? whole : Buffer.from(clip(whole, limit)).toString()
}

export function readSource(reply: unknown): Source {
  return {
    name: text(reply, 'name'),
    owner: text(reply, 'githubRepo', 'owner'),
    repo: text(reply, 'githubRepo', 'repo'),
  }
}

/** One page of a list. */
export function readPage<T>(reply: unknown, name: string, read: (item: unknown) => T | undefined): Page<T> {
  const items = list(reply, name)
    .map(read)
    .filter((item): item is T & {} => item !== undefined && item !== null)
  return { items, next: text(reply, 'nextPageToken') }
}
