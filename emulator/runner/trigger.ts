/** Whether a workflow's `on:` listens to a delivery. */
import type { Delivery } from '../github/index.ts'
import { dispatchProblem } from './dispatch.ts'
import { matchesAny } from './glob.ts'
import { dig } from './origin.ts'

/** Events that without `types:` are heard for these activities only; all others for every activity. */
const defaultTypes: Record<string, string[]> = {
  pull_request: ['opened', 'synchronize', 'reopened'],
  pull_request_target: ['opened', 'synchronize', 'reopened'],
}

/** The activity of a delivery, such as `labeled`. */
export function activityOf(delivery: Delivery): string | undefined {
  const action = dig(delivery.payload, ['action'])
  return typeof action === 'string' ? action : undefined
}

/** Undefined when the workflow listens; otherwise the reason why it does not. Files that nobody knows match all paths. */
export function deafness(events: Record<string, unknown>, delivery: Delivery, files?: string[]): string | undefined {
  const { event } = delivery
  const rule = events[event]
  if (rule === undefined) return `the workflow does not listen to ${event}`
  if (event === 'schedule') return scheduleDeafness(rule, delivery)
  if (event === 'workflow_dispatch') return dispatchProblem(rule, delivery)
  if (isConflicted(delivery)) return 'GitHub starts nothing for a pull request with merge conflicts'
  const activity = activityOf(delivery)
  const types = listAt(rule, 'types') ?? defaultTypes[event]
  if (activity !== undefined && types !== undefined && !types.includes(activity)) {
    return `the workflow does not listen to ${event}: ${activity}`
  }
  return refDeafness(rule, delivery) ?? workflowDeafness(rule, delivery) ?? pathDeafness(rule, files)
}

function scheduleDeafness(rule: unknown, delivery: Delivery): string | undefined {
  const cron = dig(delivery.payload, ['schedule'])
  const crons = Array.isArray(rule) ? rule.map((entry) => dig(entry, ['cron'])) : []
  return crons.includes(cron) ? undefined : `the workflow has no schedule '${cron}'`
}

/** There is no merge commit to run on then. A pull request that is being closed is past that. */
function isConflicted(delivery: Delivery): boolean {
  if (delivery.event !== 'pull_request' || activityOf(delivery) === 'closed') return false
  return dig(delivery.payload, ['pull_request', 'mergeable']) === false
}

const branchPaths: Record<string, string[]> = {
  pull_request: ['pull_request', 'base', 'ref'],
  pull_request_target: ['pull_request', 'base', 'ref'],
  workflow_run: ['workflow_run', 'head_branch'],
}

function refDeafness(rule: unknown, { event, payload }: Delivery): string | undefined {
  if (event === 'push') return pushDeafness(rule, payload)
  const path = branchPaths[event]
  return path === undefined ? undefined : nameDeafness(rule, 'branches', String(dig(payload, path)))
}

/** A workflow that names branches only is deaf for tags, and the other way round. */
function pushDeafness(rule: unknown, payload: object): string | undefined {
  if (dig(payload, ['deleted']) === true) return 'GitHub starts nothing when a branch or tag is deleted'
  const ref = String(dig(payload, ['ref']))
  const [kind, other] = ref.startsWith('refs/tags/') ? ['tags', 'branches'] : ['branches', 'tags']
  const name = ref.replace(/^refs\/(heads|tags)\//, '')
  if (!isFiltered(rule, kind) && isFiltered(rule, other)) return `the workflow listens to pushes to ${other} only`
  return nameDeafness(rule, kind, name)
}

function nameDeafness(rule: unknown, filter: string, name: string): string | undefined {
  const wanted = listAt(rule, filter)
  const ignored = listAt(rule, `${filter}-ignore`)
  const passes = wanted === undefined ? !matchesAny(ignored ?? [], name) : matchesAny(wanted, name)
  return passes ? undefined : `'${name}' is not among the ${filter} that the workflow listens to`
}

function workflowDeafness(rule: unknown, { event, payload }: Delivery): string | undefined {
  const name = String(dig(payload, ['workflow_run', 'name']))
  if (event !== 'workflow_run' || listAt(rule, 'workflows')?.includes(name) !== false) return undefined
  return `the workflow does not listen to the workflow '${name}'`
}

/** One file that is wanted, or not ignored, is enough. */
function pathDeafness(rule: unknown, files: string[] | undefined): string | undefined {
  if (files === undefined || !isFiltered(rule, 'paths')) return undefined
  const passes = files.some((file) => nameDeafness(rule, 'paths', file) === undefined)
  return passes ? undefined : 'no changed file is among the paths that the workflow listens to'
}

function isFiltered(rule: unknown, filter = ''): boolean {
  return listAt(rule, filter) !== undefined || listAt(rule, `${filter}-ignore`) !== undefined
}

function listAt(rule: unknown, name: string): string[] | undefined {
  const items = dig(rule, [name])
  return Array.isArray(items) ? items.map(String) : undefined
}
