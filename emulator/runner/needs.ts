/** A run of the workflow as a whole, and what its jobs mean to each other. */
import type { Delivery } from '../github/index.ts'
import type { Status } from './expression.ts'
import type { Conclusion, RunControl } from './run.ts'
import type { Leg, PlannedJob } from './workflow.ts'
import type { WorkflowJob } from './workflow-file.ts'

export type JobResult = { result: Conclusion; outputs: Record<string, string> }

/** A run of a job that may begin, and with what. */
export type Ready = { control: RunControl; plan: PlannedJob; leg: Leg }

export type WorkflowRun = {
  id: string
  attempt: number
  delivery: Delivery
  triggeringActor: string
  /** The jobs that have ended, also those of an earlier attempt that are not run again. */
  results: Map<string, JobResult>
  started: Map<string, Ready[]>
  /** Why it was cancelled as a whole. */
  cancelledBecause: string | undefined
  /** It lost its place in the queue: nothing of it starts any more. */
  isEvicted: boolean
  /** Starts what may begin, or keeps it while the workflow waits. */
  begin(ready: Ready): void
  /** Whether jobs that are skipped have runs, too: those of a workflow that waits in a group. */
  keepsSkipped: boolean
  onDone(): void
}

/** What the jobs after it see of a job. */
export function resultOf(legs: Ready[]): Conclusion {
  const conclusions = legs.map(({ control: { run }, leg }) =>
    run.conclusion === 'failure' && leg.continueOnError ? 'success' : run.conclusion,
  )
  return (['failure', 'cancelled', 'skipped'] as const).find((one) => conclusions.includes(one)) ?? 'success'
}

/** `success()` of a job is about all jobs before it, near and far. */
export function statusBefore(jobs: WorkflowJob[], whole: WorkflowRun, job: WorkflowJob): Status {
  const ancestors = new Set(job.needs)
  for (const id of ancestors) {
    for (const need of jobs.find((other) => other.id === id)?.needs ?? []) ancestors.add(need)
  }
  const results = [...ancestors].map((id) => whole.results.get(id)?.result)
  const cancelled = whole.cancelledBecause !== undefined
  return {
    success: !cancelled && results.every((result) => result === 'success'),
    failure: results.includes('failure'),
    cancelled,
  }
}
