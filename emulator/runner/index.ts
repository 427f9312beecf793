/** An Actions runner for one workflow: what GitHub delivers starts the action, under the workflow's own rules. */
import type { Delivery } from '../github/index.ts'
import { readActionDefinition } from './action-definition.ts'
import { changedFiles } from './changed-files.ts'
import { makeConcurrencyGroups } from './concurrency.ts'
import { withDefaults } from './dispatch.ts'
import { launch, rerun } from './launch.ts'
import type { Run } from './run.ts'
import type { RunnerOptions, RunnerState } from './state.ts'
import { deafness } from './trigger.ts'
import { readWorkflow } from './workflow-file.ts'

export type { Conclusion, Run } from './run.ts'
export type { RunnerOptions } from './state.ts'

export type Runner = {
  /** Every run that was queued, oldest first. */
  runs: Run[]
  /** Deliveries and jobs that started nothing, with the reason. */
  skipped: { delivery: Delivery; why: string }[]
  /** Resolves when no run is queued or in progress. */
  idle(): Promise<void>
  /** Runs it again under the same run id with the next attempt; resolves when that attempt is completed. */
  rerun(run: Run, triggeringActor?: string): Promise<Run>
  /** Ends every process and resolves when all have ended; nothing starts from then on. */
  stop(): Promise<void>
}

const firstRunId = 17_364_200_001

export async function startRunner(options: RunnerOptions): Promise<Runner> {
  readActionDefinition(options.action)
  const definition = await readWorkflow(options.workflow)
  const skipped: Runner['skipped'] = []
  const groups = makeConcurrencyGroups()
  const state: RunnerState = { ...options, definition, groups, runs: [], workflowRuns: [], skipped }
  let heard = 0
  let stopped = false

  options.github.onDelivery((delivery) => {
    hear(delivery)
    // What happens to a pull request is told to workflows in two ways.
    if (delivery.event === 'pull_request' && definition.events.pull_request_target !== undefined)
      hear({ ...delivery, event: 'pull_request_target' })
  })

  function hear(delivery: Delivery): void {
    if (stopped) return
    const why = reasonToSkip(state, delivery)
    if (why !== undefined) {
      skipped.push({ delivery, why })
      return
    }
    const filled = withDefaults(definition.events.workflow_dispatch, structuredClone(delivery))
    try {
      launch(state, { id: String(firstRunId + heard), attempt: 1, delivery: filled })
    } catch (error) {
      skipped.push({ delivery, why: `Nothing starts: ${error instanceof Error ? error.message : String(error)}` })
    }
    heard += 1
  }

  return {
    runs: state.runs,
    skipped,
    idle: () => allCompleted(state.runs),
    rerun: (run, triggeringActor) => rerun(state, run, triggeringActor),
    stop: () => {
      stopped = true
      endAll(state)
      return allCompleted(state.runs)
    },
  }
}

/** What a repository's own token does starts nothing, but for a dispatch. */
function reasonToSkip(state: RunnerState, delivery: Delivery): string | undefined {
  if (delivery.cause === 'github-token' && !/^(workflow|repository)_dispatch$/.test(delivery.event)) {
    return 'Nothing starts: GITHUB_TOKEN caused the event.'
  }
  const deaf = deafness(state.definition.events, delivery, changedFiles(delivery, state.github.store))
  return deaf === undefined ? undefined : `Nothing starts: ${deaf}.`
}

/** The queue first, or an ending process would let the next one start. */
function endAll({ runs, workflowRuns }: RunnerState): void {
  for (const whole of workflowRuns) whole.isEvicted = true
  for (const run of runs) if (run.status === 'queued') run.cancel()
  for (const run of runs) if (run.status === 'in_progress') run.lose()
}

async function allCompleted(runs: Run[]): Promise<void> {
  let open = runs.filter((run) => run.status !== 'completed')
  while (open.length > 0) {
    await Promise.all(open.map((run) => run.done))
    open = runs.filter((run) => run.status !== 'completed')
  }
}
