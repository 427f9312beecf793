/** Reading data from outside (payloads, replies, our own record): unknown until looked at, and never an exception. */

/** The value under a path of own properties, or undefined. */
export function at(value: unknown, ...path: string[]): unknown {
  let here = value
  for (const name of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return undefined
    here = Reflect.get(here, name)
  }
  return here
}

/** Is there anything under the path? An empty object counts: in the Jules API it carries meaning. */
export function has(value: unknown, ...path: string[]): boolean {
  const found = at(value, ...path)
  return found !== undefined && found !== null
}

/** The text under a path; '' where there is none. */
export function text(value: unknown, ...path: string[]): string {
  const found = at(value, ...path)
  return typeof found === 'string' ? found : ''
}

/** The hash of a commit under a path, SHA-1 or SHA-256; '' where there is none. */
export function commit(value: unknown, ...path: string[]): string {
  const found = text(value, ...path)
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(found) ? found : ''
}

/** The whole number under a path, or undefined. */
export function whole(value: unknown, ...path: string[]): number | undefined {
  const found = at(value, ...path)
  return typeof found === 'number' && Number.isSafeInteger(found) ? found : undefined
}

/** True only where the path holds `true`. */
export function flag(value: unknown, ...path: string[]): boolean {
  return at(value, ...path) === true
}

/** The list under a path; empty where there is none. */
export function list(value: unknown, ...path: string[]): unknown[] {
  const found = at(value, ...path)
  return Array.isArray(found) ? found : []
}

/** The text if it is one of the words, or undefined. */
export function oneOf<const W extends string>(words: readonly W[], value: unknown): W | undefined {
  return words.find((word) => word === value)
}

/** The first `limit` UTF-16 units of a text, or one less where that would halve a character. */
export function clip(whole: string, limit: number): string {
  if (whole.length <= limit) return whole
  const last = whole.charCodeAt(limit - 1)
  const half = last >= 0xd800 && last <= 0xdbff
  return whole.slice(0, half ? limit - 1 : limit)
}

/** As much of the beginning of a text as fits into so many bytes of UTF-8, never half a character. */
export function clipBytes(whole: string, limit: number): string {
  const { read } = new TextEncoder().encodeInto(whole, new Uint8Array(limit))
  return read === whole.length ? whole : whole.slice(0, read)
}
