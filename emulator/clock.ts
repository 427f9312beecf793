/**
 * The time of the emulated world: it runs at `speed` times the real time or stands still, can be moved forward by hand,
 * and may leap over the times in which everybody only waits. Milliseconds everywhere. Only this file reads the machine's
 * clock.
 */
import { makeAlarms } from './alarms.ts'
import { type Haste, makeHaste } from './haste.ts'

export type Clock = {
  /** Emulated time, milliseconds since 1970. */
  now(): number
  /** Emulated milliseconds in one real millisecond; 0: the time stands still until it is moved. */
  readonly speed: number
  /**
   * Moves the time forward, and does at once, in order, whatever was to happen until then. Processes that are running
   * already keep their own pace.
   */
  move(ms: number): void
  /** Resolves after so many emulated milliseconds, or when the time is moved past them. */
  wait(ms: number): Promise<void>
  /** Does something at a time, or very soon if that has passed; returns what takes the order back. */
  at(time: number, act: () => void, isAwaited?: boolean): () => void
  /** What a child process needs in its environment to live in the same time (see clock-hook.mjs). */
  environment(): Record<string, string>
  /** Forgets what was to happen, and with it whoever was to do it. */
  stop(): void
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

export function startClock({ speed = 1, epoch = Date.now(), hurry = false }: ClockOptions = {}): Clock {
  if (!(speed >= 0 && speed < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`The speed of a clock is a number from 0 on, not ${speed}.`)
  }
  const base = performance.now()
  let moved = 0
  const now = () => Math.floor(epoch + (performance.now() - base) * speed + moved)
  const alarms = makeAlarms(now, speed)
  const move = (ms: number) => {
    if (!(ms >= 0)) throw new RangeError(`Time only moves forward, not by ${ms} milliseconds.`)
    moved += ms
    alarms.ring()
  }
  const haste = hurry ? makeHaste({ now, leap: move, alarms: alarms.all }) : undefined

  function at(due: number, act: () => void, isAwaited = false): () => void {
    const takeBack = alarms.set({ due, act, isAwaited })
    haste?.consider()
    return takeBack
  }

  return {
    speed,
    now,
    move,
    at,
    wait: (ms) =>
      new Promise((resolve) => {
        at(now() + ms, resolve, true)
      }),
    environment: () => {
      if (speed === 0) {
        throw new Error('No process can live in a time that stands still. Start the world with a speed above 0.')
      }
      const pace = { EMULATED_CLOCK_NOW: String(now()), EMULATED_CLOCK_SPEED: String(speed) }
      return hurry ? { ...pace, EMULATED_CLOCK_HURRY: '1' } : pace
    },
    stop: alarms.clear,
    haste,
  }
}
