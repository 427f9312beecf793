/** What a runner is given, and what it remembers. */

import type { Clock } from '../clock.ts'
import type { Delivery, GitHub } from '../github/index.ts'
import type { ActionRun, StartedAction } from './action-run.ts'
import type { ConcurrencyGroups } from './concurrency.ts'
import type { WorkflowRun } from './needs.ts'
import type { Run } from './run.ts'
import type { Workflow } from './workflow-file.ts'

export type RunnerOptions = {
  github: GitHub
  clock: Clock
  /** Text of the workflow file. */
  workflow: string
  /** Folder with action.yml. */
  action: string
  secrets: Record<string, string>
  /** The `vars` context. */
  vars?: Record<string, string>
  apiUrl: string
  /** Values added to the `with:` of every step that uses the action. */
  inputs?: Record<string, string>
  environment?: Record<string, string>
  nodeArguments?: string[]
  /** Another way to start the action under test than a process of its own. */
  start?(run: ActionRun): StartedAction
  onStart?(run: Run): void
  onLine?(line: string, run: Run): void
  onEnd?(run: Run): void
}

export type RunnerState = RunnerOptions & {
  definition: Workflow
  groups: ConcurrencyGroups
  runs: Run[]
  workflowRuns: WorkflowRun[]
  /** Deliveries and jobs that started nothing, with the reason. */
  skipped: { delivery: Delivery; why: string }[]
}
