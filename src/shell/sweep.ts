/**
 * Garbage collection while much passes through. The collector goes by the number of objects and does not see how large the
 * buffers behind them are, so that a few replies of 20 MiB would leave 100 MiB of garbage behind before it is cleared away.
 */
import { Session } from 'node:inspector'

const EVERY_BYTES = 2 * 1024 * 1024

let passed = 0
let collector: Session | undefined

/** To be told of all bytes that pass; most runs never come to collect anything. */
export function sweepAfter(bytes: number): void {
  passed += bytes
  if (passed < EVERY_BYTES) return
  passed = 0
  if (collector === undefined) {
    collector = new Session()
    collector.connect()
  }
  collector.post('HeapProfiler.collectGarbage')
}
