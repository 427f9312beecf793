/** From a workflow and a delivery to the jobs that GitHub would start, with everything that is decided before they start. */
import type { Delivery } from '../github/index.ts'
import { dispatchInputs } from './dispatch.ts'
import { ALL_WELL, type Contexts, holds, type Status } from './expression.ts'
import { type Combination, combinationsOf } from './matrix.ts'
import { asksFor, type Permissions, permissionsOf } from './permission.ts'
import { at, evaluated, type Piece } from './piece.ts'
import type { Workflow, WorkflowJob, WorkflowStep } from './workflow-file.ts'

/** `github.…` beside `event` and `event_name`, the repository's secrets and variables, and the jobs before. */
export type JobContext = {
  github?: Record<string, unknown>
  secrets?: Record<string, string>
  vars?: Record<string, string>
  needs?: Record<string, { result: string; outputs: Record<string, string> }>
}

export type Concurrency = { group: string; cancelInProgress: boolean; queue: 'single' | 'max' }

export type PlannedJob = {
  job: WorkflowJob
  /** Whether its `if` holds, and whether it then has anything to run. */
  holds: boolean
  runs: boolean
  /** Why it runs or does not, as a sentence for a log. */
  why: string
  permissions: Permissions
  /** Job or workflow have `permissions:`. */
  asks: boolean
  contexts: Contexts
}

/** One combination of a job's matrix, ready to be queued. */
export type Leg = {
  matrix: Combination
  contexts: Contexts
  concurrency?: Concurrency
  timeoutMinutes: number
  continueOnError: boolean
}

/** GitHub's own limit for a job that sets none. */
const defaultTimeoutMinutes = 360

/** A job as it stands for this delivery. */
export function planJob(
  workflow: Workflow,
  job: WorkflowJob,
  contexts: Contexts,
  status: Status = ALL_WELL,
): PlannedJob {
  const isWanted = holds(job.condition, contexts, status)
  const runs = isWanted && job.steps.some(usesThisAction)
  const why = isWanted ? 'Skipped: no step of the job uses the action.' : 'Skipped: the job’s `if` does not hold.'
  return {
    job,
    holds: isWanted,
    runs,
    why: runs ? 'Runs: the event is listened to and the job’s `if` holds.' : why,
    permissions: permissionsOf(workflow, job),
    asks: asksFor(workflow, job),
    contexts,
  }
}

/** The runs of a job: one for each combination of its matrix. */
export function legsOf({ job, contexts }: PlannedJob): Leg[] {
  const matrix = evaluated(at(at(job.piece, 'strategy'), 'matrix'), contexts)
  const combinations = combinationsOf(matrix)
  return combinations.map((combination, index) => {
    const strategy = { 'fail-fast': failsFast(job, contexts), 'job-index': index, 'job-total': combinations.length }
    const inner = { ...contexts, matrix: combination, strategy }
    const concurrency = concurrencyOf(at(job.piece, 'concurrency'), inner)
    return {
      matrix: combination,
      contexts: inner,
      ...(concurrency === undefined ? {} : { concurrency }),
      timeoutMinutes: Number(evaluated(at(job.piece, 'timeout-minutes'), inner) ?? defaultTimeoutMinutes),
      continueOnError: evaluated(at(job.piece, 'continue-on-error'), inner) === true,
    }
  })
}

/** Whether the first failure among a matrix’s jobs cancels the others. */
export function failsFast(job: WorkflowJob, contexts: Contexts): boolean {
  return evaluated(at(at(job.piece, 'strategy'), 'fail-fast'), contexts) !== false
}

/** The workflow's own `concurrency:`, which GitHub applies before it looks at any job. */
export function workflowConcurrency(workflow: Workflow, contexts: Contexts): Concurrency | undefined {
  return concurrencyOf(at(workflow.piece, 'concurrency'), contexts)
}

/** Everything that expressions of jobs and steps may name. */
export function contextsFor(workflow: Workflow, delivery: Delivery, context: JobContext): Contexts {
  return {
    github: { ...context.github, event: delivery.payload, event_name: delivery.event },
    inputs: dispatchInputs(workflow.events[delivery.event], delivery),
    secrets: context.secrets ?? {},
    vars: context.vars ?? {},
    needs: context.needs ?? {},
    env: {},
    strategy: {},
    matrix: {},
    steps: {},
    runner: {},
    job: {},
  }
}

/** The action as its users name it, or an action of the checkout. */
export function usesThisAction(step: WorkflowStep): boolean {
  return step.uses !== undefined && (isRemote(step.uses) || step.uses === '.' || step.uses.startsWith('./'))
}

/** `OWNER/jules-relay@ref`, which GitHub downloads before the job's first step. */
export function isRemote(uses: string): boolean {
  return /(^|\/)jules-relay@/.test(uses)
}

function concurrencyOf(piece: Piece, contexts: Contexts): Concurrency | undefined {
  if (piece === null) return undefined
  const value = evaluated(piece, contexts)
  if (typeof value !== 'object' || value === null)
    return { group: String(value), cancelInProgress: false, queue: 'single' }
  return {
    group: String(Reflect.get(value, 'group')),
    cancelInProgress: String(Reflect.get(value, 'cancel-in-progress')) === 'true',
    queue: Reflect.get(value, 'queue') === 'max' ? 'max' : 'single',
  }
}
