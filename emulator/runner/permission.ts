/** What a job's token may do. */
import type { Delivery } from '../github/index.ts'
import { dig } from './origin.ts'
import { at, evaluated, type Piece } from './piece.ts'
import type { Workflow, WorkflowJob } from './workflow-file.ts'

export type Permissions = Record<string, 'read' | 'write'>

const scopes = [
  'actions',
  'attestations',
  'checks',
  'contents',
  'deployments',
  'discussions',
  'issues',
  'packages',
  'pages',
  'pull-requests',
  'security-events',
  'statuses',
]

/** What a repository with GitHub's present defaults gives to a job that asks for nothing. */
const unasked: Permissions = { contents: 'read', packages: 'read' }

const eventsWithoutTrust = new Set([
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
  'push',
  'create',
  'deployment',
  'deployment_status',
])

/** The job's `permissions:`, else the workflow's, else the repository's default. */
export function permissionsOf(workflow: Workflow, job: WorkflowJob): Permissions {
  const asked = askerOf(workflow, job)
  return asked === undefined ? unasked : readPermissions(evaluated(at(asked, 'permissions'), {}))
}

/** Whether job or workflow say anything of permissions. */
export function asksFor(workflow: Workflow, job: WorkflowJob): boolean {
  return askerOf(workflow, job) !== undefined
}

function askerOf(workflow: Workflow, job: WorkflowJob): Piece | undefined {
  return [job.piece, workflow.piece].find((piece) => mentions(piece, 'permissions'))
}

/** Pull requests of forks and Dependabot's own events get no secrets. */
export function isUntrusted(delivery: Delivery, repository: string): boolean {
  if (!eventsWithoutTrust.has(delivery.event)) return false
  return isFromFork(delivery, repository) || dig(delivery.payload, ['sender', 'login']) === 'dependabot[bot]'
}

/** What a job's token may do in the end: a fork's only reads, and Dependabot's too where nothing is asked for. */
export function granted(plan: { permissions: Permissions; asks: boolean }, delivery: Delivery, repository: string) {
  if (!isUntrusted(delivery, repository)) return plan.permissions
  return isFromFork(delivery, repository) || !plan.asks ? readOnly(plan.permissions) : plan.permissions
}

function isFromFork({ payload }: Delivery, repository: string): boolean {
  const pullRequest = dig(payload, ['pull_request'])
  return pullRequest !== undefined && dig(pullRequest, ['head', 'repo', 'full_name']) !== repository
}

/** The permissions as the API spells them: `pull_requests` for a workflow's `pull-requests`. */
export function grantsOf(permissions: Permissions): Permissions {
  return Object.fromEntries(Object.entries(permissions).map(([scope, access]) => [scope.replaceAll('-', '_'), access]))
}

/** The same scopes, to read. */
function readOnly(permissions: Permissions): Permissions {
  return Object.fromEntries(Object.keys(permissions).map((scope) => [scope, 'read']))
}

function readPermissions(value: unknown): Permissions {
  if (value === 'read-all' || value === 'write-all') {
    const access = value === 'read-all' ? 'read' : 'write'
    return Object.fromEntries(scopes.map((scope) => [scope, access]))
  }
  const permissions: Permissions = {}
  for (const [scope, access] of Object.entries(value ?? {})) {
    if (access === 'read' || access === 'write') permissions[scope] = access
  }
  return permissions
}

function mentions(piece: Piece, key: string): boolean {
  return typeof piece === 'object' && piece !== null && piece.type === 2 && piece.map.some((entry) => entry.Key === key)
}
