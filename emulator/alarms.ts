/** What is to happen at its time. Milliseconds of the clock that it is made for. */

export type Alarm = {
  due: number
  act(): void
  /** Somebody waits for it. */
  isAwaited: boolean
}

export type Alarms = {
  /** Returns what takes the order back. */
  set(alarm: Alarm): () => void
  all(): Alarm[]
  /** Does whatever is due, in its order, and whatever becomes due by that. */
  ring(): void
  /** Nothing of it happens any more. */
  clear(): void
}

/** The longest delay that a timer of Node takes; a longer one would be over at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

export function makeAlarms(now: () => number, speed: number): Alarms {
  const alarms = new Set<Alarm>()
  let timer: NodeJS.Timeout | undefined

  function ring(): void {
    for (let next = earliest(alarms); next !== undefined && next.due <= now(); next = earliest(alarms)) {
      alarms.delete(next)
      next.act()
    }
    setTimer()
  }

  function setTimer(): void {
    clearTimeout(timer)
    const next = earliest(alarms)
    if (next === undefined) return
    const left = Math.max(0, next.due - now())
    if (speed === 0 && left > 0) return
    const delay = left === 0 ? 1 : Math.ceil(left / speed)
    timer = setTimeout(ring, Math.min(delay, LONGEST_TIMER_MS))
    if (![...alarms].some(({ isAwaited }) => isAwaited)) timer.unref()
  }

  function set(alarm: Alarm): () => void {
    alarms.add(alarm)
    setTimer()
    return () => {
      alarms.delete(alarm)
    }
  }

  function clear(): void {
    alarms.clear()
    clearTimeout(timer)
  }

  return { set, all: () => [...alarms], ring, clear }
}

function earliest(alarms: Set<Alarm>): Alarm | undefined {
  let found: Alarm | undefined
  for (const alarm of alarms) if (found === undefined || alarm.due < found.due) found = alarm
  return found
}
