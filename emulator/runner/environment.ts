/** The environment that a hosted Linux runner gives to an action's process. */
import { createHash } from 'node:crypto'
import { basename, join } from 'node:path'
import type { RunFolders } from './folders.ts'
import type { ActionRun } from './process.ts'

/** Everything but inputs, command files and the clock. Of this process only PATH and HOME go along. */
export function runnerVariables(run: ActionRun, folders: RunFolders): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    CI: 'true',
    ...githubVariables(run),
    GITHUB_EVENT_PATH: folders.eventFile,
    GITHUB_WORKSPACE: folders.workspace,
    RUNNER_ARCH: 'X64',
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_NAME: 'GitHub Actions 1',
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: folders.temp,
    RUNNER_TOOL_CACHE: folders.tools,
    RUNNER_WORKSPACE: join(folders.workspace, '..'),
  }
}

function githubVariables(run: ActionRun): Record<string, string> {
  const [owner = '', name = ''] = run.repository.split('/')
  const ref = run.ref ?? 'refs/heads/main'
  const sha = run.sha ?? createHash('sha1').update(`${run.repository} ${ref}`).digest('hex')
  const workflow = run.workflow ?? 'Jules'
  const workflowPath = `${owner}/${name}/.github/workflows/jules.yml`
  return {
    GITHUB_ACTION: `__${basename(run.action)}`,
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTOR: run.actor,
    GITHUB_API_URL: run.apiUrl,
    GITHUB_BASE_REF: branchName(run.event.payload, 'base'),
    GITHUB_EVENT_NAME: run.event.name,
    GITHUB_GRAPHQL_URL: `${run.apiUrl}/graphql`,
    GITHUB_HEAD_REF: branchName(run.event.payload, 'head'),
    GITHUB_JOB: run.job ?? 'jules',
    GITHUB_REF: ref,
    GITHUB_REF_NAME: ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    GITHUB_REF_PROTECTED: 'false',
    GITHUB_REF_TYPE: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    GITHUB_REPOSITORY: run.repository,
    GITHUB_REPOSITORY_ID: String(run.repositoryId),
    GITHUB_REPOSITORY_OWNER: owner,
    GITHUB_RETENTION_DAYS: '90',
    GITHUB_RUN_ATTEMPT: String(run.runAttempt ?? 1),
    GITHUB_RUN_ID: run.runId,
    GITHUB_RUN_NUMBER: run.runId.slice(-4).replace(/^0+(?=\d)/, ''),
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: sha,
    GITHUB_TRIGGERING_ACTOR: run.triggeringActor ?? run.actor,
    GITHUB_WORKFLOW: workflow,
    GITHUB_WORKFLOW_REF: `${workflowPath}@${ref}`,
    GITHUB_WORKFLOW_SHA: sha,
  }
}

/** `GITHUB_BASE_REF` and `GITHUB_HEAD_REF` are set for pull request events only, and empty elsewhere. */
function branchName(payload: object, side: 'base' | 'head'): string {
  const pullRequest: unknown = Reflect.get(payload, 'pull_request')
  const branch: unknown = isObject(pullRequest) ? Reflect.get(pullRequest, side) : undefined
  const ref: unknown = isObject(branch) ? Reflect.get(branch, 'ref') : undefined
  return typeof ref === 'string' ? ref : ''
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
