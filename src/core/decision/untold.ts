/** Does a tracking comment that nobody keeps up to date tell less than is so? Lists of sessions and comments are enough to say. */
import type { Session } from '../session.ts'
import { IDLE_DONE_MS, STALLED_MS } from './ending.ts'
import type { Tracking } from './observed.ts'
import { PHASE_OF_STATE } from './table.ts'

/** What a session has come to. */
export type Standing = Pick<Session, 'state'> & {
  /** The page of its pull request; '' where there is none. */
  pull: string
  /** When something last happened, milliseconds. */
  latest: number
}

/** A run that was to follow it has ended after so long, however it went. */
export const FOLLOWED_MS = 5 * 60_000

export function isUntold({ record, written, headline }: Tracking, standing: Standing, now: number, waitMs: number) {
  const { state, pull, latest } = standing
  const phase = PHASE_OF_STATE[state]
  const held = record.run !== undefined
  if (phase === 'working') {
    if (pull !== '' && isUnlinked(headline, pull)) return true
    if (record.phase !== 'following') return pull === ''
    if (held && now - written >= waitMs + FOLLOWED_MS) return true
    const idle = pull === '' ? STALLED_MS : IDLE_DONE_MS
    return now - latest >= idle && written - latest < idle
  }
  if (held || latest === 0 || latest >= written) return true
  if (phase === 'failed') return record.phase !== 'failed'
  if (phase !== 'completed') return record.phase !== 'waiting'
  return isUnlinked(headline, pull) || !['settled', 'waiting'].includes(record.phase)
}

function isUnlinked(headline = '', pull: string): boolean {
  return pull !== '' && !headline.includes(`(${pull})`)
}
