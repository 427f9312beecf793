/** One stage of an action within its job: started, followed, cancelled when need be, and judged. */

import type { ActionResult, StartedAction } from './action-run.ts'
import { type Contexts, holds } from './expression.ts'
import { type Job, statusOf, type Turn } from './job.ts'
import { startAction } from './process.ts'
import type { StepResult, StepSettings } from './step.ts'
import { type Annotation, annotate } from './told.ts'
import { isRemote } from './workflow.ts'

type Performance = {
  job: Job
  turn: Turn
  action: NonNullable<Turn['action']>
  contexts: Contexts
  settings: StepSettings
}

type Interruption = 'cancelled' | 'overdue' | undefined

/** Starts at once, without waiting for anything. */
export async function perform(given: Performance): Promise<StepResult> {
  const { job, turn } = given
  const { run } = job.control
  if (turn.stage !== 'post') expectPost(given)
  const inputs = inputsOf(given)
  if (turn.stage === 'main' && run.result === undefined) run.with = inputs
  const started = start(given, inputs)
  run.started = started
  const interrupted = watch(given, started)
  const result = await started.done
  if (turn.stage === 'main') run.result ??= result
  remember(job, turn, result)
  return judge(given, result, interrupted())
}

/** The action's `post:` runs at the job's end, once, if anything of the action has begun. */
function expectPost({ job, turn, action: { definition } }: Performance): void {
  if (definition.programs.post === undefined || job.posts.some((post) => post.step === turn.step)) return
  const name = `Post ${turn.step.name}`
  job.posts.push({ ...turn, stage: 'post', name, condition: definition.conditions.post })
}

/** The tests' own inputs are for the action under test, not for others beside it. */
function inputsOf({ job: { state }, action, settings }: Performance): Record<string, string> {
  return isUnderTest(state, action) ? { ...settings.with, ...state.inputs } : settings.with
}

function isUnderTest(state: Job['state'], { folder }: Performance['action']): boolean {
  return folder.replace(/\/$/, '') === state.action.replace(/\/$/, '')
}

function start({ job, turn, action, contexts }: Performance, inputs: Record<string, string>): StartedAction {
  const { state, control } = job
  const { uses = '', id } = turn.step
  const begin = (isUnderTest(state, action) ? state.start : undefined) ?? startAction
  return begin({
    ...job.facts,
    action: action.folder,
    stage: turn.stage,
    inputs,
    clock: state.clock,
    environment: state.environment ?? {},
    nodeArguments: state.nodeArguments ?? [],
    onLine: (line) => state.onLine?.(line, control.run),
    folders: job.folders,
    masker: job.masker,
    env: Object.fromEntries(Object.entries(contexts.env ?? {})),
    paths: job.paths,
    state: job.saved.get(turn.step) ?? {},
    step: id,
    ...(isRemote(uses) && { reference: uses }),
    contexts,
    debug: job.debug,
    trackingId: job.trackingId,
  })
}

/** Ends it when it takes too long, or when its job is cancelled, unless its `if` holds even then. */
function watch({ job, turn, contexts, settings }: Performance, started: StartedAction): () => Interruption {
  const { control, state } = job
  let interruption: Interruption
  const interrupt = (why: Interruption) => {
    interruption = why
    started.cancel()
  }
  control.onCancel = () => {
    if (!holds(turn.condition, contexts, statusOf(job))) interrupt('cancelled')
  }
  const { clock } = state
  const limit = settings.timeoutMinutes * 60_000
  const keepTime = limit > 0 ? clock.at(clock.now() + limit, () => interrupt('overdue')) : undefined
  return () => {
    control.onCancel = undefined
    keepTime?.()
    return interruption
  }
}

function remember(job: Job, { step }: Turn, { told }: ActionResult): void {
  Object.assign(job.env, Object.fromEntries(told.variables))
  job.paths = [...job.paths.filter((folder) => !told.paths.includes(folder)), ...told.paths]
  job.saved.set(step, { ...job.saved.get(step), ...Object.fromEntries(told.state) })
}

function judge(given: Performance, result: ActionResult, interruption: Interruption): StepResult {
  const { job, turn, settings } = given
  const { told, summary, outputs } = result
  const problem = problemOf(given, interruption)
  if (problem !== undefined) annotate(told, 'error', problem)
  const outcome = interruption === 'cancelled' ? 'cancelled' : hasFailed(result, interruption) ? 'failure' : 'success'
  return {
    id: turn.step.id,
    name: turn.name,
    stage: turn.stage,
    outcome,
    conclusion: outcome === 'failure' && settings.continueOnError ? 'success' : outcome,
    why: problem ?? endingOf(result),
    outputs,
    summary: summary.split('\n').map(job.masker.mask).join('\n'),
    annotations: [...warnings(given), ...told.annotations],
    result,
  }
}

function hasFailed({ code, told }: ActionResult, interruption: Interruption): boolean {
  return interruption === 'overdue' || code !== 0 || told.failed
}

function problemOf({ turn, settings }: Performance, interruption: Interruption): string | undefined {
  if (interruption === 'cancelled') return 'The operation was canceled.'
  if (interruption === undefined) return undefined
  return `The action '${turn.name}' has timed out after ${settings.timeoutMinutes} minutes.`
}

function endingOf({ code, signal, told }: ActionResult): string {
  if (signal !== null) return `Ended by ${signal}.`
  if (code === 0 && told.failed) return 'The runner refused what it was told; the annotations say why.'
  return `Ended with exit code ${code}.`
}

function warnings({ turn, action: { definition } }: Performance): Annotation[] {
  const { uses = '' } = turn.step
  if (definition.programs.pre === undefined || isRemote(uses)) return []
  return [{ level: 'warning', message: `\`pre\` execution is not supported for local action from '${uses}'` }]
}
