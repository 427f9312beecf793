/** One run of a workflow's job, in GitHub's words. */
import type { Clock } from '../clock.ts'
import type { Delivery } from '../github/index.ts'
import type { ActionResult, StartedAction } from './action-run.ts'
import type { Combination } from './matrix.ts'
import type { StepResult } from './step.ts'
import { activityOf } from './trigger.ts'

export type Conclusion = 'success' | 'failure' | 'cancelled' | 'skipped'

export type Run = {
  id: string
  attempt: number
  job: string
  /** Its values of `strategy.matrix`; empty without one. */
  matrix: Combination
  /** Name and activity of the event, such as `issues` and `labeled`. */
  event: string
  action: string | undefined
  delivery: Delivery
  triggeringActor: string
  status: 'queued' | 'in_progress' | 'completed'
  conclusion: Conclusion | undefined
  /** Why it runs, waits or has ended as it has. */
  why: string
  /** What the first step that uses the action was given; filled when that starts. */
  with: Record<string, string>
  /** All steps so far, also those that were skipped, with `pre:` and `post:`. */
  steps: StepResult[]
  /** The job's `outputs:`. */
  outputs: Record<string, string>
  /** Emulated milliseconds. */
  createdAt: number
  startedAt: number | undefined
  completedAt: number | undefined
  /** The process that was started last. */
  started: StartedAction | undefined
  /** What the first step that uses the action left, once its program has ended. */
  result: ActionResult | undefined
  /** Cancels the whole workflow run as a person would: its jobs leave the queue, or their steps are interrupted. */
  cancel(): void
  /** Its runner is lost, as when a machine dies: the process is killed, no step and no `post:` follows. */
  lose(): void
  /** Resolves with the run itself when it is completed. */
  done: Promise<Run>
}

/** A run with what only the runner may do to it. */
export type RunControl = {
  run: Run
  complete(conclusion: Conclusion, why?: string): void
  /** Cancels this job alone. */
  cancel(why: string): void
  /** Why the run is to end as cancelled, whatever its process returns. */
  cancelledBecause: string | undefined
  /** Set when nothing of the job may run any more. */
  isLost: boolean
  /** What its running job does when it is cancelled. */
  onCancel: (() => void) | undefined
}

/** How long GitHub waits for a cancelled job before it ends everything by force. */
const cancelWithin = 5 * 60_000

export type NewRun = {
  id: string
  attempt: number
  job: string
  matrix: Combination
  why: string
  delivery: Delivery
  triggeringActor: string
  clock: Clock
  /** Cancels every job of the workflow run. */
  cancelAll(): void
  onEnd(run: Run): void
}

export function makeRun({ clock, cancelAll, onEnd, ...given }: NewRun): RunControl {
  const { promise, resolve } = Promise.withResolvers<Run>()
  const run: Run = {
    ...given,
    event: given.delivery.event,
    action: activityOf(given.delivery),
    status: 'queued',
    conclusion: undefined,
    with: {},
    steps: [],
    outputs: {},
    createdAt: clock.now(),
    startedAt: undefined,
    completedAt: undefined,
    started: undefined,
    result: undefined,
    cancel: cancelAll,
    lose,
    done: promise,
  }
  const control: RunControl = { run, complete, cancel, cancelledBecause: undefined, isLost: false, onCancel: undefined }

  function cancel(why: string): void {
    if (run.status === 'queued') complete('cancelled', why)
    if (run.status !== 'in_progress' || control.cancelledBecause !== undefined) return
    control.cancelledBecause = why
    control.onCancel?.()
    const keepTime = clock.at(clock.now() + cancelWithin, lose)
    promise.finally(keepTime).catch(() => undefined)
  }

  function lose(): void {
    if (run.status !== 'in_progress') return
    control.isLost = true
    run.started?.kill('SIGKILL')
  }

  function complete(conclusion: Conclusion, why = run.why): void {
    if (run.status === 'completed') return
    Object.assign(run, { status: 'completed', conclusion, why, completedAt: clock.now() })
    onEnd(run)
    resolve(run)
  }

  return control
}
