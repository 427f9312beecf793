/** The routes under `/emulator`, for tests in any language; `GET /emulator` tells of them. */
import type { Route } from '../../server.ts'
import { FAULTS } from '../faults.ts'
import { readGiven } from '../given.ts'
import { callRoutes } from './calls.ts'
import { clockRoutes } from './clock.ts'
import { faultRoutes } from './faults.ts'
import { type AdminRoute, adminRoute, type Steered } from './route.ts'
import { scenarioRoutes } from './scenarios.ts'
import { sessionAdminRoutes } from './sessions.ts'
import { settingRoutes } from './settings.ts'

/** All of them; `api` is what the help tells of beside. */
export function adminRoutes(steered: Steered, api: Route[]): AdminRoute[] {
  const routes = [
    ...scenarioRoutes(steered),
    ...clockRoutes(steered),
    ...faultRoutes(steered),
    ...callRoutes(steered),
    ...sessionAdminRoutes(steered),
    ...settingRoutes(steered),
    adminRoute({
      method: 'POST',
      path: '/reset',
      about:
        'Everything as at the start: no session, no call, no fault, the first scenario and settings. Time goes on.',
      act: (body) => {
        readGiven(body ?? {}, {})
        steered.jules().reset()
      },
    }),
  ]
  return [...routes, help(routes, api)]
}

function help(routes: AdminRoute[], api: Route[]): AdminRoute {
  return adminRoute({
    method: 'GET',
    path: '',
    about: 'This.',
    act: () => ({
      about: 'A Jules (REST API v1alpha) on this machine. The routes of `emulator` need no key.',
      api: api.map(({ name, method, pattern }) => ({ route: name, method, path: shown(pattern) })),
      emulator: routes.map(({ about, method, pattern }) => ({ method, path: shown(pattern), about })),
      faults: Object.entries(FAULTS).map(([name, { act: _, ...kind }]) => ({ name, ...kind })),
    }),
  })
}

/** `/sessions/:id:archive` → `/sessions/{id}:archive` */
function shown(pattern: string): string {
  return pattern.replace(/\/:([a-z]+)\*?/gi, '/{$1}')
}
