/** The jobs of one run of the workflow: each starts when those that it needs have ended. */
import { factsOf, secretsFor } from './execute.ts'
import { type Contexts, holds } from './expression.ts'
import { githubContext } from './github-context.ts'
import { type JobResult, type Ready, resultOf, statusBefore, type WorkflowRun } from './needs.ts'
import { type Conclusion, makeRun, type Run } from './run.ts'
import type { RunnerState } from './state.ts'
import { contextsFor, failsFast, legsOf, planJob } from './workflow.ts'
import type { WorkflowJob } from './workflow-file.ts'

/** Starts every job whose turn has come; done when all have ended. */
export function advance(state: RunnerState, whole: WorkflowRun): void {
  for (const job of state.definition.jobs) {
    const isReady = job.needs.every((need) => whole.results.has(need))
    if (isReady && !whole.started.has(job.id) && !whole.results.has(job.id)) admit(state, whole, job)
  }
  if (whole.results.size === state.definition.jobs.length) whole.onDone()
}

/** Cancels every job, but for those whose `if` holds even now. */
export function cancelAll(whole: WorkflowRun, why: string): void {
  whole.cancelledBecause ??= why
  for (const ready of [...whole.started.values()].flat()) cancelOne(ready, why)
}

/** Cancels one job, unless it runs and its `if` holds even now. */
export function cancelOne({ control, plan }: Ready, why: string): void {
  const status = { success: false, failure: false, cancelled: true }
  if (control.run.status === 'in_progress' && holds(plan.job.condition, plan.contexts, status)) return
  control.cancel(why)
}

/** What its expressions see before any job has a token. */
export function contextsOf(
  state: RunnerState,
  whole: Omit<WorkflowRun, 'begin' | 'onDone'>,
  needs: string[] = [],
): Contexts {
  const { delivery } = whole
  const results = needs.flatMap((id) => {
    const result = whole.results.get(id)
    return result === undefined ? [] : [[id, result] as const]
  })
  return contextsFor(state.definition, delivery, {
    github: githubContext(factsOf(state, whole, '')),
    secrets: secretsFor(state, delivery),
    vars: state.vars ?? {},
    needs: Object.fromEntries(results),
  })
}

function admit(state: RunnerState, whole: WorkflowRun, job: WorkflowJob): void {
  const ready = whole.isEvicted ? idle('cancelled') : readyFor(state, whole, job)
  if (!Array.isArray(ready)) {
    whole.started.set(job.id, [])
    if (ready.why !== '') state.skipped.push({ delivery: whole.delivery, why: ready.why })
    settle(state, whole, job, { result: ready.result, outputs: {} })
    return
  }
  whole.started.set(job.id, ready)
  state.runs.push(...ready.map(({ control }) => control.run))
  for (const each of ready) whole.begin(each)
}

/** A job that has no run of its own. */
type Idle = { result: Conclusion; why: string }

function idle(result: Conclusion, why = ''): Idle {
  return { result, why }
}

/** The runs of a job; what becomes of it instead when it has none. */
function readyFor(state: RunnerState, whole: WorkflowRun, job: WorkflowJob): Ready[] | Idle {
  try {
    const contexts = contextsOf(state, whole, job.needs)
    const plan = planJob(state.definition, job, contexts, statusBefore(state.definition.jobs, whole, job))
    // A job of other steps only would have run on GitHub, so those that need it may go on.
    if (!plan.runs && !whole.keepsSkipped) return idle(plan.holds ? 'success' : 'skipped', plan.why)
    const legs = plan.runs ? legsOf(plan) : [{ matrix: {}, contexts, timeoutMinutes: 0, continueOnError: false }]
    if (legs.length === 0) return idle('failure', `Nothing starts: the matrix of '${job.id}' has no values.`)
    return legs.map((leg) => ({ plan, leg, control: controlOf({ state, whole, plan, leg }) }))
  } catch (error) {
    return idle('failure', `Nothing starts: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function controlOf({ state, whole, plan, leg }: { state: RunnerState; whole: WorkflowRun } & Omit<Ready, 'control'>) {
  const { id, attempt, delivery, triggeringActor } = whole
  return makeRun({
    ...{ id, attempt, delivery, triggeringActor },
    job: plan.job.id,
    matrix: leg.matrix,
    why: plan.why,
    clock: state.clock,
    cancelAll: () => cancelAll(whole, 'Cancelled by a person.'),
    onEnd: (run) => {
      state.onEnd?.(run)
      legEnded(state, whole, { run, job: plan.job, contexts: leg.contexts })
    },
  })
}

function legEnded(
  state: RunnerState,
  whole: WorkflowRun,
  ended: { run: Run; job: WorkflowJob; contexts: Contexts },
): void {
  const { run, job, contexts } = ended
  const legs = whole.started.get(job.id) ?? []
  const failed =
    legs.find(({ control }) => control.run === run)?.leg.continueOnError === false && run.conclusion === 'failure'
  if (failed && failsFast(job, contexts)) {
    for (const { control } of legs) control.cancel('Cancelled: another job of the matrix has failed.')
  }
  if (whole.results.has(job.id) || legs.some(({ control }) => control.run.status !== 'completed')) return
  const outputs = Object.assign({}, ...legs.map(({ control }) => control.run.outputs))
  settle(state, whole, job, { result: resultOf(legs), outputs })
}

function settle(state: RunnerState, whole: WorkflowRun, job: WorkflowJob, result: JobResult): void {
  whole.results.set(job.id, result)
  advance(state, whole)
}
