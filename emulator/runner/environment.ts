/** The environment that a hosted Linux runner gives to an action's process. */
import { join } from 'node:path'
import type { ActionRun } from './action-run.ts'
import type { RunFolders } from './folders.ts'
import { githubContext } from './github-context.ts'

/** What of the `github` context becomes a variable. */
const exposed = new Set([
  'actor',
  'actor_id',
  'api_url',
  'base_ref',
  'event_name',
  'graphql_url',
  'head_ref',
  'job',
  'ref',
  'ref_name',
  'ref_protected',
  'ref_type',
  'repository',
  'repository_id',
  'repository_owner',
  'repository_owner_id',
  'retention_days',
  'run_attempt',
  'run_id',
  'run_number',
  'server_url',
  'sha',
  'triggering_actor',
  'workflow',
  'workflow_ref',
  'workflow_sha',
])

/** What a hosted runner searches; nothing of this machine's own. */
const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** What anything in the workflow's `env:` may replace. */
export function baseVariables(folders: RunFolders): Record<string, string> {
  return { CI: 'true', HOME: folders.home, PATH: systemPath }
}

/** What nothing in the workflow's `env:` can replace. */
export function runnerVariables(run: ActionRun, folders: RunFolders): Record<string, string> {
  const github = Object.entries(githubContext(run)).filter(([name]) => exposed.has(name))
  const runner = Object.entries(runnerContext(folders, run.debug ?? false))
  const [repository = '', ref = ''] = run.reference?.split('@') ?? []
  return {
    GITHUB_ACTION: run.step ?? '__self',
    GITHUB_ACTION_REF: ref,
    GITHUB_ACTION_REPOSITORY: repository,
    GITHUB_ACTIONS: 'true',
    ...Object.fromEntries(github.map(([name, value]) => [`GITHUB_${name.toUpperCase()}`, String(value)])),
    GITHUB_EVENT_PATH: folders.eventFile,
    GITHUB_WORKSPACE: folders.workspace,
    ...Object.fromEntries(runner.map(([name, value]) => [`RUNNER_${name.toUpperCase()}`, value])),
  }
}

/** The `runner` context. */
export function runnerContext(folders: RunFolders, debug: boolean): Record<string, string> {
  return {
    os: 'Linux',
    arch: 'X64',
    name: 'GitHub Actions 1',
    environment: 'github-hosted',
    tool_cache: folders.tools,
    temp: folders.temp,
    workspace: join(folders.workspace, '..'),
    ...(debug && { debug: '1' }),
  }
}

/** `PATH` with the folders that earlier steps have added in front, the newest first. */
export function withPaths(paths: string[], environment: Record<string, string>): Record<string, string> {
  if (paths.length === 0) return environment
  return { ...environment, PATH: [...paths.toReversed(), environment.PATH ?? ''].join(':') }
}
