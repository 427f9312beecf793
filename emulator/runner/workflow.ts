/** From a workflow and a delivery to the jobs that GitHub would start, with everything they are given. */
import type { Delivery } from '../github/index.ts'
import { type Contexts, holds } from './expression.ts'
import { type Permissions, permissionsOf } from './permission.ts'
import { at, evaluated, type Piece, textsOf } from './piece.ts'
import { deafness, dispatchInputs } from './trigger.ts'
import { readWorkflow, type Workflow, type WorkflowJob, type WorkflowStep } from './workflow-file.ts'

/** `github.…` beside `event` and `event_name`, and the repository's secrets and variables. */
export type JobContext = {
  github?: Record<string, unknown>
  secrets?: Record<string, string>
  vars?: Record<string, string>
}

export type Concurrency = { group: string; cancelInProgress: boolean; queue: 'single' | 'max' }

export type PlannedJob = {
  id: string
  runs: boolean
  /** Why it runs or does not, as a sentence for a log. */
  why: string
  /** `with:` of the step that uses the action, evaluated; empty where the job does not run. */
  with: Record<string, string>
  /** `env:` of workflow, job and step, evaluated. */
  environment: Record<string, string>
  permissions: Permissions
  concurrency?: Concurrency
  timeoutMinutes: number
  /** Steps that are not the action; they are not run. */
  skippedSteps: string[]
}

/** GitHub's own limit for a job that sets none. */
const defaultTimeoutMinutes = 360

/** The jobs of a workflow, as they stand for this delivery. */
export async function jobsFor(workflowText: string, delivery: Delivery, context: JobContext): Promise<PlannedJob[]> {
  return planJobs(await readWorkflow(workflowText), delivery, context)
}

export function planJobs(workflow: Workflow, delivery: Delivery, context: JobContext): PlannedJob[] {
  const deaf = deafness(workflow.events, delivery)
  const contexts = contextsFor(workflow, delivery, context)
  return workflow.jobs.map((job) => {
    if (deaf !== undefined) return idleJob(workflow, job, `Nothing starts: ${deaf}.`)
    if (!holds(job.condition, contexts)) return idleJob(workflow, job, 'Skipped: the job’s `if` does not hold.')
    const step = job.steps.find(usesThisAction)
    if (step === undefined) return idleJob(workflow, job, 'Skipped: no step of the job uses the action.')
    if (!holds(step.condition, contexts)) return idleJob(workflow, job, 'Skipped: the step’s `if` does not hold.')
    return plannedJob({ workflow, job, step, contexts })
  })
}

/** The workflow's own `concurrency:`, which GitHub applies before it looks at any job. */
export function workflowConcurrency(
  workflow: Workflow,
  delivery: Delivery,
  context: JobContext,
): Concurrency | undefined {
  return concurrencyOf(at(workflow.piece, 'concurrency'), contextsFor(workflow, delivery, context))
}

function contextsFor(workflow: Workflow, delivery: Delivery, context: JobContext): Contexts {
  const github = { ...context.github, event_name: delivery.event, event: delivery.payload }
  return {
    github,
    inputs: dispatchInputs(workflow.events, delivery),
    secrets: context.secrets ?? {},
    vars: context.vars ?? {},
    env: {},
    needs: {},
    strategy: {},
    matrix: {},
    steps: {},
    runner: { os: 'Linux', arch: 'X64' },
    job: { status: 'success' },
  }
}

function plannedJob(found: {
  workflow: Workflow
  job: WorkflowJob
  step: WorkflowStep
  contexts: Contexts
}): PlannedJob {
  const { workflow, job, step, contexts } = found
  const outer = {
    ...textsOf(at(workflow.piece, 'env'), contexts),
    ...textsOf(at(job.piece, 'env'), contexts),
  }
  const environment = { ...outer, ...textsOf(at(step.piece, 'env'), { ...contexts, env: outer }) }
  const concurrency = concurrencyOf(at(job.piece, 'concurrency'), contexts)
  return {
    ...idleJob(workflow, job, 'Runs: the event is listened to and the job’s `if` holds.'),
    runs: true,
    with: textsOf(at(step.piece, 'with'), { ...contexts, env: environment }),
    environment,
    ...(concurrency === undefined ? {} : { concurrency }),
    timeoutMinutes: Number(evaluated(at(job.piece, 'timeout-minutes'), contexts) ?? defaultTimeoutMinutes),
    skippedSteps: job.steps.filter((other) => other !== step).map((other) => other.name),
  }
}

function idleJob(workflow: Workflow, job: WorkflowJob, why: string): PlannedJob {
  return {
    id: job.id,
    runs: false,
    why,
    with: {},
    environment: {},
    permissions: permissionsOf(workflow, job),
    timeoutMinutes: defaultTimeoutMinutes,
    skippedSteps: [],
  }
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

/** The action as its users name it, or from the checkout. */
function usesThisAction(step: WorkflowStep): boolean {
  return step.uses !== undefined && (/(^|\/)jules-relay@/.test(step.uses) || step.uses.startsWith('./'))
}
