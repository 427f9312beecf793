/** A job that runs, and how it stands. */
import { randomUUID } from 'node:crypto'
import type { ActionDefinition, Stage } from './action-definition.ts'
import { runnerContext } from './environment.ts'
import type { Contexts, Status } from './expression.ts'
import { makeFolders, type RunFolders } from './folders.ts'
import type { RunFacts } from './github-context.ts'
import type { Masker } from './masker.ts'
import { at, textsOf } from './piece.ts'
import type { RunControl } from './run.ts'
import type { RunnerState } from './state.ts'
import type { StepResult } from './step.ts'
import type { WorkflowJob, WorkflowStep } from './workflow-file.ts'

/** What it was given, and what its steps have made of it so far. */
export type Job = {
  state: RunnerState
  control: RunControl
  facts: RunFacts
  /** Without `steps`, `env`, `job` and `runner`, which change or come from here. */
  contexts: Contexts
  masker: Masker
  folders: RunFolders
  debug: boolean
  trackingId: string
  env: Record<string, string>
  /** What steps have put before `PATH`, the newest last. */
  paths: string[]
  steps: Record<string, Pick<StepResult, 'outputs' | 'outcome' | 'conclusion'>>
  hasFailed: boolean
  /** What the stages of a step have saved for those after them. */
  saved: Map<WorkflowStep, Record<string, string>>
  posts: Turn[]
}

/** A step, or a part of it, whose turn it is. */
export type Turn = {
  step: WorkflowStep
  stage: Stage
  name: string
  condition: string
  /** Folder and definition of its action; undefined for steps that this runner does not run. */
  action: { folder: string; definition: ActionDefinition } | undefined
}

type NewJob = Pick<Job, 'state' | 'control' | 'facts' | 'contexts' | 'masker' | 'debug'>

/** Sets a job up, before its first step. */
export function makeJob(given: NewJob, workflowJob: WorkflowJob): Job {
  const { facts, state, contexts } = given
  const outer = textsOf(at(state.definition.piece, 'env'), contexts)
  return {
    ...given,
    folders: makeFolders(facts.repository, facts.event.payload),
    trackingId: `github_${randomUUID()}`,
    env: { ...outer, ...textsOf(at(workflowJob.piece, 'env'), contexts) },
    paths: [],
    steps: {},
    hasFailed: false,
    saved: new Map(),
    posts: [],
  }
}

/** What expressions see at this moment. */
export function contextsOf(job: Job): Contexts {
  const { success, cancelled } = statusOf(job)
  const status = cancelled ? 'cancelled' : success ? 'success' : 'failure'
  const runner = runnerContext(job.folders, job.debug)
  return { ...job.contexts, env: job.env, steps: job.steps, runner, job: { status } }
}

/** How the job stands. */
export function statusOf({ control, hasFailed }: Job): Status {
  const cancelled = control.cancelledBecause !== undefined
  return { success: !cancelled && !hasFailed, failure: !cancelled && hasFailed, cancelled }
}
