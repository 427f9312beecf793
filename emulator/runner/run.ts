/** One run of a workflow's job, in GitHub's words. */
import type { Clock } from '../clock.ts'
import type { Delivery } from '../github/index.ts'
import type { ActionResult, StartedAction } from './process.ts'
import { activityOf } from './trigger.ts'
import type { PlannedJob } from './workflow.ts'

export type Conclusion = 'success' | 'failure' | 'cancelled' | 'skipped'

export type Run = {
  id: string
  attempt: number
  job: string
  /** Name and activity of the event, such as `issues` and `labeled`. */
  event: string
  action: string | undefined
  delivery: Delivery
  triggeringActor: string
  status: 'queued' | 'in_progress' | 'completed'
  conclusion: Conclusion | undefined
  /** Why it runs, waits or has ended as it has. */
  why: string
  /** What the step was given; filled when it starts. */
  with: Record<string, string>
  /** Emulated milliseconds. */
  createdAt: number
  startedAt: number | undefined
  completedAt: number | undefined
  /** The process, once started. */
  started: StartedAction | undefined
  /** What the process left, once ended. */
  result: ActionResult | undefined
  /** Cancels it as a person would: it leaves the queue, or its process is interrupted. */
  cancel(): void
  /** Resolves with the run itself when it is completed. */
  done: Promise<Run>
}

/** A run with what only the runner may do to it. */
export type RunControl = {
  run: Run
  complete(conclusion: Conclusion, why?: string): void
  cancel(why: string): void
  /** Why the run is to end as cancelled, whatever its process returns. */
  cancelledBecause: string | undefined
}

export type NewRun = {
  id: string
  attempt: number
  job: PlannedJob
  delivery: Delivery
  triggeringActor: string
  clock: Clock
  onEnd?(run: Run): void
}

export function makeRun(given: NewRun): RunControl {
  const { promise, resolve } = Promise.withResolvers<Run>()
  const run: Run = {
    id: given.id,
    attempt: given.attempt,
    job: given.job.id,
    event: given.delivery.event,
    action: activityOf(given.delivery),
    delivery: given.delivery,
    triggeringActor: given.triggeringActor,
    status: 'queued',
    conclusion: undefined,
    why: given.job.why,
    with: {},
    createdAt: given.clock.now(),
    startedAt: undefined,
    completedAt: undefined,
    started: undefined,
    result: undefined,
    cancel: () => cancel('Cancelled by a person.'),
    done: promise,
  }
  const control: RunControl = { run, complete, cancel, cancelledBecause: undefined }

  function cancel(why: string): void {
    if (run.status === 'queued') complete('cancelled', why)
    if (run.status !== 'in_progress') return
    control.cancelledBecause ??= why
    run.started?.cancel()
  }

  function complete(conclusion: Conclusion, why = run.why): void {
    if (run.status === 'completed') return
    Object.assign(run, { status: 'completed', conclusion, why, completedAt: given.clock.now() })
    given.onEnd?.(run)
    resolve(run)
  }

  return control
}
