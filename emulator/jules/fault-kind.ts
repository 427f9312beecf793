/** What a fault of the catalogue is made of. */
import type { Act, Fault } from '../faults.ts'
import type { Answer } from '../server.ts'

/** A number or a text as it is usual; of a list its first, and no other than those. */
type Option = number | string | readonly (number | string)[]

/** The options of an order, with the usual values filled in. */
export type Given = Record<string, number | string>

/** One row of the catalogue. */
export type FaultKind = {
  about: string
  /** The calls that are hit where the order names none. */
  route: string | string[]
  /** Those that make sense, the usual one first. */
  phases: Fault['phase'][]
  options: Record<string, Option>
  act(given: Given, now: () => number): Act
}

/** How its act is made from the options and the emulated time. */
export type Making = FaultKind['act']

/** The effect may have happened or not. */
export const instead = (about: string, options: FaultKind['options'], act: Making, route: FaultKind['route'] = '*') =>
  ({ about, route, phases: ['before', 'after'], options, act }) satisfies FaultKind

/** The effect has happened, and something is wrong about the answer. */
export const afterwards = (
  about: string,
  options: FaultKind['options'],
  act: Making,
  route: FaultKind['route'] = '*',
) => ({ about, route, phases: ['after'], options, act }) satisfies FaultKind

/** Another answer than the real one. */
export const answer = (given: Extract<Act, { kind: 'answer' }>['answer']): Act => ({ kind: 'answer', answer: given })

/** The real answer, changed. */
export const change = (change: Extract<Act, { kind: 'change' }>['change']): Act => ({ kind: 'change', change })

/** The answer with a `Retry-After`, where there is one to send. */
export function later(given: Answer, retryAfter: number | string | undefined): Answer {
  return retryAfter === '' || retryAfter === undefined
    ? given
    : { ...given, headers: { ...given.headers, 'retry-after': String(retryAfter) } }
}
