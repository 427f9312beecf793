/**
 * Loaded into a process with `node --import ./emulator/clock-hook.mjs`: from then on `Date`, timers, `AbortSignal.timeout`
 * and the monotonic clock run at the emulated pace. The program itself knows nothing of it. Plain JavaScript, for to load
 * TypeScript would cost every process 50 ms.
 */
import { syncBuiltinESMExports } from 'node:module'
import timers from 'node:timers'
import timersPromises from 'node:timers/promises'

const speed = Number(process.env.EMULATED_CLOCK_SPEED ?? 1)
const epoch = Number(process.env.EMULATED_CLOCK_NOW ?? Date.now())
delete process.env.EMULATED_CLOCK_SPEED
delete process.env.EMULATED_CLOCK_NOW

const RealDate = Date
const realMonotonic = performance.now.bind(performance)
// The monotonic clock counts from the start of the process, when the emulated time was given to it.
const base = 0
const emulatedNow = () => Math.floor(epoch + (realMonotonic() - base) * speed)

const EmulatedDate = new Proxy(RealDate, {
  construct: (target, given, newTarget) =>
    Reflect.construct(target, given.length === 0 ? [emulatedNow()] : given, newTarget),
  apply: () => new RealDate(emulatedNow()).toString(),
  get: (target, name, receiver) => (name === 'now' ? emulatedNow : Reflect.get(target, name, receiver)),
})

/** Makes a timer function wait `1 / speed` of the time; everything else about it stays. */
function hastened(timer, delayAt) {
  return new Proxy(timer, {
    apply: (target, self, given) => {
      const delay = given[delayAt]
      if (typeof delay === 'number') given[delayAt] = delay / speed
      return Reflect.apply(target, self, given)
    },
  })
}

globalThis.Date = EmulatedDate
performance.now = () => base + (realMonotonic() - base) * speed
globalThis.setTimeout = hastened(setTimeout, 1)
globalThis.setInterval = hastened(setInterval, 1)
timers.setTimeout = globalThis.setTimeout
timers.setInterval = globalThis.setInterval
timersPromises.setTimeout = hastened(timersPromises.setTimeout, 0)
// Made anew on top of the timer above: Node's own would be hastened or not, depending on when it was first used.
AbortSignal.timeout = (delay) => {
  const controller = new AbortController()
  const reason = () => new DOMException('The operation was aborted due to timeout', 'TimeoutError')
  setTimeout(() => controller.abort(reason()), delay).unref()
  return controller.signal
}
syncBuiltinESMExports()
