/** Where a walk over a page is, and what it has kept of it. */
import { finders } from './finders.ts'
import type { Nesting, Page } from './nesting.ts'

/** `at` in `given` is where it is, `out` what it has kept. */
export type Walk = {
  given: string
  html: boolean
  at: number
  out: string[]
  /** Where in `out` brackets are open. */
  open: number[]
  /** Up to here a back-tick may belong to one before it, so that nothing is known to be code. */
  unsureUntil: number
  invisible: number
  /** UTF-16 units of invisible entities. */
  entities: number
  nesting: Nesting
  page: Page
  /** Where in `out` the last bracket is. */
  lastBracket: number
} & ReturnType<typeof finders>

/** At the beginning of a part of a page. */
export function beginWalk(given: string, html: boolean, page: Page): Walk {
  const nesting = { open: [], paragraphEnd: 0 }
  const begun = { at: 0, out: [], open: [], unsureUntil: 0, invisible: 0, entities: 0, nesting, lastBracket: -1 }
  return { given, html, page, ...begun, ...finders(given) }
}

/** Keeps the next so many UTF-16 units. */
export function copy(walk: Walk, units: number): void {
  walk.out.push(walk.given.slice(walk.at, walk.at + units))
  walk.at += units
}
