/** What an action's program is started with, and what it leaves. */
import type { Clock } from '../clock.ts'
import type { Stage } from './action-definition.ts'
import type { Command } from './command.ts'
import type { Contexts } from './expression.ts'
import type { RunFolders } from './folders.ts'
import type { RunFacts } from './github-context.ts'
import type { Masker } from './masker.ts'
import type { Annotation, Told } from './told.ts'

/** One start of an action: what `with:` gives, the event, and who runs it where. */
export type ActionRun = RunFacts & {
  /** Folder with action.yml. */
  action: string
  /** Which of its programs; `main` when left out. */
  stage?: Stage
  inputs: Record<string, string>
  clock: Clock
  /** Wins over what the runner sets. */
  environment?: Record<string, string>
  nodeArguments?: string[]
  /** Gets every printed line, masked values hidden. */
  onLine?(line: string): void
} & Partial<InJob>

/** What a job knows of one of its steps; an action that is started alone goes without. */
type InJob = {
  folders: RunFolders
  masker: Masker
  /** The workflow's `env:` with what earlier steps have added; the runner's own names win. */
  env: Record<string, string>
  /** What earlier steps have put before `PATH`, the newest last. */
  paths: string[]
  /** What the stages before this one have saved. */
  state: Record<string, string>
  /** The step's id. */
  step: string
  /** `owner/name@ref`, unless the action comes from the checkout. */
  reference: string
  /** For the defaults of inputs. */
  contexts: Contexts
  debug: boolean
  /** Marks every process of the job. */
  trackingId: string
}

/** What became of a run. `stdout`, `stderr` and `summary` are as written, before the runner's masking. */
export type ActionResult = {
  code: number | null
  signal: string | null
  stdout: string
  stderr: string
  outputs: Record<string, string>
  summary: string
  environmentFile: string
  pathFile: string
  commands: Command[]
  masks: string[]
  annotations: Annotation[]
  /** Everything it told the runner. */
  told: Told
  /** `RUNNER_TEMP` of the run; there until `cleanUp`. */
  folder: string
}

/** An action that was started. */
export type StartedAction = {
  pid: number
  /** Cancels as the runner does: SIGINT, after 7.5 s SIGTERM, 2.5 s later SIGKILL, in emulated time. */
  cancel(): void
  kill(signal: NodeJS.Signals): void
  done: Promise<ActionResult>
}
