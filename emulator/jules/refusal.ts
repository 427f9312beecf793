/** Everything that Jules refuses, in Google's own words. */
import type { Answer } from '../server.ts'

/** Thrown anywhere below a route; becomes the answer of the call. */
export class Refusal extends Error {
  readonly answer: Answer
  constructor(code: number, status: string, message: string, details?: object[]) {
    super(message)
    this.name = 'Refusal'
    this.answer = { status: code, body: { error: { code, message, status, ...(details && { details }) } } }
  }
}

/** 400 without an explanation, as Jules gives it for most mistakes. */
export function invalidArgument(message = 'Request contains an invalid argument.'): Refusal {
  return new Refusal(400, 'INVALID_ARGUMENT', message)
}

/** What is wrong with a field; the whole request is the field "". */
export type Violation = { field: string; description: string }

/** 400 that names every field that is wrong. */
export function badFields(violations: Violation[]): Refusal {
  const fieldViolations = violations.map(({ field, description }) => ({ ...(field && { field }), description }))
  const details = [{ '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations }]
  return new Refusal(400, 'INVALID_ARGUMENT', violations.map(({ description }) => description).join('\n'), details)
}

/** 400 that names the field. */
export function badField(field: string, description: string): Refusal {
  return badFields([{ field, description }])
}

/** 404 for whatever is not there, was deleted, or belongs to another account. */
export function notFound(): Refusal {
  return new Refusal(404, 'NOT_FOUND', 'Requested entity was not found.')
}

/** 400 for a call that does not fit the present state of things. */
export function failedPrecondition(): Refusal {
  return new Refusal(400, 'FAILED_PRECONDITION', 'Precondition check failed.')
}

/** 429, the other way in which a used-up quota shows. */
export function exhausted(): Refusal {
  return new Refusal(429, 'RESOURCE_EXHAUSTED', 'Resource has been exhausted (e.g. check quota).')
}

/** 403, for an account that may not use Jules, or not this resource. */
export function denied(): Refusal {
  return new Refusal(403, 'PERMISSION_DENIED', 'The caller does not have permission')
}

/** A failure of the service that passes: 500 or 502 to 504. */
export function unavailable(status: number): Refusal {
  return status === 500
    ? new Refusal(500, 'INTERNAL', 'Internal error encountered.')
    : new Refusal(status, 'UNAVAILABLE', 'The service is currently unavailable.')
}

const NO_KEY =
  'Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or other valid ' +
  'authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.'

const BAD_KEY =
  'API keys are not supported by this API. Expected OAuth2 access token or other authentication credentials that ' +
  'assert a principal. See https://cloud.google.com/docs/authentication'

/** Google's own name of every method. */
export const RPC: Record<string, string> = {
  'sources.list': 'ListSources',
  'sources.get': 'GetSource',
  'sessions.create': 'CreateSession',
  'sessions.get': 'GetSession',
  'sessions.list': 'ListSessions',
  'sessions.delete': 'DeleteSession',
  'sessions.sendMessage': 'SendMessage',
  'sessions.approvePlan': 'ApprovePlan',
  'sessions.archive': 'ArchiveSession',
  'sessions.unarchive': 'UnarchiveSession',
  'activities.list': 'ListActivities',
  'activities.get': 'GetActivity',
}

/** 401 for a key that is missing, or one that Jules does not know (whose message misleads, as the real one does). */
export function unauthenticated(key: 'missing' | 'unknown', route: string): Refusal {
  const method = `google.labs.jules.v1alpha.JulesService.${RPC[route] ?? route}`
  return new Refusal(401, 'UNAUTHENTICATED', key === 'missing' ? NO_KEY : BAD_KEY, [
    {
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason: 'CREDENTIALS_MISSING',
      domain: 'googleapis.com',
      metadata: { method, service: 'jules.googleapis.com' },
    },
  ])
}
