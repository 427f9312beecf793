/** Environment, time, chance and output of the process: from then on each run sees its own of them. */
import { lifeNow, now, startTimer, type Timer } from './life.ts'

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

function ownTime(real: () => number): number {
  const life = lifeNow()
  return life === undefined ? real() : now(life)
}

function isOurs(timer: unknown): timer is Timer {
  return typeof timer === 'object' && timer !== null && Object.hasOwn(timer, 'due') && Object.hasOwn(timer, 'close')
}
