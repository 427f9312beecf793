/** The way in: a route keeps GitHub's order of checks: credentials, limits, repository, permission, then the call. */
import type { Answer, Request, Route } from '../../server.ts'
import type { Lag } from '../lag.ts'
import { limitHeaders } from '../limit-refusal.ts'
import type { Limits, Price } from '../limits.ts'
import { accepted, demand, demandRole, demandSight, type Token, type Tokens } from '../permission.ts'
import { movedTo, notFound, Refusal, refusal } from '../refusal.ts'
import { fullName, type Store } from '../store.ts'
import type { World } from '../world.ts'
import { addressOf, byId, placeOf } from './address.ts'
import { conditional } from './conditional.ts'
import { demandEmulated, REPOSITORY, type Spec } from './plan.ts'

export type Door = { world: World; tokens: Tokens; limits: Limits; lag: Lag }

/** Where `Link` and redirects lead: the same routes, by the repository's id. */
const BY_ID = '/repositories/:repository'

/** The routes of the server for one call. */
export function planRoutes(door: Door, spec: Spec): Route[] {
  const { name, method, pattern } = spec
  const handle = (request: Request) => serve(door, spec, request)
  const other = pattern.startsWith(REPOSITORY) ? [pattern.replace(REPOSITORY, BY_ID)] : []
  return [pattern, ...other].map((each) => ({ name, method, pattern: each, handle }))
}

/** What a function answers, or what it refuses with. */
function answering(handle: () => Answer): Answer {
  try {
    return handle()
  } catch (error) {
    if (error instanceof Refusal) return error.answer
    throw error
  }
}

function serve(door: Door, spec: Spec, request: Request): Answer {
  const { tokens, limits } = door
  const agent = request.headers['user-agent'] ?? ''
  if (agent === '') return { status: 403, text: NO_AGENT }
  if (!isPlainJson(request.headers.accept)) return { status: 501, body: { message: NO_MEDIA_TYPE } }
  const resource = spec.name === 'graphql' ? 'graphql' : 'core'
  let token = tokens.of({})
  const answer = answering(() => {
    token = tokens.of(request.headers)
    const price: Price = { resource, points: spec.method === 'GET' ? 1 : 5, content: spec.content === true }
    if (spec.name !== 'rateLimit.get') limits.spend(token, price)
    return admit(door, spec, request, token)
  })
  if (answer.status === 304) limits.refund(token)
  if (spec.method !== 'GET') door.lag.changed()
  return { ...answer, headers: { ...limitHeaders(limits.status(token, resource), resource), ...answer.headers } }
}

const NO_AGENT = 'Request forbidden by administrative rules. Please make sure your request has a User-Agent header.\n'

const NO_MEDIA_TYPE = 'The emulated GitHub answers plain JSON only. Ask for application/vnd.github+json.'

/** Without `.diff`, `.raw`, `.full` and their like. */
function isPlainJson(accept = ''): boolean {
  return accept === '' || /\*\/\*|application\/(?:json|vnd\.github(?:\.v3)?\+json)\b/.test(accept)
}

/** Who has shown a token that is good comes this far. */
function admit({ world, lag }: Door, spec: Spec, request: Request, token: Token): Answer {
  const { store } = world
  findRepository(store, request, token)
  const need = typeof spec.need === 'function' ? spec.need(store, request) : (spec.need ?? [])
  const answer = answering(() => {
    demand(store, token, need)
    demandRole(token, spec.role ?? 'none')
    if (request.text !== '' && request.body === undefined) throw refusal(400, 'Problems parsing JSON')
    demandEmulated(spec, request)
    const seen = spec.method === 'GET' ? lag.lookup() : store
    const listed = () => (seen === store ? lag.list() : seen)
    const done = spec.handle({ request: byId(request, store.repository.id), token, world, store: seen, listed })
    return spec.method === 'GET' ? conditional(request, done, token.kind === 'none') : done
  })
  return { ...answer, headers: { 'x-accepted-github-permissions': accepted(need), ...answer.headers } }
}

/** Refuses where the path names another repository, or the old name of this one. */
function findRepository(store: Store, request: Request, token: Token): void {
  const { owner, repo, repository } = request.params
  if (repository !== undefined && Number(repository) !== store.repository.id) throw notFound()
  if (repository !== undefined || owner !== undefined) demandSight(store, token)
  if (owner === undefined) return
  const asked = `${owner}/${repo}`.toLowerCase()
  if (store.formerNames.includes(asked))
    throw movedTo(addressOf(request, `repositories/${store.repository.id}`, placeOf(request)), request.method)
  if (asked !== fullName(store.repository).toLowerCase()) throw notFound()
}
