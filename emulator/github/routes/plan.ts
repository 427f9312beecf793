/** Turns the description of a call into a route: who may call it, errors as answers, ETags on what is read. */
import { createHash } from 'node:crypto'
import type { Answer, Request, Route } from '../../server.ts'
import { accepted, demand, type Need, type Token, type Tokens } from '../permission.ts'
import type { Rate } from '../rate.ts'
import { gone, invalid, movedTo, notFound, Refusal, refusal } from '../refusal.ts'
import { findThread, fullName, type PullRequest, type Store, type Thread } from '../store.ts'
import type { World } from '../world.ts'

/** A call that has passed the door. */
export type Visit = { request: Request; token: Token; world: World; store: Store }

export type Spec = {
  name: string
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** From `/` on; `/repos/:owner/:repo` at its start is checked against the repository. */
  pattern: string
  need?: Need | ((store: Store, request: Request) => Need)
  handle(visit: Visit): Answer
}

export type Door = { world: World; tokens: Tokens; rate: Rate }

/** The pattern that every route of the repository starts with. */
export const REPOSITORY = '/repos/:owner/:repo'

/** A route of the server that keeps GitHub's order of checks: credentials, repository, permission, then the call. */
export function planRoute(door: Door, spec: Spec): Route {
  const { name, method, pattern } = spec
  return { name, method, pattern, handle: (request) => answering(() => serve(door, spec, request)) }
}

/** What a function answers, or what it refuses with. */
export function answering<T>(handle: () => T): T | Answer {
  try {
    return handle()
  } catch (error) {
    if (error instanceof Refusal) return error.answer
    throw error
  }
}

function serve({ world, tokens, rate }: Door, spec: Spec, request: Request): Answer {
  const { store } = world
  const token = tokens.of(request.headers)
  const { owner, repo } = request.params
  const asked = `${owner}/${repo}`.toLowerCase()
  if (owner !== undefined && store.formerNames.includes(asked))
    throw movedTo(addressOf(request, `repositories/${store.repository.id}`, `/repos/${owner}/${repo}`))
  if (owner !== undefined && asked !== fullName(store.repository).toLowerCase()) throw notFound()
  const need = typeof spec.need === 'function' ? spec.need(store, request) : (spec.need ?? [])
  demand(store, token, need)
  if (request.text !== '' && request.body === undefined) throw refusal(400, 'Problems parsing JSON')
  const answer = spec.handle({ request, token, world, store })
  const headers = { 'x-accepted-github-permissions': accepted(need), ...answer.headers }
  return spec.method === 'GET' ? conditional(rate, request, { ...answer, headers }) : { ...answer, headers }
}

function conditional(rate: Rate, request: Request, answer: Answer): Answer {
  const digest = createHash('sha256').update(JSON.stringify(answer.body)).digest('hex')
  const headers = { ...answer.headers, etag: `W/"${digest}"` }
  if (request.headers['if-none-match']?.includes(digest) !== true) return { ...answer, headers }
  rate.refund()
  return { status: 304, headers }
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
  if (thread.movedTo !== undefined) throw movedTo(addressOf(request, thread.movedTo, placeOf(request)))
  return thread
}

function placeOf({ params }: Request): string {
  return `/repos/${params.owner}/${params.repo}/issues/${params.number}`
}

/** The request's own address with its beginning replaced. */
function addressOf({ headers, path, query }: Request, place: string, before: string): string {
  const search = query.size === 0 ? '' : `?${query}`
  return `http://${headers.host}/${place}${path.slice(before.length)}${search}`
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
