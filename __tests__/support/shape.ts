/** Is a value of exactly the form that its type promises? Small checks that are put together. */

export type Check = (value: unknown) => boolean

export const isText: Check = (value) => typeof value === 'string'
export const isFlag: Check = (value) => typeof value === 'boolean'
export const isWhole: Check = (value) => Number.isSafeInteger(value)

export function isLike(pattern: RegExp): Check {
  return (value) => typeof value === 'string' && pattern.test(value)
}

export function isTextUpTo(limit: number): Check {
  return (value) => typeof value === 'string' && value.length <= limit
}

export function among(...words: readonly string[]): Check {
  return (value) => words.some((word) => word === value)
}

export function maybe(check: Check): Check {
  return (value) => value === undefined || check(value)
}

export function either(...checks: Check[]): Check {
  return (value) => checks.some((check) => check(value))
}

export function every(check: Check, limit = Number.POSITIVE_INFINITY): Check {
  return (value) => Array.isArray(value) && value.length <= limit && value.every(check)
}

/** An object with these parts and no other. */
export function only(parts: Record<string, Check>): Check {
  return (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype &&
    Reflect.ownKeys(value).every((key) => typeof key === 'string' && Object.hasOwn(parts, key)) &&
    Object.entries(parts).every(([key, check]) => check(Reflect.get(value, key)))
}
