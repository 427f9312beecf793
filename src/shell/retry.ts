/** The one owner of retries. Only calls that are safe to repeat come here more than once. */
import { type Facts, ServiceError } from './service-error.ts'

const BASE_MS = 1000
const CAP_MS = 20_000
const CALL_MS = 60_000
const ATTEMPTS = 4
/** GitHub asks for a minute at least where it says that we are too fast, and for more each time. */
const LIMITED_BASE_MS = 60_000
const LIMITED_MS = 3 * LIMITED_BASE_MS
const LIMITED_ATTEMPTS = 3
/** The code of a refusal for this reason. */
export const RATE_LIMITED = 'rate-limited'

export type Patience = {
  /** Milliseconds until the job must end. */
  left(): number
  /** Waits, or ends early when the job is cancelled. */
  pause(ms: number): Promise<void>
  /** Takes one from the run-wide budget of repeats; false when it is used up. */
  spend(): boolean
  random(): number
}

/**
 * Does it, and again while it fails for a passing reason and there is time. A refusal because of a rate limit has surely had no
 * effect, so it is tried again even where `attempts` is 1.
 */
export async function retrying<T>(patience: Patience, act: () => Promise<T>, attempts = ATTEMPTS): Promise<T> {
  const left = patience.left()
  let waited = 0
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await act()
    } catch (error) {
      if (!(error instanceof ServiceError) || !error.facts.passing) throw error
      const { most, ms, delay } = planAfter(error.facts, attempt, attempts, patience.random())
      if (attempt >= most || waited + delay > Math.min(ms, left) || !patience.spend()) throw error
      await patience.pause(delay)
      waited += delay
    }
  }
}

/** How often it is tried at most, how long that may take, and how long to wait now. */
function planAfter({ code, retryAfterMs }: Facts, attempt: number, attempts: number, random: number) {
  if (code !== RATE_LIMITED) return { most: attempts, ms: CALL_MS, delay: delayBefore(attempt, retryAfterMs, random) }
  const delay = retryAfterMs ?? LIMITED_BASE_MS * 2 ** (attempt - 1)
  return { most: LIMITED_ATTEMPTS, ms: LIMITED_MS, delay }
}

/** What the server asks for, else full jitter. */
export function delayBefore(attempt: number, retryAfterMs: number | undefined, random: number): number {
  return retryAfterMs ?? Math.floor(random * Math.min(CAP_MS, BASE_MS * 2 ** attempt))
}

/** When an answer was given, by its `Date`: the clock of the runner may be wrong. */
export function answeredAt(date: string | null): number {
  const time = Date.parse(date ?? '')
  return Number.isNaN(time) ? Date.now() : time
}

/** Milliseconds that a `Retry-After` asks for (seconds or a date); undefined for what is neither. */
export function readRetryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined
  if (/^\d{1,15}$/.test(value.trim())) return Number(value) * 1000
  // `Date.parse` takes almost any number for a date; those of HTTP begin with the name of a day.
  const date = /^[A-Za-z]/.test(value.trim()) ? Date.parse(value) : Number.NaN
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
