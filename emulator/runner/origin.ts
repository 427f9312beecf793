/** What a delivery says about the run that it starts: who, where, at which commit. */
import { createHash } from 'node:crypto'
import type { Delivery } from '../github/index.ts'

export type Origin = { repository: string; repositoryId: number; actor: string; ref: string; sha: string }

export function originOf(delivery: Pick<Delivery, 'event' | 'payload'>, repository: string): Origin {
  const { payload } = delivery
  const branch = dig(payload, ['repository', 'default_branch'])
  const number = delivery.event.startsWith('pull_request') ? dig(payload, ['pull_request', 'number']) : undefined
  const merge = dig(payload, ['pull_request', 'merge_commit_sha'])
  const ref = number === undefined ? `refs/heads/${branch ?? 'main'}` : `refs/pull/${number}/merge`
  return {
    repository,
    repositoryId: Number(dig(payload, ['repository', 'id']) ?? 0),
    actor: String(dig(payload, ['sender', 'login']) ?? repository.split('/')[0]),
    ref,
    sha: number !== undefined && typeof merge === 'string' ? merge : commitOf(`${repository} ${ref}`),
  }
}

/** The `github` context of expressions, without the event. */
export function githubContext(
  origin: Origin,
  run: { id: string; attempt: number; triggeringActor: string; token: string; apiUrl: string; workflow: string },
): Record<string, unknown> {
  return {
    repository: origin.repository,
    repository_id: String(origin.repositoryId),
    repository_owner: origin.repository.split('/')[0],
    actor: origin.actor,
    triggering_actor: run.triggeringActor,
    ref: origin.ref,
    ref_name: origin.ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    sha: origin.sha,
    run_id: run.id,
    run_attempt: String(run.attempt),
    workflow: run.workflow,
    token: run.token,
    server_url: 'https://github.com',
    api_url: run.apiUrl,
    graphql_url: `${run.apiUrl}/graphql`,
  }
}

function commitOf(text: string): string {
  return createHash('sha1').update(text).digest('hex')
}

/** The value at a path of keys in outside data; undefined where the path breaks off. */
export function dig(value: unknown, path: string[]): unknown {
  return path.reduce<unknown>(
    (part, name) => (typeof part === 'object' && part !== null ? Reflect.get(part, name) : undefined),
    value,
  )
}
