/** The side of a process in a world whose time may leap (see haste.ts): it tells when nothing happens until a timer ends. */

/** How often it looks, in real milliseconds. */
const LOOK_MS = 2

/**
 * Tells the world's clock over the process's channel whenever only time is waited for, and leaps when it says so.
 * `left`: emulated milliseconds to the next timer; `isHeldUp` where an answer is waited for as well.
 */
export function tellWhenIdle({ left, leap, realInterval }) {
  let told
  let events = -1
  const tell = (key, what) => {
    if (key === told) return
    told = key
    process.send(what, () => undefined)
  }
  process.on('message', ({ leap: ms }) => {
    leap(ms)
    told = undefined
  })
  process.channel.unref()
  realInterval(() => {
    const before = events
    events = performance.nodeTiming.uvMetricsInfo.events
    const busy = process.getActiveResourcesInfo().filter((kind) => kind !== 'Timeout' && kind !== 'PipeWrap')
    const sockets = busy.length
    const next = left(sockets > 0)
    const isIdle = events === before && busy.every((kind) => kind === 'TCPSocketWrap') && Number.isFinite(next)
    if (isIdle) tell(`idle ${sockets}`, { left: next, sockets })
    else tell('busy', {})
  }, LOOK_MS).unref()
}
