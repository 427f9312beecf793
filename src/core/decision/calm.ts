/** What new activities say of the session itself. */
import type { Digest } from './activities/digest.ts'

/** Has it told of progress since, and of nothing else? Then the work goes on, and its state need not be asked for. */
export function isMereProgress(before: Digest, now: Digest): boolean {
  const told = now.count - before.count
  return told > 0 && now.progressCount - before.progressCount === told
}
