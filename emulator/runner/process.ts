/** Starts an action's program as the real runner does, and reads what it leaves behind. */
import type { Readable } from 'node:stream'
import type { Clock } from '../clock.ts'
import { type ActionDefinition, inputVariables, inputWarnings, readActionDefinition } from './action-definition.ts'
import type { ActionResult, ActionRun, StartedAction } from './action-run.ts'
import { type Child, cancelOf, ended, startProcess } from './child.ts'
import { type CommandFiles, makeCommandFiles } from './command-files.ts'
import { baseVariables, runnerContext, runnerVariables, withPaths } from './environment.ts'
import { makeFolders, type RunFolders } from './folders.ts'
import { githubContext } from './github-context.ts'
import { type Log, startLog } from './log.ts'
import { makeMasker } from './masker.ts'
import { annotate, makeTold, type Told } from './told.ts'

export type { ActionResult, ActionRun, StartedAction } from './action-run.ts'
export { cleanUp } from './folders.ts'

const clockHook = new URL('../clock-hook.mjs', import.meta.url).href

export function startAction(run: ActionRun): StartedAction {
  const { program, where, log, files, told, folder } = prepareAction(run)
  const child = startProcess(['--import', clockHook, ...(run.nodeArguments ?? []), program], where, run.clock)
  return {
    pid: child.pid ?? -1,
    cancel: cancelOf(child, run.clock),
    kill: (signal) => child.kill(signal),
    done: finish({ child, log, told, files, folder, clock: run.clock }),
  }
}

/** What is to be started, and what will be read of it. */
export type Prepared = {
  program: string
  where: { cwd: string; env: Record<string, string> }
  log: Log
  files: CommandFiles
  told: Told
  folder: string
}

/** Makes everything ready for a start. */
export function prepareAction(run: ActionRun): Prepared {
  const definition = readActionDefinition(run.action)
  const folders = run.folders ?? makeFolders(run.repository, run.event.payload)
  const files = makeCommandFiles(folders.commands)
  const env = run.env ?? {}
  const told = makeTold(run.masker ?? makeMasker())
  const program = definition.programs[run.stage ?? 'main'] ?? ''
  const where = {
    cwd: folders.workspace,
    env: {
      ...environmentOf(run, definition, folders),
      ...files.variables,
      ...run.environment,
      ...run.clock.environment(),
    },
  }
  const log = startLog({ told, environment: env, onLine: run.onLine })
  for (const message of inputWarnings(definition, run.inputs)) annotate(told, 'warning', message)
  return { program, where, log, files, told, folder: folders.temp }
}

/** In the runner's order: what stands further down wins. */
function environmentOf(run: ActionRun, definition: ActionDefinition, folders: RunFolders): Record<string, string> {
  const contexts = run.contexts ?? { github: githubContext(run), runner: runnerContext(folders, false) }
  const state = Object.entries(run.state ?? {}).map(([name, value]) => [`STATE_${name}`, value])
  return {
    ...withPaths(run.paths ?? [], { ...baseVariables(folders), ...run.env }),
    ...Object.fromEntries(state),
    ...inputVariables(definition, run.inputs, contexts),
    ...runnerVariables(run, folders),
    ...(run.trackingId !== undefined && { RUNNER_TRACKING_ID: run.trackingId }),
  }
}

type Running = Pick<Prepared, 'log' | 'told' | 'files' | 'folder'> & { child: Child; clock: Clock }

async function finish({ child, log, told, files, folder, clock }: Running): Promise<ActionResult> {
  const stdout = collect(child.stdout, log)
  const stderr = collect(child.stderr, log)
  const end = await ended(child, clock)
  return resultOf({ log, told, files, folder }, { ...end, stdout: stdout(), stderr: stderr() })
}

/** What a start has left behind, once it has ended. */
export function resultOf(
  { log, told, files, folder }: Pick<Prepared, 'log' | 'told' | 'files' | 'folder'>,
  end: Pick<ActionResult, 'code' | 'signal' | 'stdout' | 'stderr'>,
): ActionResult {
  const left = files.read(told)
  const { commands, masks } = log
  return {
    ...end,
    ...left,
    outputs: Object.fromEntries(told.outputs),
    commands,
    masks,
    annotations: told.annotations,
    told,
    folder,
  }
}

function collect(stream: Readable, log: Log): () => string {
  const lines = log.stream()
  let text = ''
  stream.setEncoding('utf8')
  stream.on('data', (piece: string) => {
    text += piece
    lines.take(piece)
  })
  stream.once('close', () => lines.end())
  return () => text
}
