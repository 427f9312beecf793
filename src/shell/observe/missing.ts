/** A session that Jules does not know: not yet, not any more, or only for a moment. */
import type { Session } from '../../core/session.ts'
import type { Parties } from '../parties.ts'
import type { Memory } from './memory.ts'

/** A session of ours may be unknown for a while after it was made; later it is gone. */
const GONE_AFTER_MS = 5 * 60_000
const GONE_TIMES = 3
export type SessionSeen = Session | 'gone' | 'foreign' | undefined

/** What is known of it while it is not found. */
export function missing(parties: Parties, memory: Memory, id: string): SessionSeen {
  // Whatever the workflow file names was made long ago.
  if (parties.intent.because.kind === 'session') return 'gone'
  const now = parties.elapsed()
  memory.missingSince ??= isOld(parties, memory, id) ? now - GONE_AFTER_MS : now
  memory.missingTimes += 1
  const gone = memory.missingTimes >= GONE_TIMES && now - memory.missingSince >= GONE_AFTER_MS
  return gone ? 'gone' : memory.session
}

/** Has this run never seen it, though its comment tells of its end, or was written long ago? */
function isOld({ github }: Parties, { session, trackings }: Memory, id: string): boolean {
  const known = session?.id === id ? undefined : [...trackings.values()].find(({ record }) => record.session === id)
  if (known === undefined) return false
  const isOver = known.record.phase !== 'following' && known.record.phase !== 'waiting'
  return isOver || github.now() - known.written >= GONE_AFTER_MS
}
