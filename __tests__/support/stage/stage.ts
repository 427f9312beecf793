/**
 * Runs the action in threads of this process, hundreds of times where processes would take minutes. What is run is the
 * source; a thread can be killed at any moment as a process can, and takes nothing over from one run to the next.
 */
import { Worker } from 'node:worker_threads'
import type { ActionResult, ActionRun, StartedAction } from '../../../emulator/runner/action-run.ts'
import { type Prepared, prepareAction, resultOf } from '../../../emulator/runner/process.ts'

const performer = new URL('./performer.mjs', import.meta.url)

type Message = { code?: number; error?: string; left?: number; sockets?: number }

export type Stage = {
  start(run: ActionRun): StartedAction
  close(): Promise<void>
}

/** A stage with no thread yet: they are made as they are needed, and used again. */
export function openStage(): Stage {
  const free: Worker[] = []
  const all = new Set<Worker>()

  function take(run: ActionRun): Worker {
    const worker = free.pop() ?? new Worker(performer, { env: run.clock.environment(), stdout: true, stderr: true })
    all.add(worker)
    return worker
  }

  function start(run: ActionRun): StartedAction {
    const prepared = prepareAction(run)
    const worker = take(run)
    let isOver = false
    const done = perform(worker, run, prepared).then((result) => {
      isOver = true
      if (result.signal === null) free.push(worker)
      else all.delete(worker)
      return result
    })
    return {
      pid: worker.threadId,
      cancel: () => isOver || worker.postMessage({ isCancelled: true }),
      kill: (signal) => {
        // The thread may be at the next run by now.
        if (isOver) return
        if (signal === 'SIGINT') worker.postMessage({ isCancelled: true })
        else worker.terminate().catch(() => undefined)
      },
      done,
    }
  }

  return {
    start,
    close: async () => {
      await Promise.all([...all].map((worker) => worker.terminate()))
      all.clear()
    },
  }
}

async function perform(worker: Worker, { clock }: ActionRun, prepared: Prepared): Promise<ActionResult> {
  const listeners: ((message: Message) => void)[] = []
  const hear = (message: Message) => {
    for (const listener of listeners) listener(message)
  }
  const stdout = collect(worker.stdout, prepared)
  const stderr = collect(worker.stderr, prepared)
  worker.on('message', hear)
  const leave = clock.haste?.join({
    tell: (message) => worker.postMessage(message),
    onTold: (listener) => listeners.push((message) => message.code === undefined && listener(message)),
  })
  const { promise, resolve } = Promise.withResolvers<Pick<ActionResult, 'code' | 'signal'>>()
  const exit = () => resolve({ code: null, signal: 'SIGKILL' })
  listeners.push(({ code }) => code !== undefined && resolve({ code, signal: null }))
  worker.once('exit', exit)
  worker.postMessage({ now: clock.now() })
  worker.postMessage({ run: { env: prepared.where.env } })
  const end = await promise
  worker.off('exit', exit)
  leave?.()
  worker.off('message', hear)
  return resultOf(prepared, { ...end, stdout: stdout(), stderr: stderr() })
}

/** Until it is asked for what came. */
function collect(stream: NodeJS.ReadableStream, { log }: Prepared): () => string {
  const lines = log.stream()
  let text = ''
  const take = (piece: Buffer | string) => {
    text += String(piece)
    lines.take(String(piece))
  }
  stream.on('data', take)
  return () => {
    stream.off('data', take)
    lines.end()
    return text
  }
}
