/** Decides when the emulated time may leap: when every process and every call only waits for it to pass. */
import type { ChildProcess } from 'node:child_process'

export type Haste = {
  /** Takes a process that was started with the clock's environment and a channel for messages into account. */
  join(child: ChildProcess): void
  /** A call has arrived. Returns what tells that it is over. */
  open(): () => void
  /** A call is made to wait on purpose. Returns what tells that it is no longer so. */
  park(): () => void
  /** Something has changed: perhaps the time can leap now. */
  consider(): void
}

export type World = {
  now(): number
  leap(ms: number): void
  /** What is going to happen by itself; what somebody awaits is reason enough to leap. */
  alarms(): { due: number; isAwaited: boolean }[]
}

/** What a process waits for: the end of a timer, and answers over so many connections. */
type Idle = { due: number; sockets: number }

export function makeHaste({ now, leap, alarms }: World): Haste {
  const processes = new Map<ChildProcess, Idle | undefined>()
  let opened = 0
  let parked = 0
  let planned = false

  /** Not at once: what has arrived in the same moment is to be heard first. */
  function consider(): void {
    if (planned) return
    planned = true
    setImmediate(() =>
      setImmediate(() => {
        planned = false
        leapIfIdle()
      }),
    )
  }

  function leapIfIdle(): void {
    const idle = [...processes.values()].filter((one) => one !== undefined)
    const sockets = idle.reduce((sum, one) => sum + one.sockets, 0)
    if (idle.length < processes.size || opened !== parked || sockets !== parked) return
    const reasons = [...idle, ...alarms().filter(({ isAwaited }) => isAwaited)]
    const target = Math.min(...[...(reasons.length > 0 ? alarms() : []), ...reasons].map(({ due }) => due))
    const ms = Math.ceil(target - now())
    if (!(ms > 0 && Number.isFinite(ms))) return
    for (const [child, state] of processes) {
      if (state !== undefined && state.due <= target) processes.set(child, undefined)
      child.send({ leap: ms }, () => undefined)
    }
    leap(ms)
    consider()
  }

  function counted(change: (by: 1 | -1) => void): () => void {
    change(1)
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      change(-1)
      consider()
    }
  }

  return {
    join: (child) => {
      processes.set(child, undefined)
      child.on('message', (told: { left?: number; sockets?: number }) => {
        const { left, sockets = 0 } = told
        if (!processes.has(child)) return
        processes.set(child, left === undefined ? undefined : { due: now() + left, sockets })
        consider()
      })
      child.once('exit', () => {
        processes.delete(child)
        consider()
      })
      child.channel?.unref()
    },
    open: () => counted((by) => (opened += by)),
    park: () => {
      const end = counted((by) => (parked += by))
      consider()
      return end
    },
    consider,
  }
}
