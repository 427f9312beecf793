/** What GitHub says to those who have reached a limit, and to all others about how near they are. */
import type { Answer } from '../server.ts'
import type { Token } from './permission.ts'
import { type Refusal, refusal } from './refusal.ts'

/** REST and GraphQL are counted apart. */
export type Resource = 'core' | 'graphql'

export type Holder = Pick<Token, 'kind' | 'actor'>

export type Standing = { limit: number; used: number; remaining: number; reset: number }

/** Whose calls are counted, and how many there are. */
export function kindOf({ kind, actor }: Holder): 'workflow' | 'app' | 'person' | 'anonymous' {
  if (kind === 'none') return 'anonymous'
  if (kind === 'personal') return 'person'
  return actor.cause === 'github-token' ? 'workflow' : 'app'
}

const ABOUT = 'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api'

/** Somebody has no calls left; GraphQL says it with a 200. */
export function usedUp(holder: Holder, resource: Resource): Refusal {
  const message = `API rate limit exceeded for ${nameOf(holder)}.`
  if (resource === 'core') return refusal(403, message, { documentation_url: ABOUT })
  const refused = refusal(200, message)
  refused.answer.body = { errors: [{ type: 'RATE_LIMITED', message }] }
  return refused
}

function nameOf({ kind, actor }: Holder): string {
  if (kind === 'none') return '127.0.0.1'
  return kind === 'personal' ? `user ID ${actor.person.id}` : 'installation ID 50418822'
}

/** What GitHub says to those who are too fast. */
export const TOO_FAST = {
  message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
  documentation_url: `${ABOUT}#about-secondary-rate-limits`,
}

/** Somebody was too fast. */
export function tooFast(status: 403 | 429, retryAfter: string | null): Refusal {
  const headers = retryAfter === null ? {} : { 'retry-after': retryAfter }
  return refusal(status, TOO_FAST.message, TOO_FAST, headers)
}

/** The headers that tell where someone stands. */
export function limitHeaders(standing: Standing, resource: Resource): NonNullable<Answer['headers']> {
  return {
    'x-ratelimit-limit': String(standing.limit),
    'x-ratelimit-used': String(standing.used),
    'x-ratelimit-remaining': String(standing.remaining),
    'x-ratelimit-reset': String(standing.reset),
    'x-ratelimit-resource': resource,
  }
}
