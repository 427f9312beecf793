/** Why Jules takes no new session, as far as it can be told. */
import type { Session } from '../session.ts'
import { millis } from './activities/digest.ts'

/** How many of the account's newest sessions are under way, and how many were made in the last day. */
export type Census = { live: number; lastDay: number }

/** The limits of the smallest plan of Jules. An account below one of them has surely not reached it. */
const LEAST_LIVE = 3
const LEAST_A_DAY = 15
export const DAY_MS = 24 * 60 * 60_000

const SETTLED: readonly Session['state'][] = ['COMPLETED', 'FAILED', 'PAUSED']

export function censusOf(sessions: readonly Session[], now: number): Census {
  return {
    live: sessions.filter(({ state }) => !SETTLED.includes(state)).length,
    lastDay: sessions.filter(({ created }) => now - millis(created) < DAY_MS).length,
  }
}

/** The service does not say which limit it was. Too few at work for the one leaves the other, where a day's number fits. */
export function reasonOf(census: Census | undefined): 'daily-quota-full' | 'quota-full' {
  const daily = census !== undefined && census.live < LEAST_LIVE && census.lastDay >= LEAST_A_DAY
  return daily ? 'daily-quota-full' : 'quota-full'
}
