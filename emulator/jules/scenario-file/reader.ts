/** Readers of places in a YAML document: each gives the value that is there, or reports why it is not right. */
import { isMap, isScalar, isSeq, type YAMLMap } from 'yaml'
import { didYouMean } from './near.ts'

/** A place in the document. */
export type Spot = {
  /** What a person calls it, such as `after`. */
  name: string
  node: unknown
  /** Offset in the text. */
  at: number
  report(at: number, message: string): void
  /** The file that the text was read from, if any. */
  file: string | undefined
}

/** The value at a place; undefined after a report. */
export type Reader<T> = (spot: Spot) => T | undefined

type Optional<T> = { optional: Reader<T> }

/** A reader for each field; those that may be absent are wrapped in `optional`. */
export type Fields<T> = {
  [K in keyof T]-?: object extends Pick<T, K> ? Optional<Exclude<T[K], undefined>> : Reader<T[K]>
}

/** Marks a field that may be absent. */
export function optional<T>(reader: Reader<T>): Optional<T> {
  return { optional: reader }
}

/** A single value that fits; `right` ends the sentence "it has to be …". */
export function single<T>(fits: (value: unknown) => value is T, right: string): Reader<T> {
  return (spot) => {
    const value = isScalar(spot.node) ? spot.node.value : undefined
    return fits(value) ? value : wrong(spot, right)
  }
}

/** Text that says something. */
export const text = single(
  (value): value is string => typeof value === 'string' && value.trim() !== '',
  'text; what looks like a number or a date needs quotes',
)

/** true or false. */
export const flag = single((value): value is boolean => typeof value === 'boolean', 'true or false')

/** A whole number from 1 on. */
export function count(most: number): Reader<number> {
  return single(
    (value): value is number => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most,
    `a whole number from 1 to ${most}`,
  )
}

/** One of these words. */
export function oneOf<T extends string>(words: readonly T[]): Reader<T> {
  return (spot) => {
    const value = isScalar(spot.node) ? spot.node.value : undefined
    const found = words.find((word) => word === value)
    return found ?? wrong(spot, `one of ${words.join(', ')}`, didYouMean(String(value), [...words]))
  }
}

/** A list with at least one item. */
export function list<T>(item: Reader<T>, itemName: string): Reader<T[]> {
  return (spot) => {
    if (!isSeq(spot.node) || spot.node.items.length === 0) return wrong(spot, 'a list with at least one item')
    const values = spot.node.items.map((node) => item({ ...spot, name: itemName, node, at: offset(node, spot.at) }))
    return values.filter((value) => value !== undefined)
  }
}

/** Named values of one kind, as many as there are. */
export function table<T>(value: Reader<T>): Reader<Map<string, T>> {
  return (spot) => {
    if (!isMap(spot.node)) return wrong(spot, 'a mapping from names')
    const read = fieldsOf(spot.node, spot).map((field) => [field.name, value(field)] as const)
    return new Map(read.flatMap(([name, found]) => (found === undefined ? [] : [[name, found]])))
  }
}

/** A mapping with exactly these fields; `what` says what it is, as in "a step". */
export function record<T extends object>(what: string, fields: Fields<T>): Reader<T> {
  const readers: Record<string, Reader<unknown> | Optional<unknown>> = fields
  const names = Object.keys(readers)
  return (spot) => {
    if (!isMap(spot.node)) return wrong(spot, `${what}, which is a mapping with ${names.join(', ')}`)
    const values: Record<string, unknown> = {}
    const given = fieldsOf(spot.node, spot)
    for (const field of given) {
      const reader = Object.hasOwn(readers, field.name) ? readers[field.name] : undefined
      if (reader === undefined) unknownField(what, field, names)
      else values[field.name] = (typeof reader === 'function' ? reader : reader.optional)(field)
    }
    const missing = names.filter((name) => typeof readers[name] === 'function' && !Object.hasOwn(values, name))
    for (const name of missing) spot.report(spot.at, `\`${name}\` is missing; ${what} needs it.`)
    return given.some(({ name }) => values[name] === undefined) || missing.length > 0 ? undefined : (values as T)
  }
}

/** The fields of a mapping, each at the place of its value; `key` is where its name stands. */
export function fieldsOf(node: YAMLMap, spot: Spot): (Spot & { key: number })[] {
  return node.items.map(({ key, value }) => {
    const at = offset(key, spot.at)
    return { ...spot, name: String(key), node: value, key: at, at: offset(value, at) }
  })
}

/** Reports that the value is not what it has to be. */
export function wrong({ name, node, at, report }: Spot, right: string, hint = ''): undefined {
  const called = name.includes(' ') ? name : `\`${name}\``
  report(at, `${called} is ${described(node)}; it has to be ${right}.${hint}`)
}

function unknownField(what: string, { name, key, report }: Spot & { key: number }, names: string[]): void {
  report(key, `There is no \`${name}\` in ${what}; it has ${names.join(', ')}.${didYouMean(name, names)}`)
}

function described(node: unknown): string {
  if (isMap(node)) return 'a mapping'
  if (isSeq(node)) return node.items.length === 0 ? 'an empty list' : 'a list'
  const value = isScalar(node) ? node.value : null
  if (value === null || value === '') return 'empty'
  const shown = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return shown.length > 60 ? `${shown.slice(0, 59)}…` : shown
}

function offset(node: unknown, otherwise: number): number {
  const range = isMap(node) || isSeq(node) || isScalar(node) ? node.range : undefined
  return range?.[0] ?? otherwise
}
