/** `/emulator/scenario`: what sessions do from now on. */
import { readGiven, TEXT } from '../given.ts'
import { invalidArgument } from '../refusal.ts'
import { type AdminRoute, adminRoute, type Steered } from './route.ts'

export function scenarioRoutes({ jules }: Steered): AdminRoute[] {
  return [
    adminRoute({
      method: 'POST',
      path: '/scenario',
      about: 'Chooses the scenario, by its `name`, of sessions created from now on.',
      act: (body) => {
        const { name = '' } = readGiven(body, { name: TEXT }, ['name'])
        try {
          jules().useScenario(name)
        } catch (error) {
          throw invalidArgument(error instanceof Error ? error.message : String(error))
        }
      },
    }),
  ]
}
