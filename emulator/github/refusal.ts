/** The answers with which GitHub refuses, and the error that carries one out of a route. */
import type { Answer } from '../server.ts'

const DOCS = 'https://docs.github.com/rest'

/** Thrown anywhere in a route; the answer is sent as it is. */
export class Refusal extends Error {
  readonly answer: Answer
  constructor(answer: Answer, message: string) {
    super(message)
    this.answer = answer
  }
}

/** An error as GitHub words it. */
export function refusal(status: number, message: string, more: object = {}, headers: Record<string, string> = {}) {
  const body = { message, documentation_url: DOCS, status: String(status), ...more }
  return new Refusal({ status, headers, body }, message)
}

export const notFound = () => refusal(404, 'Not Found')

export const gone = () => refusal(410, 'This issue was deleted')

/** GitHub says where it is now, and clients follow; what is not a read is to be sent there as it is. */
export function movedTo(url: string, method: string): Refusal {
  const [status, message] =
    method === 'GET' ? ([301, 'Moved Permanently'] as const) : ([307, 'Temporary Redirect'] as const)
  return refusal(status, message, { url }, { location: url })
}

export const badCredentials = () => refusal(401, 'Bad credentials')

/** Said to those who have shown no token. */
export const unauthenticated = () => refusal(401, 'Requires authentication')

/** A person may not do this in the repository. */
export const notAllowed = () => refusal(403, 'Must have admin rights to Repository.')

/** The conversation is closed to all but those who may push. */
export const locked = (what: string) => refusal(403, `Unable to ${what} because issue is locked.`)

/** The token may not do this; `accepted` says what would have been enough. */
export const forbidden = (message: string, accepted: string) =>
  refusal(403, message, {}, { 'x-accepted-github-permissions': accepted })

/** A field that is missing or wrong. */
export function invalid(resource: string, field: string, code: string, message?: string, more = {}): Refusal {
  const error = { ...more, resource, field, code, ...(message === undefined ? {} : { message }) }
  return refusal(422, 'Validation Failed', { errors: [error] })
}
