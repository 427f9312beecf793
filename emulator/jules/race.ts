/** A session that was just created may not be found yet, as with Jules. */
import { notFound } from './refusal.ts'
import type { Session } from './session.ts'
import type { Settings } from './settings.ts'
import { nanos } from './timestamp.ts'

/** Refuses a read of a session that is too new; to be called once for every read. */
export function makeRace(settings: Settings, now: () => number): (session: Session) => void {
  const reads = new WeakMap<Session, number>()
  return (session) => {
    const count = (reads.get(session) ?? 0) + 1
    reads.set(session, count)
    const { raceReads, raceSeconds } = settings
    const isYoung = raceSeconds > 0 && nanos(now()) < session.createTime + nanos(raceSeconds * 1000)
    if (count <= raceReads || isYoung) throw notFound()
  }
}
