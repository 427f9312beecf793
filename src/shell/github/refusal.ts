/** What went wrong with a call to GitHub → one typed error with safe fields only. */
import { text } from '../../core/outside.ts'
import { NetworkError } from '../network.ts'
import { answeredAt, RATE_LIMITED, readRetryAfter } from '../retry.ts'
import { type Facts, ServiceError } from '../service-error.ts'

const SAID_LIMIT = 2048

/** Octokit's error, or ours from below it, as one of ours; anything else stays what it is. */
export function toServiceError(call: string, error: unknown): unknown {
  const network = error instanceof Error && error.cause instanceof NetworkError ? error.cause : error
  if (network instanceof NetworkError) {
    const facts = { party: 'github', call, status: 0, code: network.kind, said: '' } as const
    const passing = ['timeout', 'refused', 'reset'].includes(network.kind)
    return new ServiceError({ ...facts, passing, unsure: !['refused', 'moved'].includes(network.kind) }, network)
  }
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return error
  return new ServiceError(factsOf(call, error.status, error), error)
}

/** An answer about something that stands elsewhere: GitHub follows a thread or a repository to where it has moved. */
export function moved(call: string): ServiceError {
  return new ServiceError({
    party: 'github',
    call,
    status: 200,
    code: 'moved',
    said: '',
    passing: false,
    unsure: false,
  })
}

/** The code of an answer that says that all is well, with the old text in it. */
export const NOT_STORED = 'not-stored'

export function notStored(call: string): ServiceError {
  const facts = { party: 'github', call, status: 200, code: NOT_STORED, said: '' } as const
  return new ServiceError({ ...facts, passing: true, unsure: false })
}

function factsOf(call: string, status: number, error: Error): Facts {
  const response: unknown = Reflect.get(error, 'response')
  const headers: unknown = typeof response === 'object' && response !== null ? Reflect.get(response, 'headers') : {}
  const said = text(response, 'data', 'message').slice(0, SAID_LIMIT)
  const limited = status === 429 || (status === 403 && isLimit(headers, said))
  const broken = status >= 500 || status === 408
  const now = answeredAt(text(headers, 'date'))
  return {
    party: 'github',
    call,
    status,
    code: limited ? RATE_LIMITED : '',
    said,
    needs: readNeeds(text(headers, 'x-accepted-github-permissions')),
    retryAfterMs: readRetryAfter(text(headers, 'retry-after'), now) ?? untilReset(headers, now),
    passing: broken || limited,
    unsure: broken,
  }
}

/** GitHub refuses with 403 for want of a permission too, and does not always send the headers that tell. */
function isLimit(headers: unknown, said: string): boolean {
  const told = text(headers, 'retry-after').trim() !== '' || text(headers, 'x-ratelimit-remaining') === '0'
  return told || /\brate limit\b/i.test(said)
}

/** How long the rate limit lasts, where it is used up: longer than any repeat would wait. */
function untilReset(headers: unknown, now: number): number | undefined {
  const reset = Number(text(headers, 'x-ratelimit-reset'))
  const usedUp = text(headers, 'x-ratelimit-remaining') === '0' && reset > 0
  return usedUp ? Math.max(0, reset * 1000 - now) : undefined
}

/** GitHub's spelling → that of a workflow; a name that is not in this list is told to nobody. */
const PERMISSIONS: { [accepted: string]: string } = {
  'contents=read': 'contents: read',
  'issues=read': 'issues: write',
  'issues=write': 'issues: write',
  'pull_requests=read': 'pull-requests: write',
  'pull_requests=write': 'pull-requests: write',
}

/** Alternatives stand between semicolons. */
function readNeeds(header: string): string[] {
  return header.split(/[;,]/).flatMap((one) => {
    const name = one.trim()
    return Object.hasOwn(PERMISSIONS, name) ? (PERMISSIONS[name] ?? []) : []
  })
}
