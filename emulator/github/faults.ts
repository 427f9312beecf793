/** GitHub's own ways to fail, by name: what they do to a call, for `server.faults.add({ route, phase, act: unicorn() })`. */
import type { Fault } from '../faults.ts'
import { TOO_FAST } from './limit-refusal.ts'

type Act = Fault['act']

/** The page with the unicorn, which comes from in front of the API: HTML, and none of its headers. */
export function unicorn(status: 502 | 503 | 504 = 502): Act {
  const text = `<!DOCTYPE html>
<html><head><title>Unicorn! &middot; GitHub</title></head>
<body><p><strong>We had issues producing the response to your request.</strong></p>
<p>Sorry about that. Please try refreshing and contact us if the problem persists.</p></body></html>
`
  return { kind: 'answer', answer: { status, headers: { 'content-type': 'text/html; charset=utf-8' }, text } }
}

/** The API itself has failed, and says so in JSON. */
export function serverError(status: 500 | 502 | 503 = 500): Act {
  return { kind: 'answer', answer: { status, body: { message: 'Server Error' } } }
}

/** Too fast. Without a `retryAfter` (seconds, or any text) only the message tells. */
export function secondaryLimit({
  status = 403,
  retryAfter,
}: {
  status?: 403 | 429
  retryAfter?: number | string
} = {}): Act {
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }
  return { kind: 'answer', answer: { status, headers, body: { ...TOO_FAST, status: String(status) } } }
}

/** The same in older words, which GitHub may still use. */
export function abuse(): Act {
  const message = 'You have triggered an abuse detection mechanism. Please wait a few minutes before you try again.'
  return { kind: 'answer', answer: { status: 403, headers: { 'retry-after': '60' }, body: { message } } }
}

/** The hour's calls are used up; `reset` in seconds since 1970. */
export function primaryLimit({ reset, status = 403 }: { reset: number; status?: 403 | 429 }): Act {
  const headers = {
    'x-ratelimit-limit': '1000',
    'x-ratelimit-used': '1000',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(reset),
    'x-ratelimit-resource': 'core',
  }
  const body = { message: 'API rate limit exceeded for installation ID 50418822.', status: String(status) }
  return { kind: 'answer', answer: { status, headers, body } }
}
