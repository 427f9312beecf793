/**
 * The time of the emulated world: it runs at `speed` times the real time, and can be moved forward by hand.
 * Milliseconds everywhere. Only this file reads the machine's clock.
 */
export type Clock = {
  /** Emulated time, milliseconds since 1970. */
  now(): number
  /** Emulated milliseconds in one real millisecond. */
  readonly speed: number
  /** Moves the time forward; processes that are running already keep their own pace. */
  move(ms: number): void
  /** Resolves after so many emulated milliseconds. */
  wait(ms: number): Promise<void>
  /** What a child process needs in its environment to live in the same time (see clock-hook.mjs). */
  environment(): Record<string, string>
}

export type ClockOptions = {
  speed?: number
  /** Emulated time at the start; the present when left out. */
  epoch?: number
}

export function startClock({ speed = 1, epoch = Date.now() }: ClockOptions = {}): Clock {
  const base = performance.now()
  let moved = 0
  const now = () => Math.floor(epoch + (performance.now() - base) * speed + moved)
  return {
    speed,
    now,
    move: (ms) => {
      moved += ms
    },
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms / speed)),
    environment: () => ({ EMULATED_CLOCK_NOW: String(now()), EMULATED_CLOCK_SPEED: String(speed) }),
  }
}
