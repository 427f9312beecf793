/** The toolkit reads the event once, when it is loaded, and has one summary: on a stage each run gets its own of both. */
import { summary } from '@actions/core'
import { context } from '@actions/github'
import { type Life, lifeNow } from './life.ts'

/** Returns what puts everything back. */
export function divideToolkit(): () => void {
  const undo = [divideObject(context), divideObject(summary)]
  return () => {
    for (const one of undo) one()
  }
}

/** Every field of it becomes that of an object which is made anew for each run. */
function divideObject(shared: object): () => void {
  const before = Object.getOwnPropertyDescriptors(shared)
  const make = (): object => Reflect.construct(shared.constructor as new () => object, [])
  const blank = make()
  const owned = new WeakMap<Life, object>()
  const own = () => {
    const life = lifeNow()
    if (life === undefined) return blank
    const mine = owned.get(life) ?? make()
    owned.set(life, mine)
    return mine
  }
  for (const name of new Set([...Object.keys(before), ...Object.keys(blank), '_filePath']))
    Object.defineProperty(shared, name, {
      configurable: true,
      get: () => Reflect.get(own(), name),
      set: (value) => Reflect.set(own(), name, value),
    })
  return () => Object.defineProperties(shared, before)
}
