/** GitHub's rate limits: so many calls an hour, so many points a minute, and not too much new content. All in emulated time. */
import type { Clock } from '../clock.ts'
import { type Holder, kindOf, type Resource, type Standing, tooFast, usedUp } from './limit-refusal.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

export type LimitSettings = {
  /** Calls an hour of a workflow's own token, for each repository. */
  workflow: number
  /** Calls an hour of an app. */
  app: number
  /** Calls an hour of a person. */
  person: number
  /** Calls an hour without a token. */
  anonymous: number
  /** A read is one point, a write five. */
  pointsPerMinute: number
  /** New comments and issues. */
  contentPerMinute: number
  contentPerHour: number
  /** How a refusal for haste looks. */
  secondaryStatus: 403 | 429
  /** Its `Retry-After`; null for none, an empty text for a blank one. */
  retryAfter: string | null
}

/** GitHub's own figures. */
const LIMITS: LimitSettings = {
  workflow: 1_000,
  app: 5_000,
  person: 5_000,
  anonymous: 60,
  pointsPerMinute: 900,
  contentPerMinute: 80,
  contentPerHour: 500,
  secondaryStatus: 403,
  retryAfter: '60',
}

/** What a call costs. */
export type Price = { resource: Resource; points: number; content: boolean }

type Spent = { used: number; reset: number; points: { at: number; points: number }[]; content: number[] }

export type Limits = {
  /** Replaces some of the figures; `Infinity` points, or new content, is no such limit. */
  set(settings: Partial<LimitSettings>): void
  /** Uses up the hour's calls of everybody, for so many minutes. */
  exhaust(minutes?: number): void
  /** GitHub's own figures again, and nothing spent. */
  reset(): void
  /** Counts a call, or refuses it. */
  spend(holder: Holder, price: Price): void
  /** Gives one call back: an answer that nothing changed costs nothing. */
  refund(holder: Holder): void
  /** Where someone stands, in GitHub's words. */
  status(holder: Holder, resource: Resource): Standing
}

/** An hour starts with the first call in it, and everybody has their own. */
export function makeLimits(clock: Clock, given: Partial<LimitSettings> = {}): Limits {
  const settings: LimitSettings = { ...LIMITS, ...given }
  const ledger = new Map<string, Spent>()
  let emptyUntil = 0

  function accountOf(holder: Holder, resource: Resource): Spent {
    const name = `${kindOf(holder)} ${holder.actor.person.id} ${resource}`
    const spent = ledger.get(name) ?? { used: 0, reset: 0, points: [], content: [] }
    ledger.set(name, spent)
    if (clock.now() >= spent.reset) Object.assign(spent, { used: 0, reset: clock.now() + HOUR })
    return spent
  }

  function status(holder: Holder, resource: Resource): Standing {
    const limit = settings[kindOf(holder)]
    const empty = clock.now() < emptyUntil
    const spent = accountOf(holder, resource)
    const used = empty ? limit : Math.min(spent.used, limit)
    return { limit, used, remaining: limit - used, reset: Math.ceil((empty ? emptyUntil : spent.reset) / 1000) }
  }

  return {
    status,
    set: (some) => Object.assign(settings, some),
    exhaust: (minutes = 60) => {
      emptyUntil = clock.now() + minutes * MINUTE
    },
    reset: () => {
      Object.assign(settings, LIMITS)
      ledger.clear()
      emptyUntil = 0
    },
    spend: (holder, price) => {
      if (status(holder, price.resource).remaining <= 0) throw usedUp(holder, price.resource)
      const spent = accountOf(holder, price.resource)
      spent.used += 1
      if (price.resource === 'core' && isHasty(spent, price, clock.now(), settings))
        throw tooFast(settings.secondaryStatus, settings.retryAfter)
    },
    refund: (holder) => {
      const spent = accountOf(holder, 'core')
      spent.used = Math.max(0, spent.used - 1)
    },
  }
}

/** Counts points and content, and tells whether they were too many. */
function isHasty(spent: Spent, { points, content }: Price, now: number, settings: LimitSettings): boolean {
  const minuteAgo = now - MINUTE
  spent.points = spent.points.filter(({ at }) => at > minuteAgo)
  spent.content = spent.content.filter((at) => at > now - HOUR)
  const sum = spent.points.reduce((total, one) => total + one.points, points)
  if (sum > settings.pointsPerMinute) return true
  spent.points.push({ at: now, points })
  if (!content) return false
  const lately = spent.content.filter((at) => at > minuteAgo).length
  if (lately >= settings.contentPerMinute || spent.content.length >= settings.contentPerHour) return true
  spent.content.push(now)
  return false
}
