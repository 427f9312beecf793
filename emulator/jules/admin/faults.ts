/** `/emulator/faults`: trouble for the next calls. */
import type { Armed } from '../../faults.ts'
import { type AdminRoute, adminRoute, type Steered } from './route.ts'

export function faultRoutes({ jules }: Steered): AdminRoute[] {
  const list = () => ({ faults: jules().server.faults.list().map(show) })
  return [
    adminRoute({ method: 'GET', path: '/faults', about: 'The faults that have calls left to hit.', act: list }),
    adminRoute({
      method: 'POST',
      path: '/faults',
      about: 'Orders a fault: `name` (see `faults`) with its options, or `act`; and `route`, `phase`, `times`, `skip`.',
      act: (body) => {
        jules().addFault(body)
        return list()
      },
    }),
    adminRoute({
      method: 'DELETE',
      path: '/faults',
      about: 'Takes all faults back.',
      act: () => jules().server.faults.clear(),
    }),
  ]
}

function show({ name, route, phase, act, left, toSkip }: Armed) {
  return { ...(name === undefined ? { act } : { name }), route, phase, left, skip: toSkip }
}
