/** What a delivery says about the run that it starts: who, where, at which commit. */
import { createHash } from 'node:crypto'
import type { Delivery } from '../github/index.ts'

export type Origin = { repository: string; repositoryId: number; actor: string; ref: string; sha: string }

export function originOf(delivery: Pick<Delivery, 'event' | 'payload'>, repository: string): Origin {
  const { payload } = delivery
  const ref = refOf(delivery)
  const told = delivery.event === 'push' ? dig(payload, ['after']) : mergeCommit(delivery)
  return {
    repository,
    repositoryId: Number(dig(payload, ['repository', 'id']) ?? 0),
    actor: String(dig(payload, ['sender', 'login']) ?? repository.split('/')[0]),
    ref,
    sha: typeof told === 'string' ? told : commitOf(`${repository} ${ref}`),
  }
}

/** Events of a pull request run on its merge, but for the one that is made to be trusted; all others on a branch. */
function refOf(delivery: Pick<Delivery, 'event' | 'payload'>): string {
  const { event, payload } = delivery
  if (isOnMerge(event) && dig(payload, ['pull_request', 'number']) !== undefined) {
    const merged = dig(payload, ['pull_request', 'merged']) === true
    if (event === 'pull_request' && merged) return `refs/heads/${dig(payload, ['pull_request', 'base', 'ref'])}`
    return `refs/pull/${dig(payload, ['pull_request', 'number'])}/merge`
  }
  const given = event === 'push' || event === 'workflow_dispatch' ? dig(payload, ['ref']) : undefined
  if (typeof given === 'string' && given !== '') return given.startsWith('refs/') ? given : `refs/heads/${given}`
  return `refs/heads/${dig(payload, ['repository', 'default_branch']) ?? 'main'}`
}

function isOnMerge(event: string): boolean {
  return event.startsWith('pull_request') && event !== 'pull_request_target'
}

function mergeCommit({ event, payload }: Pick<Delivery, 'event' | 'payload'>): unknown {
  return isOnMerge(event) ? dig(payload, ['pull_request', 'merge_commit_sha']) : undefined
}

/** The commit of a branch or merge that the event does not tell. */
export function commitOf(text: string): string {
  return createHash('sha1').update(text).digest('hex')
}

/** The value at a path of keys in outside data; undefined where the path breaks off. */
export function dig(value: unknown, path: string[]): unknown {
  return path.reduce<unknown>(
    (part, name) => (typeof part === 'object' && part !== null ? Reflect.get(part, name) : undefined),
    value,
  )
}
