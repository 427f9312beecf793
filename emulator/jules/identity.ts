/** Identifiers that look random and are the same in every run: each is a digest of what it stands for. */
import { createHash } from 'node:crypto'

/** `length` lower-case hexadecimal digits that belong to this thing and to no other. */
export function hex(of: string, length = 32): string {
  return createHash('sha256').update(of).digest('hex').slice(0, length)
}

/** A session id: 19 decimal digits, larger than a JavaScript number holds. */
export function digits(of: string): string {
  return String((BigInt(`0x${hex(of, 16)}`) % 9_000_000_000_000_000_000n) + 1_000_000_000_000_000_000n)
}

/** A number from 0 up to and without `below` that belongs to this thing. */
export function spread(of: string, below: number): number {
  return Number.parseInt(hex(of, 12), 16) % below
}
