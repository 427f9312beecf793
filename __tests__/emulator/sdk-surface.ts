/** Every public function of the client's objects, found on the objects themselves. */
import { readFileSync } from 'node:fs'
import type { AutomatedSession } from '@google/jules-sdk'
import type { Client } from './sdk-client.ts'

const TYPES = new URL('../../node_modules/@google/jules-sdk/dist/', import.meta.url)

/** Named as people write them: `jules.run`, `session.approve`. */
export function publicMethods(jules: Client, run: AutomatedSession): string[] {
  const session = jules.session(run.id)
  return [
    ...methodsOf('jules', Object.getPrototypeOf(jules), 'client.d.ts'),
    'jules.sources',
    ...Object.keys(jules.sources).map((name) => `jules.sources.${name}`),
    ...methodsOf('jules.sessions()', Object.getPrototypeOf(jules.sessions()), 'sessions.d.ts'),
    ...Object.entries(run).flatMap(([name, value]) => (typeof value === 'function' ? [`run.${name}`] : [])),
    ...methodsOf('session', Object.getPrototypeOf(session), 'session.d.ts'),
    ...methodsOf('session.activities', Object.getPrototypeOf(session.activities), 'activities/client.d.ts'),
  ].sort()
}

/** Without those that the declaration calls private. */
function methodsOf(object: string, prototype: object, declaration: string): string[] {
  const types = readFileSync(new URL(declaration, TYPES), 'utf8')
  const hidden = [...types.matchAll(/\bprivate (?:readonly )?(\w+)/g)].map(([, name]) => name)
  return Reflect.ownKeys(prototype)
    .filter((key) => typeof Object.getOwnPropertyDescriptor(prototype, key)?.value === 'function')
    .map((key) => (typeof key === 'symbol' ? `[${key.description}]` : key))
    .filter((name) => name !== 'constructor' && !hidden.includes(name))
    .map((name) => `${object}.${name}`)
}
