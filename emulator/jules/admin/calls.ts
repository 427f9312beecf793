/** `/emulator/calls`: what was asked of the API, and what it answered. Keys are never shown. */
import type { Call } from '../../server.ts'
import { TIME } from '../given.ts'
import { invalidArgument, RPC } from '../refusal.ts'
import { type AdminRoute, adminRoute, type Steered } from './route.ts'

const SECRET_HEADERS = ['x-goog-api-key', 'authorization', 'cookie']
const SECRET_PARAMETERS = ['key', 'access_token', 'oauth_token']

export function callRoutes({ jules }: Steered): AdminRoute[] {
  return [
    adminRoute({
      method: 'GET',
      path: '/calls',
      about: 'The calls of the API, oldest first; of one `route`, or `since` a time.',
      parameters: ['route', 'since'],
      act: (_, { query }) => {
        const [route, since] = [query.get('route'), query.get('since') ?? '1970-01-01T00:00:00Z']
        if (route !== null && !Object.hasOwn(RPC, route))
          throw invalidArgument(`There is no route "${route}". There are: ${Object.keys(RPC).join(', ')}.`)
        if (!TIME.is(since)) throw invalidArgument(`"since" is "${since}"; it has to be ${TIME.what}.`)
        const calls = jules().server.calls.filter((call) => {
          const isOfApi = call.route?.startsWith('emulator') !== true
          return isOfApi && (route === null || call.route === route) && call.at >= Date.parse(since)
        })
        return { calls: calls.map(show) }
      },
    }),
    adminRoute({
      method: 'DELETE',
      path: '/calls',
      about: 'Forgets the calls.',
      act: () => {
        jules().server.calls.length = 0
      },
    }),
  ]
}

/** Status 0: the connection was cut, or nothing was answered. */
function show({ at, route, method, path, query, headers, body, text, status, answer }: Call) {
  const shownQuery = new URLSearchParams([...query].filter(([name]) => !SECRET_PARAMETERS.includes(name)))
  return {
    at: new Date(at).toISOString(),
    route,
    method,
    path: shownQuery.size === 0 ? path : `${path}?${shownQuery}`,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !SECRET_HEADERS.includes(name))),
    ...(text !== '' && { body: body ?? text }),
    status,
    answer,
  }
}
