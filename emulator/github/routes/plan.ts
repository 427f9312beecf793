/** The description of a call, and what its handler reads out of the request. */
import type { Answer, Request } from '../../server.ts'
import type { Need, Token } from '../permission.ts'
import type { Permission } from '../person.ts'
import { gone, invalid, movedTo, notFound, refusal } from '../refusal.ts'
import { findThread, type PullRequest, type Store, type Thread } from '../store.ts'
import type { World } from '../world.ts'
import { addressOf, placeOf } from './address.ts'

/** A call that has passed the door. `store` is for what is looked up by number or id, `listed` for lists. */
export type Visit = { request: Request; token: Token; world: World; store: Store; listed(): Store }

export type Spec = {
  name: string
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** From `/` on; `/repos/:owner/:repo` at its start is checked against the repository. */
  pattern: string
  need?: Need | ((store: Store, request: Request) => Need)
  /** What a person must be in the repository; apps are measured by their token alone. */
  role?: Permission
  /** New comments and issues, of which there may not be too many at once. */
  content?: boolean
  /** What GitHub understands and the emulator does not: fields of the body, parameters of the query. */
  beyond?: string[]
  handle(visit: Visit): Answer
}

/** The pattern that every route of the repository starts with. */
export const REPOSITORY = '/repos/:owner/:repo'

/** Says plainly that it does not do what it does not do, lest a test believe it. */
export function demandEmulated({ beyond = [] }: Spec, { body, query }: Request): void {
  const found = beyond.find((name) => query.has(name) || (typeof body === 'object' && body !== null && name in body))
  if (found !== undefined) throw refusal(501, `The emulated GitHub knows nothing of "${found}" here.`)
}

/** A number in the path; words there lead nowhere. */
export function idOf(request: Request, name: string): number {
  const id = Number(request.params[name])
  if (!Number.isSafeInteger(id)) throw notFound()
  return id
}

/** The thread that the path names. */
export function threadAt({ store, request }: Visit): Thread {
  const thread = findThread(store, idOf(request, 'number'))
  if (thread === undefined) throw notFound()
  if (thread.deleted) throw gone()
  if (thread.movedTo !== undefined)
    throw movedTo(addressOf(request, thread.movedTo, `${placeOf(request)}/issues/${thread.number}`), request.method)
  return thread
}

/** The pull request that the path names; an issue's number is not found here. */
export function pullAt(visit: Visit): PullRequest {
  const thread = threadAt(visit)
  if (thread.kind === 'issue') throw notFound()
  return thread
}

/** A field of the JSON body. */
export function fieldOf(request: Request, name: string): unknown {
  return typeof request.body === 'object' && request.body !== null ? Reflect.get(request.body, name) : undefined
}

/** A text that the call can't do without. */
export function textOf(request: Request, name: string, resource: string): string {
  const value = fieldOf(request, name)
  if (value === undefined || value === null) throw invalid(resource, name, 'missing_field')
  if (typeof value !== 'string') throw invalid(resource, name, 'invalid')
  return value
}

/** The words of a comment, which must be there and not too many. */
export function bodyOf({ store, request }: Visit, resource: string): string {
  const limit = store.commentLimit
  const body = textOf(request, 'body', resource)
  if (body.trim() === '') throw invalid(resource, 'body', 'custom', "body can't be blank")
  if (body.length > limit)
    throw invalid(resource, 'data', 'unprocessable', `Body is too long (maximum is ${limit} characters)`)
  return body
}
