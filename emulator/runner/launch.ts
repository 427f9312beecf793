/** From a delivery that is listened to, to runs that wait their turn and start. */
import type { Delivery } from '../github/index.ts'
import type { Contender } from './concurrency.ts'
import { execute } from './execute.ts'
import type { JobResult, Ready, WorkflowRun } from './needs.ts'
import { originOf } from './origin.ts'
import type { Run } from './run.ts'
import type { RunnerState } from './state.ts'
import { type Concurrency, workflowConcurrency } from './workflow.ts'
import { advance, cancelAll, cancelOne, contextsOf } from './workflow-run.ts'

export type Launch = {
  id: string
  attempt: number
  delivery: Delivery
  triggeringActor?: string
  /** Jobs of an earlier attempt that are not run again. */
  results?: Map<string, JobResult>
}

/** Queues the jobs that can start, and the others when these have ended. */
export function launch(state: RunnerState, { results = new Map(), ...given }: Launch): WorkflowRun {
  const triggeringActor = given.triggeringActor ?? originOf(given.delivery, state.github.repository).actor
  const facts = { ...given, triggeringActor, results, started: new Map(), cancelledBecause: undefined }
  const plain = { ...facts, isEvicted: false, keepsSkipped: false }
  const rule = workflowConcurrency(state.definition, contextsOf(state, plain))
  const waiting: Ready[] = []
  const whole: WorkflowRun = {
    ...plain,
    keepsSkipped: rule !== undefined,
    begin: (ready) => (rule === undefined ? begin(state, ready) : waiting.push(ready)),
    onDone: () => undefined,
  }
  state.workflowRuns.push(whole)
  if (rule !== undefined) enterWorkflowGroup(state, { whole, rule, waiting })
  else advance(state, whole)
  return whole
}

/** The next attempt of a run's job, and of the jobs that need it; resolves when the job is completed. */
export async function rerun(state: RunnerState, run: Run, triggeringActor = run.triggeringActor): Promise<Run> {
  if (run.status !== 'completed') throw new Error(`Run ${run.id} is not over yet. Run it again when it is.`)
  const earlier = state.workflowRuns.filter((whole) => whole.id === run.id)
  const again = new Set([run.job])
  for (const id of again) {
    for (const job of state.definition.jobs) if (job.needs.includes(id)) again.add(job.id)
  }
  const results = new Map([...(earlier.at(-1)?.results ?? [])].filter(([id]) => !again.has(id)))
  const attempt = Math.max(...earlier.map((whole) => whole.attempt)) + 1
  const { started } = launch(state, { id: run.id, attempt, delivery: run.delivery, triggeringActor, results })
  const runs = (started.get(run.job) ?? []).map(({ control }) => control.run)
  const same = runs.find(({ matrix }) => JSON.stringify(matrix) === JSON.stringify(run.matrix))
  if (same === undefined) throw new Error(`The job '${run.job}' would not run again: its conditions no longer hold.`)
  return same.done
}

type Waiting = { whole: WorkflowRun; rule: Concurrency; waiting: Ready[] }

/** The workflow's own group is entered before any job's `if` counts: a run that would skip can evict one that would not. */
function enterWorkflowGroup(state: RunnerState, { whole, rule, waiting }: Waiting): void {
  const contender: Contender = {
    start: () => {
      whole.begin = (ready) => begin(state, ready, rule)
      for (const ready of waiting) whole.begin(ready)
    },
    evict: (reason) => {
      whole.isEvicted = true
      for (const { control } of waiting) control.complete('cancelled', reason)
    },
    interrupt: () => cancelAll(whole, interrupted(rule)),
  }
  whole.onDone = () => state.groups.leave(rule, contender)
  advance(state, whole)
  state.groups.enter(rule, contender)
}

function begin(state: RunnerState, ready: Ready, outer?: Concurrency): void {
  const { control, plan, leg } = ready
  if (control.run.status === 'completed') return
  if (!plan.runs) {
    control.complete('skipped')
    return
  }
  const rule = leg.concurrency
  if (rule === undefined) {
    execute({ state, ...ready })
    return
  }
  if (outer?.group.toLowerCase() === rule.group.toLowerCase()) {
    control.complete('cancelled', `Cancelled: workflow and job wait for each other in the group '${rule.group}'.`)
    return
  }
  const contender: Contender = {
    start: () => execute({ state, ...ready }),
    evict: (reason) => control.complete('cancelled', reason),
    interrupt: () => cancelOne(ready, interrupted(rule)),
  }
  control.run.done.then(() => state.groups.leave(rule, contender)).catch(() => undefined)
  state.groups.enter(rule, contender)
}

function interrupted(rule: Concurrency): string {
  return `Cancelled: a newer run of the group '${rule.group}' takes its place.`
}
