/** Points in time as Jules has them: nanoseconds since 1970, written as RFC 3339. */

export type Nanos = bigint

const TEXT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z$/

/** RFC 3339 with 6 fractional digits, or 9 where the last three are not zero. */
export function formatTimestamp(at: Nanos): string {
  const seconds = new Date(Number(at / 1_000_000_000n) * 1000).toISOString().slice(0, 19)
  const fraction = String(at % 1_000_000_000n).padStart(9, '0')
  return `${seconds}.${fraction.endsWith('000') ? fraction.slice(0, 6) : fraction}Z`
}

/** The time that such a text names, or undefined where it is none. */
export function parseTimestamp(text: string): Nanos | undefined {
  const found = TEXT.exec(text)
  if (found === null) return undefined
  const ms = Date.parse(`${found[1]}Z`)
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 19) !== found[1]) return undefined
  return BigInt(ms) * 1_000_000n + BigInt((found[2] ?? '').padEnd(9, '0'))
}

/** Emulated milliseconds as nanoseconds. */
export function nanos(ms: number): Nanos {
  return BigInt(Math.floor(ms)) * 1_000_000n
}
