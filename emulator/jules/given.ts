/** What somebody orders beside the API, checked field by field, and refused in a sentence that says what would be right. */
import { invalidArgument } from './refusal.ts'

/** What a field has to be. */
export type Check<T> = { is(value: unknown): value is T; what: string }
type Checks = Record<string, Check<unknown>>
export type Given<C extends Checks> = { [Name in keyof C]?: C[Name] extends Check<infer T> ? T : never }

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)

export const NUMBER: Check<number> = {
  is: (value): value is number => isNumber(value) && value >= 0,
  what: 'a number from 0 on',
}
export const WHOLE: Check<number> = {
  is: (value): value is number => NUMBER.is(value) && Number.isInteger(value),
  what: 'a whole number from 0 on',
}
export const COUNT: Check<number> = {
  is: (value): value is number => WHOLE.is(value) && value > 0,
  what: 'a whole number from 1 on',
}
export const TEXT: Check<string> = { is: (value) => typeof value === 'string', what: 'a text' }
export const OBJECT: Check<object> = { is: isObject, what: 'an object' }
export const OBJECTS: Check<object[]> = {
  is: (value): value is object[] => Array.isArray(value) && value.every(isObject),
  what: 'a list of objects',
}
/** null: there is no limit. */
export const LIMIT: Check<number | null> = {
  is: (value): value is number | null => value === null || WHOLE.is(value),
  what: 'a whole number from 0 on, or null for no limit',
}
export const ANYTHING: Check<unknown> = { is: (value): value is unknown => value !== undefined, what: 'anything' }
export const TIME: Check<string> = {
  is: (value): value is string =>
    TEXT.is(value) && /^\d{4}-\d\d-\d\dT.+Z$/.test(value) && !Number.isNaN(Date.parse(value)),
  what: 'a time such as "2026-08-24T10:00:00Z"',
}

/** One of these values and no other. */
export function oneOf<const T>(values: readonly T[]): Check<T> {
  return {
    is: (value): value is T => values.some((one) => one === value),
    what: `one of ${values.map((value) => JSON.stringify(value)).join(', ')}`,
  }
}

/** The fields of what was given; whatever is unknown, missing or of the wrong kind is refused. */
export function readGiven<C extends Checks>(given: unknown, checks: C, required: (keyof C & string)[] = []): Given<C> {
  if (!isObject(given)) throw invalidArgument('The body has to be a JSON object.')
  for (const [name, value] of Object.entries(given)) {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined
    if (check === undefined) throw invalidArgument(`There is no field "${name}" here. ${known(checks)}`)
    if (!check.is(value)) throw invalidArgument(`"${name}" is ${JSON.stringify(value)}; it has to be ${check.what}.`)
  }
  const missing = required.find((name) => !Object.hasOwn(given, name))
  if (missing !== undefined) throw invalidArgument(`"${missing}" is missing; it has to be ${checks[missing]?.what}.`)
  return given
}

function known(checks: Checks): string {
  const names = Object.keys(checks)
  return names.length === 0 ? 'There is none.' : `There are: ${names.join(', ')}.`
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
