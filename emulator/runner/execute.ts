/** One run from its token to its conclusion. */
import type { Delivery } from '../github/index.ts'
import { githubContext, originOf } from './origin.ts'
import { grantsOf, isUntrusted, readOnly } from './permission.ts'
import { type ActionResult, startAction } from './process.ts'
import type { RunControl } from './run.ts'
import type { RunnerState } from './state.ts'
import { type JobContext, type PlannedJob, planJobs } from './workflow.ts'

type Attempt = { id: string; attempt: number; delivery: Delivery; triggeringActor: string }

/** What the workflow's expressions see. */
export function contextOf(state: RunnerState, attempt: Attempt, token: string): JobContext {
  const { repository } = state.github
  const secrets = isUntrusted(attempt.delivery, repository) ? {} : state.secrets
  const github = githubContext(originOf(attempt.delivery, repository), {
    ...attempt,
    token,
    apiUrl: state.apiUrl,
    workflow: state.definition.name,
  })
  return { github, secrets: { ...secrets, GITHUB_TOKEN: token } }
}

/** Starts the action for a run whose turn it is. */
export function execute(state: RunnerState, control: RunControl): void {
  follow(state, control).catch((error: unknown) => {
    control.complete(
      'failure',
      `The runner could not run it: ${error instanceof Error ? error.message : String(error)}`,
    )
  })
}

async function follow(state: RunnerState, control: RunControl): Promise<void> {
  const { run } = control
  const { github, clock } = state
  const untrusted = isUntrusted(run.delivery, github.repository)
  const asked = planned(state, control, '').permissions
  const token = github.mintToken(grantsOf(untrusted ? readOnly(asked) : asked))
  const job = planned(state, control, token)
  run.status = 'in_progress'
  run.startedAt = clock.now()
  run.with = { ...job.with, ...state.inputs }
  run.started = startAction({
    ...originOf(run.delivery, github.repository),
    action: state.action,
    inputs: run.with,
    event: { name: run.event, payload: run.delivery.payload },
    triggeringActor: run.triggeringActor,
    runId: run.id,
    runAttempt: run.attempt,
    workflow: state.definition.name,
    job: run.job,
    token,
    apiUrl: state.apiUrl,
    clock,
    environment: { ...withoutRunnerNames(job.environment), ...state.environment },
    nodeArguments: state.nodeArguments ?? [],
    onLine: (line) => state.onLine?.(line, run),
  })
  state.onStart?.(run)
  const keepTime = clock.at(clock.now() + job.timeoutMinutes * 60_000, () => control.cancel(overdueText(job)))
  run.result = await run.started.done
  keepTime()
  github.revoke(token)
  if (control.cancelledBecause !== undefined) control.complete('cancelled', control.cancelledBecause)
  else control.complete(succeeded(run.result) ? 'success' : 'failure', endingOf(run.result))
}

/** A step whose output file cannot be read fails, whatever its process says. */
function succeeded(result: ActionResult): boolean {
  return (
    result.code === 0 && !result.annotations.some((one) => one.message.startsWith('Unable to process file command'))
  )
}

function endingOf(result: ActionResult): string {
  return result.signal === null ? `Ended with exit code ${result.code}.` : `Ended by ${result.signal}.`
}

function overdueText(job: PlannedJob): string {
  return `Cancelled: the job ran longer than its ${job.timeoutMinutes} minutes.`
}

/** A workflow's `env:` cannot set the runner's own variables. */
function withoutRunnerNames(environment: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !/^(GITHUB|RUNNER)_/i.test(name)))
}

function planned(state: RunnerState, { run }: RunControl, token: string): PlannedJob {
  const jobs = planJobs(state.definition, run.delivery, contextOf(state, run, token))
  const job = jobs.find((candidate) => candidate.id === run.job)
  if (job === undefined) throw new Error(`The workflow has no job '${run.job}'.`)
  return job
}
