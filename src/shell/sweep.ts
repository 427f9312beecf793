/**
 * Garbage collection while much passes through. The collector goes by the number of objects and does not see how large the
 * buffers behind them are, so that a reply of 20 MiB would leave 50 MiB of garbage behind before it is cleared away.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const EVERY_BYTES = 2 * 1024 * 1024

let passed = 0
let collect: (() => void) | undefined

/** To be told of all bytes that pass; most runs never come to collect anything. */
export function sweepAfter(bytes: number): void {
  passed += bytes
  if (passed < EVERY_BYTES) return
  passed = 0
  collect ??= collector()
  collect()
}

function collector(): () => void {
  setFlagsFromString('--expose-gc')
  const found: unknown = runInNewContext('gc')
  return () => {
    if (typeof found === 'function') Reflect.apply(found, undefined, [])
  }
}
