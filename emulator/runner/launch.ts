/** From a delivery that is listened to, to runs that wait their turn and start. */
import type { Delivery } from '../github/index.ts'
import type { Contender } from './concurrency.ts'
import { contextOf, execute } from './execute.ts'
import { originOf } from './origin.ts'
import { makeRun, type Run, type RunControl } from './run.ts'
import type { RunnerState } from './state.ts'
import { type Concurrency, type PlannedJob, planJobs, workflowConcurrency } from './workflow.ts'

export type Launch = {
  id: string
  attempt: number
  delivery: Delivery
  triggeringActor?: string
  /** Only this job; every job when left out. */
  job?: string
}

type Planned = { control: RunControl; job: PlannedJob }

/** Queues the jobs that run and returns those that do not. */
export function launch(state: RunnerState, given: Launch): PlannedJob[] {
  const triggeringActor = given.triggeringActor ?? originOf(given.delivery, state.github.repository).actor
  const context = contextOf(state, { ...given, triggeringActor }, '')
  const rule = workflowConcurrency(state.definition, given.delivery, context)
  const jobs = planJobs(state.definition, given.delivery, context).filter(
    (job) => given.job === undefined || job.id === given.job,
  )
  const planned = jobs
    .filter((job) => job.runs || rule !== undefined)
    .map((job) => ({ job, control: makeRun({ ...given, triggeringActor, job, clock: state.clock, ...ends(state) }) }))
  state.runs.push(...planned.map(({ control }) => control.run))
  if (rule === undefined) for (const each of planned) begin(state, each, undefined)
  else enterWorkflowGroup(state, planned, rule)
  return jobs.filter((job) => !job.runs)
}

/** The next attempt of a run's job, completed. */
export async function rerun(state: RunnerState, run: Run, triggeringActor = run.triggeringActor): Promise<Run> {
  const attempts = state.runs.filter((other) => other.id === run.id && other.job === run.job)
  const attempt = Math.max(...attempts.map((other) => other.attempt)) + 1
  const before = state.runs.length
  launch(state, { id: run.id, attempt, delivery: run.delivery, job: run.job, triggeringActor })
  const again = state.runs[before]
  if (again === undefined) throw new Error(`The job '${run.job}' would not run again: its conditions no longer hold.`)
  return again.done
}

function ends(state: RunnerState): { onEnd?(run: Run): void } {
  return state.onEnd === undefined ? {} : { onEnd: state.onEnd }
}

/** The workflow's own group is entered before any job's `if` counts: a run that would skip can evict one that would not. */
function enterWorkflowGroup(state: RunnerState, planned: Planned[], rule: Concurrency): void {
  const contender: Contender = {
    start: () => {
      for (const each of planned) begin(state, each, rule)
    },
    evict: (reason) => {
      for (const { control } of planned) control.complete('cancelled', reason)
    },
    interrupt: () => {
      for (const { control } of planned) control.cancel(interrupted(rule))
    },
  }
  const all = Promise.all(planned.map(({ control }) => control.run.done))
  all.then(() => state.groups.leave(rule, contender)).catch(() => undefined)
  state.groups.enter(rule, contender)
}

function begin(state: RunnerState, planned: Planned, outer: Concurrency | undefined): void {
  const { control, job } = planned
  if (control.run.status === 'completed') return
  if (!job.runs) {
    control.complete('skipped')
    return
  }
  const rule = job.concurrency
  if (rule === undefined) {
    execute(state, control)
    return
  }
  if (outer?.group.toLowerCase() === rule.group.toLowerCase()) {
    control.complete('cancelled', `Cancelled: workflow and job wait for each other in the group '${rule.group}'.`)
    return
  }
  const contender: Contender = {
    start: () => execute(state, control),
    evict: (reason) => control.complete('cancelled', reason),
    interrupt: () => control.cancel(interrupted(rule)),
  }
  control.run.done.then(() => state.groups.leave(rule, contender)).catch(() => undefined)
  state.groups.enter(rule, contender)
}

function interrupted(rule: Concurrency): string {
  return `Cancelled: a newer run of the group '${rule.group}' takes its place.`
}
