/** A process of an action: which Node it runs on, how it is cancelled, and when it has ended. */
import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type { Clock } from '../clock.ts'
import { processMember } from '../haste.ts'

export type Child = ChildProcessByStdio<null, Readable, Readable>

/** The runner's patience with a cancelled step: so long after SIGINT comes SIGTERM, so long after SIGINT the kill. */
const terminateAfter = 7_500
const killAfter = 10_000
/** How long it reads on from processes that have outlived the one it started. */
const readAfter = 5_000

/** The Node of the actions: this repository's own, whichever runs the emulator. */
export function nodeOfActions(): string {
  const own = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url))
  return existsSync(own) ? own : process.execPath
}

/** Starts a program, with a channel over which it notices that the world has died, and tells when it only waits. */
export function startProcess(
  given: string[],
  where: { cwd: string; env: Record<string, string> },
  clock: Clock,
): Child {
  const child: ChildProcess = spawn(nodeOfActions(), given, { ...where, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  child.channel?.unref()
  const membership = clock.haste?.join(processMember(child))
  child.once('exit', () => membership?.leave())
  const kill = child.kill.bind(child)
  child.kill = (signal) => {
    // The time must not leap on before the signal is heard. Whoever is stopped hears nothing more.
    if (signal !== 'SIGSTOP') membership?.stir()
    return kill(signal)
  }
  return child as Child
}

/** Cancels once, however often it is called. */
export function cancelOf(child: Child, clock: Clock): () => void {
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

/** Resolves when the process has ended and its output is read, also if a process of its own keeps that open. */
export function ended(child: Child, clock: Clock): Promise<{ code: number | null; signal: string | null }> {
  return new Promise((resolve, reject) => {
    let keepTime = () => {}
    child.once('error', reject)
    child.once('exit', () => {
      keepTime = clock.at(clock.now() + readAfter, () => {
        for (const stream of [child.stdout, child.stderr]) stream.destroy()
      })
    })
    child.once('close', (code, signal) => {
      keepTime()
      resolve({ code, signal })
    })
  })
}
