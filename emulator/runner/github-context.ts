/** The `github` context: what expressions see, and what the runner turns into `GITHUB_…` variables. */
import { commitOf, dig } from './origin.ts'

/** What is known of a run when it starts. */
export type RunFacts = {
  event: { name: string; payload: object }
  repository: string
  repositoryId: number
  actor: string
  triggeringActor?: string
  runId: string
  runAttempt?: number
  workflow?: string
  job?: string
  sha?: string
  ref?: string
  token: string
  apiUrl: string
}

export function githubContext(run: RunFacts): Record<string, unknown> {
  const { event, repository, actor, apiUrl } = run
  const [owner = '', name = ''] = repository.split('/')
  const ref = run.ref ?? 'refs/heads/main'
  const sha = run.sha ?? commitOf(`${repository} ${ref}`)
  return {
    actor,
    actor_id: textAt(event.payload, ['sender', 'id']),
    api_url: apiUrl,
    ...branches(run),
    event: event.payload,
    event_name: event.name,
    graphql_url: `${apiUrl}/graphql`,
    job: run.job ?? 'jules',
    ref,
    ref_name: ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    ref_protected: false,
    ref_type: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    repository,
    repository_id: String(run.repositoryId),
    repository_owner: owner,
    repository_owner_id: textAt(event.payload, ['repository', 'owner', 'id']),
    repositoryUrl: `git://github.com/${repository}.git`,
    retention_days: '90',
    run_attempt: String(run.runAttempt ?? 1),
    run_id: run.runId,
    run_number: run.runId.slice(-4).replace(/^0+(?=\d)/, ''),
    server_url: 'https://github.com',
    sha,
    token: run.token,
    triggering_actor: run.triggeringActor ?? actor,
    workflow: run.workflow ?? 'Jules',
    workflow_ref: `${owner}/${name}/.github/workflows/jules.yml@${ref}`,
    workflow_sha: sha,
  }
}

/** Set for two events only, and empty for all others. */
function branches({ event }: RunFacts): { base_ref: string; head_ref: string } {
  if (event.name !== 'pull_request' && event.name !== 'pull_request_target') return { base_ref: '', head_ref: '' }
  const side = (name: string) => textAt(event.payload, ['pull_request', name, 'ref'])
  return { base_ref: side('base'), head_ref: side('head') }
}

function textAt(payload: object, path: string[]): string {
  return String(dig(payload, path) ?? '')
}
