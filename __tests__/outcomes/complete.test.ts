/** Every outcome with every reason has a story that the built action is put through. */
import { OUTCOMES, type Outcome } from '../../src/core/outcome.ts'
import { generated } from '../contract/tree.ts'
import { FAILURES } from './failures.ts'
import { REFUSALS } from './refusals.ts'
import { REPLIES } from './replies.ts'
import type { Table } from './table.ts'
import { WORK } from './work.ts'

const ALL: Table<Outcome> = { ...WORK, ...FAILURES, ...REFUSALS, ...REPLIES }

/** `outcome/reason`, sorted. */
function pairs(table: { [outcome: string]: readonly string[] }): string[] {
  return Object.entries(table)
    .flatMap(([outcome, reasons]) => reasons.map((reason) => `${outcome}/${reason}`))
    .sort()
}

const told = pairs(Object.fromEntries(Object.entries(ALL).map(([outcome, stories]) => [outcome, Object.keys(stories)])))

/** The rows of the table in docs/design.md. */
function documented(): string[] {
  const rows = generated('docs/design.md', 'outcomes')
    .split('\n')
    .slice(2)
    .map((row) => [...row.matchAll(/`([^`]+)`/g)].map(([, word]) => word ?? ''))
  return pairs(Object.fromEntries(rows.map(([outcome = '', ...reasons]) => [outcome, reasons])))
}

test('no outcome and no reason is without a story that the built action comes to it by', () => {
  expect(pairs(OUTCOMES).filter((pair) => !told.includes(pair))).toEqual([])
})

test('the stories are the list of the contract, in the code and in docs/design.md', () => {
  expect(told).toEqual(pairs(OUTCOMES))
  expect(told).toEqual(documented())
})
