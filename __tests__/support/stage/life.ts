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

function ownTime(real: () => number): number {
  const life = lifeNow()
  return life === undefined ? real() : now(life)
}

/** As if the machine had been switched off: no timer ends any more, and no answer comes. */
export function end(life: Life): void {
  life.isOver = true
  for (const timer of life.timers) timer.close()
  for (const call of life.calls) call.sever()
}

/** A timer as Node's own, on the emulated clock. */
type Timer = {
  due: number
  refresh(): Timer
  close(): Timer
  ref(): Timer
  unref(): Timer
  hasRef(): boolean
}

function startTimer(life: Life, act: () => void, delay: number, repeats: boolean): Timer {
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

/** Gives every run its own from now on. Returns what puts everything back. */
export function divide(): () => void {
  const { Date: RealDate, setTimeout, setInterval, clearTimeout, clearInterval } = globalThis
  const { env } = process
  const { random } = Math
  const { timeout } = AbortSignal
  const monotonic = performance.now
  const { stdout, stderr } = process
  const [writeOut, writeErr] = [stdout.write, stderr.write]

  const timing = (real: typeof setTimeout | typeof setInterval, repeats: boolean) =>
    ((act: (...given: unknown[]) => void, delay = 0, ...given: unknown[]) => {
      const life = lifeNow()
      return life === undefined ? real(act, delay, ...given) : startTimer(life, () => act(...given), delay, repeats)
    }) as typeof setTimeout
  const clearing = (real: typeof clearTimeout) => (timer: unknown) => {
    if (isOurs(timer)) timer.close()
    else real(timer as NodeJS.Timeout)
  }
  const writing = (stream: 'stdout' | 'stderr', real: typeof writeOut) =>
    function write(this: NodeJS.WriteStream, ...given: Parameters<typeof writeOut>) {
      const life = lifeNow()
      if (life === undefined) return real.apply(this, given)
      life.print(stream, String(given[0]))
      return true
    } as typeof writeOut

  globalThis.setTimeout = timing(setTimeout, false)
  globalThis.setInterval = timing(setInterval, true) as typeof setInterval
  globalThis.clearTimeout = clearing(clearTimeout)
  globalThis.clearInterval = clearing(clearInterval)
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, given, made) =>
      Reflect.construct(target, given.length > 0 ? given : [ownTime(RealDate.now)], made),
    get: (target, name) => (name === 'now' ? () => ownTime(RealDate.now) : Reflect.get(target, name)),
  })
  performance.now = () => ownTime(() => monotonic.call(performance))
  Math.random = () => lifeNow()?.random() ?? random()
  AbortSignal.timeout = (delay) => {
    if (lifeNow() === undefined) return timeout.call(AbortSignal, delay)
    const controller = new AbortController()
    const reason = () => new DOMException('The operation was aborted due to timeout', 'TimeoutError')
    globalThis.setTimeout(() => controller.abort(reason()), delay).unref()
    return controller.signal
  }
  process.env = new Proxy(env, {
    get: (target, name) => Reflect.get(lifeNow()?.env ?? target, name),
    has: (target, name) => Reflect.has(lifeNow()?.env ?? target, name),
    set: (target, name, value) => Reflect.set(lifeNow()?.env ?? target, name, value),
    deleteProperty: (target, name) => Reflect.deleteProperty(lifeNow()?.env ?? target, name),
  })
  stdout.write = writing('stdout', writeOut)
  stderr.write = writing('stderr', writeErr)

  return () => {
    Object.assign(globalThis, { Date: RealDate, setTimeout, setInterval, clearTimeout, clearInterval })
    performance.now = monotonic
    Math.random = random
    AbortSignal.timeout = timeout
    process.env = env
    stdout.write = writeOut
    stderr.write = writeErr
  }
}

function isOurs(timer: unknown): timer is Timer {
  return typeof timer === 'object' && timer !== null && Object.hasOwn(timer, 'due') && Object.hasOwn(timer, 'close')
}
