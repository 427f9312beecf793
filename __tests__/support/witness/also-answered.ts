/** What GitHub answers without saying so in its description of the route. */

type Also = {
  /** When GitHub does so. */
  why: string
  /** Where the schema of the body stands; without one there is no body. */
  body?: string
}

const ERROR = '#/components/schemas/basic-error'
const INVALID = '#/components/schemas/validation-error'

/** By status. Everything else must be described for the very route. */
export const ALSO_ANSWERED: Record<number, Also> = {
  301: { why: 'The repository or the issue has moved.', body: ERROR },
  307: { why: 'The same, for what is not a read.', body: ERROR },
  304: { why: 'A conditional read, and nothing has changed.' },
  400: { why: 'The body is not JSON.', body: ERROR },
  401: { why: 'The token is missing, wrong or has ended.', body: ERROR },
  403: { why: 'The token may not do this, or has used up its calls.', body: ERROR },
  404: { why: 'There is no such thing, or none that the token may see.', body: ERROR },
  410: { why: 'The issue was deleted.', body: ERROR },
  422: { why: 'The body is JSON, and GitHub can not do what it says.', body: INVALID },
  429: { why: 'Too many calls in too short a time.', body: ERROR },
}
