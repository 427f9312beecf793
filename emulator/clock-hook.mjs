/**
 * Loaded into a process with `node --import ./emulator/clock-hook.mjs`: from then on `Date`, timers, `AbortSignal.timeout`
 * and the monotonic clock run at the emulated pace, and leap when the world's clock does (see haste.ts). The program
 * itself knows nothing of it. Plain JavaScript, for to load TypeScript would cost every process 50 ms.
 */
import { syncBuiltinESMExports } from 'node:module'
import timers from 'node:timers'
import timersPromises from 'node:timers/promises'
import { promisify } from 'node:util'
import { channelToWorld, tellWhenIdle } from './idle.mjs'

const speed = Number(process.env.EMULATED_CLOCK_SPEED ?? 1)
const epoch = Number(process.env.EMULATED_CLOCK_NOW ?? Date.now())
const isHasty = process.env.EMULATED_CLOCK_HURRY === '1'
delete process.env.EMULATED_CLOCK_HURRY
delete process.env.EMULATED_CLOCK_SPEED
delete process.env.EMULATED_CLOCK_NOW

const RealDate = Date
const realMonotonic = performance.now.bind(performance)
const realTimeout = globalThis.setTimeout
const realClear = globalThis.clearTimeout
const realInterval = globalThis.setInterval
let leapt = 0
/** Emulated milliseconds since the process was started, when the emulated time was given to it. */
const elapsed = () => realMonotonic() * speed + leapt
const emulatedNow = () => Math.floor(epoch + elapsed())

const EmulatedDate = new Proxy(RealDate, {
  construct: (target, given, newTarget) =>
    Reflect.construct(target, given.length === 0 ? [emulatedNow()] : given, newTarget),
  apply: () => new RealDate(emulatedNow()).toString(),
  get: (target, name, receiver) => (name === 'now' ? emulatedNow : Reflect.get(target, name, receiver)),
})

/** All that wait, in the order in which they were set. */
const waiting = new Set()

/** A timer as Node's own is, on the emulated clock. */
class Timer {
  #real
  #isReferenced = true
  constructor(act, delay, repeats) {
    this.act = act
    // As Node has it: what is no number of milliseconds from 1 to 2^31 is one.
    this.delay = delay >= 1 && delay <= 2 ** 31 - 1 ? Math.trunc(delay) : 1
    this.repeats = repeats
    this.refresh()
  }
  refresh() {
    this.due = elapsed() + this.delay
    waiting.delete(this)
    waiting.add(this)
    this.arm()
    return this
  }
  /** Sets the real timer behind it for the time that is left. */
  arm() {
    realClear(this.#real)
    this.#real = realTimeout(() => this.#end(), Math.max(0, this.due - elapsed()) / speed)
    if (!this.#isReferenced) this.#real.unref()
  }
  #end() {
    waiting.delete(this)
    if (this.repeats) this.refresh()
    this.act()
  }
  close() {
    waiting.delete(this)
    realClear(this.#real)
    return this
  }
  ref() {
    this.#isReferenced = true
    this.#real.ref()
    return this
  }
  unref() {
    this.#isReferenced = false
    this.#real.unref()
    return this
  }
  hasRef() {
    return this.#isReferenced
  }
  [Symbol.dispose]() {
    this.close()
  }
}

function emulated(repeats) {
  return (act, delay, ...given) => {
    if (typeof act !== 'function') throw new TypeError('A timer needs a function.')
    return new Timer(() => act(...given), delay, repeats)
  }
}

/** Ends a timer of either kind. */
const clear = (timer) => (timer instanceof Timer ? timer.close() : realClear(timer))

globalThis.Date = EmulatedDate
performance.now = elapsed
globalThis.setTimeout = emulated(false)
globalThis.setInterval = emulated(true)
globalThis.clearTimeout = clear
globalThis.clearInterval = clear
for (const name of ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval']) timers[name] = globalThis[name]
timersPromises.setTimeout = (delay, value, { signal } = {}) =>
  new Promise((resolve, reject) => {
    const abort = () => reject(new DOMException('The operation was aborted', 'AbortError'))
    if (signal?.aborted) return abort()
    const timer = globalThis.setTimeout(() => {
      signal?.removeEventListener('abort', abort)
      resolve(value)
    }, delay)
    signal?.addEventListener('abort', () => abort(timer.close()), { once: true })
  })
// Made anew on top of the timer above: Node's own would be emulated or not, depending on when it was first used.
AbortSignal.timeout = (delay) => {
  const controller = new AbortController()
  const reason = () => new DOMException('The operation was aborted due to timeout', 'TimeoutError')
  setTimeout(() => controller.abort(reason()), delay).unref()
  return controller.signal
}
globalThis.setTimeout[promisify.custom] = timersPromises.setTimeout
syncBuiltinESMExports()

const channel = channelToWorld()
if (channel !== undefined && isHasty) {
  const leap = (ms) => {
    leapt += ms
    for (const timer of [...waiting].sort((one, other) => one.due - other.due)) timer.arm()
  }
  tellWhenIdle({
    channel,
    // A timer that holds nothing up counts only while something else does.
    left: (isHeldUp) =>
      Math.min(...[...waiting].filter((one) => isHeldUp || one.hasRef()).map(({ due }) => due)) - elapsed(),
    leap,
    set: (now) => leap(now - emulatedNow()),
    realInterval,
  })
}
