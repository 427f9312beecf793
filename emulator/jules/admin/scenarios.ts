/** `/emulator/scenarios`: what sessions can do; `/emulator/scenario`: what they do from now on. */
import type { Answer, Request } from '../../server.ts'
import { readGiven, TEXT } from '../given.ts'
import { allowParameters } from '../query.ts'
import { invalidArgument, Refusal } from '../refusal.ts'
import type { ScenarioText } from '../scenario-file/document.ts'
import type { ScenarioLibrary } from '../scenario-file/library.ts'
import { ScenarioError } from '../scenario-file/mistake.ts'
import { type AdminRoute, adminRoute, type Steered } from './route.ts'

export function scenarioRoutes({ scenarios }: Steered): AdminRoute[] {
  return [
    adminRoute({
      method: 'GET',
      path: '/scenarios',
      about: 'The scenarios, with what each is about.',
      act: () => ({ scenarios: scenarios.list() }),
    }),
    {
      name: 'emulator.scenarios.post',
      method: 'POST',
      pattern: '/emulator/scenarios',
      about: 'Adds a scenario: its YAML, with its name as `?name=`, or JSON with `name` and `text`.',
      handle: (request) => {
        allowParameters(request.query, ['name'])
        return load(scenarios, readText(request))
      },
    },
    adminRoute({
      method: 'POST',
      path: '/scenario',
      about: 'Chooses the scenario, by its `name`, of sessions created from now on.',
      act: (body) => {
        const { name = '' } = readGiven(body, { name: TEXT }, ['name'])
        refusing(() => scenarios.use(name))
      },
    }),
  ]
}

function load(scenarios: ScenarioLibrary, source: ScenarioText): Answer {
  return { body: refusing(() => scenarios.load(source)) }
}

/** A mistake in what was given is the caller's. */
function refusing<T>(act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (error instanceof ScenarioError) throw new Refusal(400, 'INVALID_ARGUMENT', error.message, error.mistakes)
    throw invalidArgument(error instanceof Error ? error.message : String(error))
  }
}

function nameless(): never {
  throw invalidArgument(
    'The scenario has no name. Say it in the address, as in ?name=slow-query, or send JSON with `name` and `text` and the header content-type: application/json.',
  )
}

/** Either JSON with both, or the text itself with its name in the address. */
function readText({ headers, query, body, text }: Request): ScenarioText {
  if (headers['content-type']?.includes('json') !== true) return { name: query.get('name') ?? nameless(), text }
  const { name = '', text: given = '' } = readGiven(body, { name: TEXT, text: TEXT }, ['name', 'text'])
  return { name, text: given }
}
