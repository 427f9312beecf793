/** The primary rate limit of a workflow's token: so many calls an hour for each repository. */
import type { Clock } from '../clock.ts'
import { refusal } from './refusal.ts'

const HOUR = 3_600_000

/** Calls an hour for `GITHUB_TOKEN`. */
export const LIMIT = 1_000

export type Rate = {
  /** Counts a call; refuses with 403 when the hour's calls are used up. */
  spend(): undefined
  /** Gives one call back: an answer that nothing changed costs nothing. */
  refund(): void
  /** Where it stands, in GitHub's words. */
  status(): { limit: number; used: number; remaining: number; reset: number }
}

/** A limit that starts with the first call and is renewed every hour. */
export function makeRate(clock: Clock): Rate {
  let used = 0
  let reset = 0
  function renew(): void {
    if (clock.now() < reset) return
    used = 0
    reset = clock.now() + HOUR
  }
  return {
    spend: () => {
      renew()
      if (used >= LIMIT) throw refusal(403, 'API rate limit exceeded for installation.')
      used += 1
      return undefined
    },
    refund: () => {
      used = Math.max(0, used - 1)
    },
    status: () => {
      renew()
      return { limit: LIMIT, used, remaining: LIMIT - used, reset: Math.ceil(reset / 1000) }
    },
  }
}
