/** Damages JSON in seeded ways: the same seed does the same damage, so whatever it found can be looked at again. */

/** `npm test` does the same damage each time, the full run another; `SEED=…` repeats one, and the titles name it. */
export const SEED = Number(process.env.SEED ?? (process.env.FULL ? Math.floor(Math.random() * 2 ** 32) : 20261122))

export type Mutant = { value: unknown; damage: string }

export type Mutation = {
  /** Names of what is read: half of the damage is done there. */
  keys: readonly string[]
  count: number
  /** Sets apart what one seed does to several things. */
  name: string
}

/** So many damaged copies, each by one to three acts. Nothing in them is shared with the original. */
export function* mutants(original: unknown, { keys, count, name }: Mutation): Generator<Mutant> {
  const random = seeded(`${SEED} ${name}`)
  const json = JSON.stringify({ root: original })
  const places = placesIn({ root: original }).slice(1)
  const read = places.filter((place) => keys.includes(place.at(-1) ?? ''))
  for (let at = 0; at < count; at += 1) {
    const holder: unknown = JSON.parse(json)
    const acts = Array.from({ length: 1 + random(3) }, () => {
      const among = random(2) === 0 && read.length > 0 ? read : places
      return damage(holder, pick(among, random), pick(places, random), random)
    })
    yield { value: valueAt(holder, ['root']), damage: `mutant ${at}: ${acts.join('; ')}` }
  }
}

type Random = (below: number) => number
type Place = readonly string[]

const LONG = 64 * 1024

/** What may be put in a place instead of what is there; `undefined`: nothing. */
const DAMAGE: Record<string, (old: unknown, random: Random) => unknown> = {
  'left out': () => undefined,
  'set to null': () => null,
  'of a wrong type': (_, random) => pick([true, false, 42, 1.5, 'text', '', '7', [], {}, [{}]], random),
  'a huge text': (_, random) =>
    pick(['a', '/jules ', '\n', '-1', '<!--', '::error::', '@a ', '\u{1f600}'], random).repeat(LONG).slice(0, LONG),
  'a huge number': (_, random) => pick([2 ** 53, -(2 ** 53), 2 ** 60, 1e308], random),
  'not above nothing': (_, random) => pick([-1, 0, -0, -0.5, -(2 ** 31)], random),
  'deeply nested': () => nested(2000),
  'with keys of prototypes': (old) =>
    JSON.parse(
      `{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}, "old": ${text(old)}}`,
    ),
  doubled: (old) => (Array.isArray(old) ? Array.from({ length: 50 }, () => old).flat() : [old, old]),
  'half a character': (_, random) => pick(['\ud800', 'ask-\udfff', '\ud83d\ud83d'], random),
  'control characters': (_, random) =>
    pick(['\u0000', 'ada\u0007\r\n::warning::x', '\u202e/jules', '\u001b[2J'], random),
}

function damage(holder: unknown, place: Place, other: Place, random: Random): string {
  const how = pick([...Object.keys(DAMAGE), 'swapped'], random)
  const [here, there] = [valueAt(holder, place), valueAt(holder, other)]
  if (how === 'swapped') {
    put(holder, place, copied(there))
    put(holder, other, copied(here))
    return `${place.join('.')} swapped with ${other.join('.')}`
  }
  put(holder, place, DAMAGE[how]?.(here, random))
  return `${place.join('.')} ${how}`
}

/** Every place in it, the whole first. */
function placesIn(value: unknown, place: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [place]
  return [place, ...Object.entries(value).flatMap(([key, part]) => placesIn(part, [...place, key]))]
}

function valueAt(holder: unknown, place: Place): unknown {
  return place.reduce(
    (part, key) => (isHolder(part) && Object.hasOwn(part, key) ? Reflect.get(part, key) : undefined),
    holder,
  )
}

/** A place that earlier damage has taken away stays away. */
function put(holder: unknown, place: Place, value: unknown): void {
  const parent = valueAt(holder, place.slice(0, -1))
  const key = place.at(-1)
  if (!isHolder(parent) || key === undefined) return
  if (value === undefined) Reflect.deleteProperty(parent, key)
  else Object.defineProperty(parent, key, { value, configurable: true, enumerable: true, writable: true })
}

function isHolder(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function nested(levels: number): unknown {
  let value: unknown = 'bottom'
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { in: value }
  return value
}

/** `structuredClone` gives up at half the depth. */
function copied(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value))
}

function text(value: unknown): string {
  return JSON.stringify(value) ?? 'null'
}

function pick<T>(among: readonly T[], random: Random): T {
  const found = among[random(among.length)]
  if (found === undefined) throw new Error('There is nothing to pick from.')
  return found
}

/** mulberry32, begun by a text. */
function seeded(words: string): Random {
  let state = [...words].reduce((sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 0x01000193), 0x811c9dc5)
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}
