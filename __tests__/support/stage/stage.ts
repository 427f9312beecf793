/**
 * Runs the action in this process, thousands of times where processes would take hours. What is run is the source; a run can
 * be ended at any moment as a process can, and takes nothing over from those before it or beside it.
 */
import { existsSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ActionResult, ActionRun, StartedAction } from '../../../emulator/runner/action-run.ts'
import { makeFolders, type RunFolders } from '../../../emulator/runner/folders.ts'
import { type Prepared, prepareAction, resultOf } from '../../../emulator/runner/process.ts'
import { main } from '../../../src/main.ts'
import { chance } from './chance.ts'
import { divide } from './divide.ts'
import { watchOver } from './idle.ts'
import { end, type Life, within } from './life.ts'
import { layLine } from './line.ts'
import { divideToolkit } from './toolkit.ts'

export type Stage = {
  start(run: ActionRun): StartedAction
  /** Puts the process back into its own time. */
  close(): Promise<void>
}

type End = Pick<ActionResult, 'code' | 'signal'>

/** Until it is closed, whatever is done for a run happens in the run's own time and surroundings. */
export function openStage(): Stage {
  const putBack = [divide(), layLine(), divideToolkit()]
  const folders = shareFolders()
  let started = 0

  function start(run: ActionRun): StartedAction {
    const prepared = prepareAction({ folders: folders(run), ...run })
    const cancel = new AbortController()
    const { promise, resolve } = Promise.withResolvers<End>()
    const { life, leave, print } = live(run, prepared)
    within(life, () => main(cancel.signal)).then(
      (code) => resolve({ code, signal: null }),
      (error: unknown) => {
        life.print('stderr', String(error instanceof Error ? error.stack : error))
        resolve({ code: 1, signal: null })
      },
    )
    const done = promise.then((how) => {
      end(life)
      leave()
      return resultOf(prepared, { ...how, ...print() })
    })
    const interrupt = () => {
      if (life.isOver) return
      life.stir()
      within(life, () => cancel.abort())
    }
    started += 1
    return {
      pid: started,
      cancel: interrupt,
      kill: (signal) => {
        if (signal === 'SIGINT') return interrupt()
        if (life.isOver) return
        end(life)
        resolve({ code: null, signal: 'SIGKILL' })
      },
      done,
    }
  }

  const close = async () => {
    for (const one of putBack) one()
  }
  return { start, close }
}

/** One set of folders for all runs, as long as nobody has cleaned up: to make them takes longer than most runs. */
function shareFolders(): (run: ActionRun) => RunFolders {
  let shared: RunFolders | undefined
  let made = 0
  return ({ repository, event }) => {
    if (shared === undefined || !existsSync(shared.temp)) shared = makeFolders(repository, {})
    made += 1
    const eventFile = join(dirname(shared.eventFile), `event-${made}.json`)
    writeFileSync(eventFile, JSON.stringify(event.payload))
    return { ...shared, eventFile }
  }
}

function live({ clock }: ActionRun, { where, log }: Prepared) {
  const texts = { stdout: '', stderr: '' }
  const lines = { stdout: log.stream(), stderr: log.stream() }
  const { env } = where
  const life: Life = {
    env: { ...env },
    clock,
    timers: new Set(),
    calls: new Set(),
    random: chance(Number(env.GITHUB_RUN_ID) * 100 + Number(env.GITHUB_RUN_ATTEMPT)),
    print: (stream, text) => {
      if (life.isOver) return
      texts[stream] += text
      lines[stream].take(text)
    },
    stir: () => watch?.stir(),
    isOver: false,
  }
  const watch = watchOver(life)
  const print = () => {
    for (const stream of Object.values(lines)) stream.end()
    return texts
  }
  return { life, leave: () => watch?.leave(), print }
}
