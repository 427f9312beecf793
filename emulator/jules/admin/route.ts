/** A route beside the API: it needs no key, no fault hits it, and it stands in no log. */
import type { Clock } from '../../clock.ts'
import type { Answer, Request, Route } from '../../server.ts'
import type { Jules } from '../jules.ts'
import { allowParameters } from '../query.ts'
import { invalidArgument } from '../refusal.ts'
import type { ScenarioLibrary } from '../scenario-file/library.ts'

export type AdminRoute = Route & { about: string }

/** What the routes steer; Jules is there when the first call comes. */
export type Steered = { clock: Clock; scenarios: ScenarioLibrary; jules(): Jules }

type Given = {
  method: string
  path: string
  about: string
  /** The query parameters that it takes. */
  parameters?: string[]
  /** Gets the JSON of the body, undefined where there is none. */
  act(body: unknown, request: Request): Answer['body']
}

/** The route of this method and path below `/emulator`; it answers with what `act` returns, as JSON. */
export function adminRoute({ method, path, about, parameters = [], act }: Given): AdminRoute {
  return {
    name: `emulator${path.replace(/\/:?/g, '.')}.${method.toLowerCase()}`,
    method,
    pattern: `/emulator${path}`,
    about,
    handle: (request) => {
      allowParameters(request.query, parameters)
      if (request.text !== '' && request.body === undefined) throw invalidArgument('The body is not JSON.')
      return { body: act(request.body, request) ?? {} }
    },
  }
}
