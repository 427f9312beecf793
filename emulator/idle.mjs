import { parentPort } from 'node:worker_threads'

/** The side of a process in a world whose time may leap (see haste.ts): it tells when nothing happens until a timer ends. */

/** How often it looks, in real milliseconds. */
const LOOK_MS = 2
/** What is always there and tells nothing. */
const STANDING = ['Timeout', 'PipeWrap', 'MessagePort']

/** The way to the world's clock, for a process of its own or a thread; undefined: there is none. */
export function channelToWorld() {
  if (process.channel !== undefined) {
    // A world that has died without a word takes its processes along.
    process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
    process.channel.unref()
    return {
      send: (what) => process.send(what, () => undefined),
      listen: (listener) => {
        process.on('message', listener)
        process.channel.unref()
      },
    }
  }
  if (parentPort === null) return undefined
  return {
    send: (what) => parentPort.postMessage(what),
    listen: (listener) => {
      parentPort.on('message', listener)
      parentPort.unref()
    },
  }
}

/**
 * Tells the world's clock over the process's channel whenever only time is waited for, and leaps when it says so.
 * `set` makes the time another one altogether. `left`: emulated milliseconds to the next timer; `isHeldUp` where an answer is waited for as well.
 */
export function tellWhenIdle({ channel, left, leap, set, realInterval }) {
  let told
  let events = -1
  const tell = (key, what) => {
    if (key === told) return
    told = key
    channel.send(what)
  }
  channel.listen((message) => {
    if (message.leap !== undefined) leap(message.leap)
    if (message.now !== undefined) set(message.now)
    told = undefined
  })
  realInterval(() => {
    const before = events
    events = performance.nodeTiming.uvMetricsInfo.events
    const busy = process.getActiveResourcesInfo().filter((kind) => !STANDING.includes(kind))
    const sockets = busy.length
    const next = left(sockets > 0)
    const isIdle = events === before && busy.every((kind) => kind === 'TCPSocketWrap') && Number.isFinite(next)
    if (isIdle) tell(`idle ${sockets}`, { left: next, sockets })
    else tell('busy', {})
  }, LOOK_MS).unref()
}
