/**
 * What a run believes to have for itself, though it shares the process with others and with the world: its environment, its
 * time, its chance and its output. Whatever is done on behalf of a run sees its own; everything else sees the machine's.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Clock } from '../../../emulator/clock.ts'

export type Life = {
  env: Record<string, string | undefined>
  clock: Clock
  timers: Set<Timer>
  /** Requests that are not answered. */
  calls: Set<{ sever(): void }>
  random(): number
  print(stream: 'stdout' | 'stderr', text: string): void
  /** Something has happened: it is at work. */
  stir(): void
  isOver: boolean
}

const lives = new AsyncLocalStorage<Life>()

export const lifeNow = (): Life | undefined => lives.getStore()
export const within = <T>(life: Life, act: () => T): T => lives.run(life, act)
export const outside = <T>(act: () => T): T => lives.exit(act)

/** Emulated time, milliseconds since 1970. */
export const now = ({ clock }: Life): number => outside(clock.now)

/** As if the machine had been switched off: no timer ends any more, and no answer comes. */
export function end(life: Life): void {
  life.isOver = true
  for (const timer of life.timers) timer.close()
  for (const call of life.calls) call.sever()
}

/** A timer as Node's own, on the emulated clock. */
export type Timer = {
  due: number
  refresh(): Timer
  close(): Timer
  ref(): Timer
  unref(): Timer
  hasRef(): boolean
}

export function startTimer(life: Life, act: () => void, delay: number, repeats: boolean): Timer {
  let isReferenced = true
  let takeBack = () => {}
  const timer: Timer = {
    due: 0,
    refresh,
    close,
    ref: () => refer(true),
    unref: () => refer(false),
    hasRef: () => isReferenced,
  }
  return refresh()

  function refresh(): Timer {
    close()
    if (life.isOver) return timer
    timer.due = now(life) + Math.max(1, Math.trunc(delay) || 1)
    life.timers.add(timer)
    takeBack = outside(() => life.clock.at(timer.due, ring))
    life.stir()
    return timer
  }

  function ring(): void {
    life.timers.delete(timer)
    life.stir()
    if (repeats) refresh()
    within(life, act)
  }

  function close(): Timer {
    takeBack()
    life.timers.delete(timer)
    return timer
  }

  function refer(is: boolean): Timer {
    isReferenced = is
    return timer
  }
}
