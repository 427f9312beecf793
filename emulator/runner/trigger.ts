/** Whether a workflow's `on:` listens to a delivery. */
import type { Delivery } from '../github/index.ts'

/** Events that without `types:` are heard for these activities only; all others for every activity. */
const defaultTypes: Record<string, string[]> = {
  pull_request: ['opened', 'synchronize', 'reopened'],
  pull_request_target: ['opened', 'synchronize', 'reopened'],
}

/** The activity of a delivery, such as `labeled`. */
export function activityOf(delivery: Delivery): string | undefined {
  const action: unknown = Reflect.get(delivery.payload, 'action')
  return typeof action === 'string' ? action : undefined
}

/** Undefined when the workflow listens; otherwise the reason why it does not. */
export function deafness(events: Record<string, unknown>, delivery: Delivery): string | undefined {
  const rule = events[delivery.event]
  if (rule === undefined) return `the workflow does not listen to ${delivery.event}`
  if (delivery.event === 'schedule') return scheduleDeafness(rule, delivery)
  if (isConflicted(delivery)) return 'GitHub starts nothing for a pull request with merge conflicts'
  const activity = activityOf(delivery)
  const types = typesOf(rule) ?? defaultTypes[delivery.event]
  if (activity === undefined || types === undefined || types.includes(activity)) return undefined
  return `the workflow does not listen to ${delivery.event}: ${activity}`
}

/** The values of a dispatch, with the workflow's defaults, booleans as booleans. */
export function dispatchInputs(events: Record<string, unknown>, delivery: Delivery): Record<string, unknown> {
  const declared: unknown = property(events[delivery.event], 'inputs')
  const inputs: Record<string, unknown> = { ...object(property(delivery.payload, 'inputs')) }
  for (const [name, declaration] of Object.entries(object(declared))) {
    const value = inputs[name] ?? property(declaration, 'default') ?? ''
    inputs[name] = property(declaration, 'type') === 'boolean' ? String(value) === 'true' : value
  }
  return inputs
}

function scheduleDeafness(rule: unknown, delivery: Delivery): string | undefined {
  const cron = property(delivery.payload, 'schedule')
  const crons = Array.isArray(rule) ? rule.map((entry) => property(entry, 'cron')) : []
  return crons.includes(cron) ? undefined : `the workflow has no schedule '${cron}'`
}

/** There is no merge commit to run on then. A pull request that is being closed is past that. */
function isConflicted(delivery: Delivery): boolean {
  if (delivery.event !== 'pull_request' || activityOf(delivery) === 'closed') return false
  return property(property(delivery.payload, 'pull_request'), 'mergeable') === false
}

function typesOf(rule: unknown): string[] | undefined {
  const types = property(rule, 'types')
  return Array.isArray(types) ? types.map(String) : undefined
}

function property(value: unknown, name: string): unknown {
  return Reflect.get(object(value), name)
}

function object(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {}
}
