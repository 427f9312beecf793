/** Starts an action's program as the real runner does, and reads what it leaves behind. */
import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import type { Clock } from '../clock.ts'
import { inputVariables, readActionDefinition, unexpectedInputs } from './action-definition.ts'
import type { Command } from './command.ts'
import { type CommandFiles, makeCommandFiles } from './command-files.ts'
import { runnerVariables } from './environment.ts'
import { makeFolders } from './folders.ts'
import { type Annotation, type Log, startLog } from './log.ts'

export { cleanUp } from './folders.ts'

/** The runner's patience with a cancelled step: so long after SIGINT comes SIGTERM, so long after SIGINT the kill. */
const terminateAfter = 7_500
const killAfter = 10_000
const clockHook = new URL('../clock-hook.mjs', import.meta.url).href

/** One start of an action: what `with:` gives, the event, and who runs it where. */
export type ActionRun = {
  /** Folder with action.yml. */
  action: string
  inputs: Record<string, string>
  event: { name: string; payload: object }
  repository: string
  repositoryId: number
  actor: string
  triggeringActor?: string
  runId: string
  runAttempt?: number
  workflow?: string
  job?: string
  sha?: string
  ref?: string
  token: string
  apiUrl: string
  clock: Clock
  /** Wins over what the runner sets. */
  environment?: Record<string, string>
  nodeArguments?: string[]
  /** Gets every printed line, masked values hidden. */
  onLine?(line: string): void
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

type Child = ChildProcessByStdio<null, Readable, Readable>

function start({ clock }: ActionRun, given: string[], where: { cwd: string; env: Record<string, string> }): Child {
  if (clock.haste === undefined) return spawn(process.execPath, given, { ...where, stdio: ['ignore', 'pipe', 'pipe'] })
  const child: ChildProcess = spawn(process.execPath, given, { ...where, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  clock.haste.join(child)
  return child as Child
}

export function startAction(run: ActionRun): StartedAction {
  const definition = readActionDefinition(run.action)
  const folders = makeFolders(run.repository, run.event.payload)
  const files = makeCommandFiles(folders.commands)
  const environment = {
    ...runnerVariables(run, folders),
    ...files.variables,
    ...run.environment,
    ...inputVariables(definition, run.inputs, { github: { token: run.token, repository: run.repository } }),
    ...run.clock.environment(),
  }
  const child = start(run, ['--import', clockHook, ...(run.nodeArguments ?? []), definition.main], {
    cwd: folders.workspace,
    env: environment,
  })
  const log = startLog(run.onLine)
  for (const name of unexpectedInputs(definition, run.inputs)) {
    log.annotations.push({ level: 'warning', message: `Unexpected input '${name}': action.yml does not name it.` })
  }
  return {
    pid: child.pid ?? -1,
    cancel: cancelOf(child, run.clock),
    kill: (signal) => child.kill(signal),
    done: finish({ child, log, files, folder: folders.temp }),
  }
}

function cancelOf(child: Child, clock: Clock): () => void {
  let orders: (() => void)[] = []
  child.once('exit', () => {
    for (const takeBack of orders) takeBack()
  })
  return () => {
    if (orders.length > 0 || child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGINT')
    orders = [
      clock.at(clock.now() + terminateAfter, () => child.kill('SIGTERM')),
      clock.at(clock.now() + killAfter, () => child.kill('SIGKILL')),
    ]
  }
}

type Running = { child: Child; log: Log; files: CommandFiles; folder: string }

async function finish({ child, log, files, folder }: Running): Promise<ActionResult> {
  const stdout = collect(child.stdout, log)
  const stderr = collect(child.stderr, log)
  const ended = await new Promise<Pick<ActionResult, 'code' | 'signal'>>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code, signal }))
  })
  const { problems, ...left } = files.read()
  log.annotations.push(...problems)
  const { commands, masks, annotations } = log
  const outputs = { ...printedOutputs(commands), ...left.outputs }
  return { ...ended, ...left, outputs, stdout: stdout(), stderr: stderr(), commands, masks, annotations, folder }
}

/** `::set-output` is deprecated, but the runner still obeys it. */
function printedOutputs(commands: Command[]): Record<string, string> {
  const set = commands.filter((command) => command.command === 'set-output')
  return Object.fromEntries(set.map((command) => [command.properties.name ?? '', command.value]))
}

function collect(stream: Readable, log: Log): () => string {
  const lines = log.stream()
  let text = ''
  stream.setEncoding('utf8')
  stream.on('data', (piece: string) => {
    text += piece
    lines.take(piece)
  })
  stream.once('end', () => lines.end())
  return () => text
}
