/** One job from its token to its conclusion. */
import type { Delivery } from '../github/index.ts'
import { githubContext, type RunFacts } from './github-context.ts'
import { contextsOf, type Job, makeJob } from './job.ts'
import { makeMasker } from './masker.ts'
import { originOf } from './origin.ts'
import { endOrphans } from './orphans.ts'
import { granted, grantsOf, isUntrusted } from './permission.ts'
import { at, textsOf } from './piece.ts'
import type { RunControl } from './run.ts'
import type { RunnerState } from './state.ts'
import { runSteps } from './steps.ts'
import type { Leg, PlannedJob } from './workflow.ts'

type Execution = { state: RunnerState; control: RunControl; plan: PlannedJob; leg: Leg }

type Attempt = { id: string; attempt: number; triggeringActor: string; delivery: Delivery }

/** What is known of a run of a job, with its token. */
export function factsOf(state: RunnerState, run: Attempt, token: string): RunFacts {
  const { delivery } = run
  return {
    ...originOf(delivery, state.github.repository),
    event: { name: delivery.event, payload: delivery.payload },
    triggeringActor: run.triggeringActor,
    runId: run.id,
    runAttempt: run.attempt,
    workflow: state.definition.name,
    token,
    apiUrl: state.apiUrl,
  }
}

/** The repository's secrets, as far as this event may see them. */
export function secretsFor(state: RunnerState, delivery: Delivery): Record<string, string> {
  return isUntrusted(delivery, state.github.repository) ? {} : state.secrets
}

/** Starts the job of a run whose turn it is. */
export function execute(given: Execution): void {
  follow(given).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error)
    given.control.complete('failure', `The runner could not run it: ${why}`)
  })
}

async function follow({ state, control, plan, leg }: Execution): Promise<void> {
  const { run } = control
  const { github, clock } = state
  const token = github.mintToken(grantsOf(granted(plan, run.delivery, github.repository)))
  run.status = 'in_progress'
  run.startedAt = clock.now()
  const keepTime = clock.at(clock.now() + leg.timeoutMinutes * 60_000, () => control.cancel(overdueText(leg)))
  let job: Job | undefined
  try {
    job = jobOf({ state, control, plan, leg }, token)
    const ended = runSteps(job, plan.job.steps)
    state.onStart?.(run)
    await ended
    if (!control.isLost) run.outputs = outputsOf(job, plan)
  } finally {
    keepTime()
    github.revoke(token)
    if (job !== undefined) endOrphans(job.trackingId)
  }
  conclude(control, job)
}

function jobOf({ state, control, plan, leg }: Execution, token: string): Job {
  const { run } = control
  const facts = { ...factsOf(state, run, token), job: run.job }
  const secrets = { ...secretsFor(state, run.delivery), GITHUB_TOKEN: token }
  const masker = makeMasker([...Object.values(secrets), btoa(`x-access-token:${token}`)])
  const debug = (state.secrets.ACTIONS_STEP_DEBUG ?? state.vars?.ACTIONS_STEP_DEBUG) === 'true'
  const contexts = { ...leg.contexts, github: githubContext(facts), secrets }
  return makeJob({ state, control, facts, contexts, masker, debug }, plan.job)
}

/** An output that holds a secret is not handed on. */
function outputsOf(job: Job, plan: PlannedJob): Record<string, string> {
  const outputs = Object.entries(textsOf(at(plan.job.piece, 'outputs'), contextsOf(job)))
  return Object.fromEntries(outputs.filter(([, value]) => value !== '' && job.masker.mask(value) === value))
}

function conclude(control: RunControl, { hasFailed }: Job): void {
  const { steps } = control.run
  const last = steps.findLast(({ conclusion, result }) => (hasFailed ? conclusion === 'failure' : result !== undefined))
  if (control.cancelledBecause !== undefined) control.complete('cancelled', control.cancelledBecause)
  else if (control.isLost) control.complete('failure', 'The runner was lost.')
  else control.complete(hasFailed ? 'failure' : 'success', last?.why ?? 'No step had to run.')
}

function overdueText({ timeoutMinutes }: Leg): string {
  return `Cancelled: the job ran longer than its ${timeoutMinutes} minutes.`
}
