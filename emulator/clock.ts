/**
 * The time of the emulated world: it runs at `speed` times the real time, can be moved forward by hand, and may leap
 * over the times in which everybody only waits. Milliseconds everywhere. Only this file reads the machine's clock.
 */
import { type Haste, makeHaste } from './haste.ts'

export type Clock = {
  /** Emulated time, milliseconds since 1970. */
  now(): number
  /** Emulated milliseconds in one real millisecond; 0: the time stands still until it is moved. */
  readonly speed: number
  /** Moves the time forward; processes that are running already keep their own pace. */
  move(ms: number): void
  /** Resolves after so many emulated milliseconds. */
  wait(ms: number): Promise<void>
  /** Does something at a time, or now if that has passed; returns what takes the order back. */
  at(time: number, act: () => void): () => void
  /** What a child process needs in its environment to live in the same time (see clock-hook.mjs). */
  environment(): Record<string, string>
  /** Who is at work, where the time may leap; nothing where it only runs. */
  readonly haste: Haste | undefined
}

export type ClockOptions = {
  speed?: number
  /** Emulated time at the start; the present when left out. */
  epoch?: number
  /** Leaps over the times in which every process that has joined and every call only waits for the time. */
  hurry?: boolean
}

type Alarm = { due: number; act(): void; isAwaited: boolean; timer?: NodeJS.Timeout | undefined }

export function startClock({ speed = 1, epoch = Date.now(), hurry = false }: ClockOptions = {}): Clock {
  const base = performance.now()
  const alarms = new Set<Alarm>()
  let moved = 0
  const now = () => Math.floor(epoch + (performance.now() - base) * speed + moved)

  function arm(alarm: Alarm): void {
    clearTimeout(alarm.timer)
    if (speed === 0) return
    const delay = Math.min(2 ** 31 - 1, Math.max(0, Math.ceil((alarm.due - now()) / speed)))
    alarm.timer = setTimeout(() => ring(), delay)
    if (!alarm.isAwaited) alarm.timer.unref()
  }

  /** Does all that is due, in its order, and sets the timers of the rest anew. */
  function ring(): void {
    for (const alarm of [...alarms].sort((one, other) => one.due - other.due)) {
      if (!alarms.has(alarm)) continue
      if (alarm.due > now()) arm(alarm)
      else {
        cancel(alarm)
        alarm.act()
      }
    }
    haste?.consider()
  }

  function cancel(alarm: Alarm): void {
    clearTimeout(alarm.timer)
    alarms.delete(alarm)
  }

  function set(alarm: Alarm): () => void {
    alarms.add(alarm)
    arm(alarm)
    haste?.consider()
    return () => cancel(alarm)
  }

  function move(ms: number): void {
    moved += ms
    ring()
  }

  const haste = hurry ? makeHaste({ now, leap: move, alarms: () => [...alarms] }) : undefined
  return {
    speed,
    now,
    move,
    wait: (ms) =>
      new Promise((resolve) => {
        set({ due: now() + ms, act: resolve, isAwaited: true })
      }),
    at: (due, act) => set({ due, act, isAwaited: false }),
    environment: () => ({ EMULATED_CLOCK_NOW: String(now()), EMULATED_CLOCK_SPEED: String(speed) }),
    haste,
  }
}
