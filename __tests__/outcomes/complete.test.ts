/** Every outcome with every reason has a story that the built action is put through, or is named as one that has none yet. */
import { OUTCOMES, type Outcome } from '../../src/core/outcome.ts'
import { generated } from '../contract/tree.ts'
import { FAILURES } from './failures.ts'
import { REFUSALS } from './refusals.ts'
import { REPLIES } from './replies.ts'
import { NOT_YET, type Table } from './table.ts'
import { WORK } from './work.ts'

const ALL: Table<Outcome> = { ...WORK, ...FAILURES, ...REFUSALS, ...REPLIES }

/** `outcome/reason`, sorted. */
function pairs(table: { [outcome: string]: readonly string[] }): string[] {
  return Object.entries(table)
    .flatMap(([outcome, reasons]) => reasons.map((reason) => `${outcome}/${reason}`))
    .sort()
}

const told = pairs(Object.fromEntries(Object.entries(ALL).map(([outcome, stories]) => [outcome, Object.keys(stories)])))
const missing = pairs(NOT_YET)

/** The rows of the table in docs/design.md. */
function documented(): string[] {
  const rows = generated('docs/design.md', 'outcomes')
    .split('\n')
    .slice(2)
    .map((row) => [...row.matchAll(/`([^`]+)`/g)].map(([, word]) => word ?? ''))
  return pairs(Object.fromEntries(rows.map(([outcome = '', ...reasons]) => [outcome, reasons])))
}

test(`not reached by the built action so far: ${missing.join(', ') || 'none'}`, () => {
  expect(pairs(OUTCOMES).filter((pair) => !told.includes(pair))).toEqual(missing)
})

test('the stories and the gaps are together the list of the contract, in the code and in docs/design.md', () => {
  const known = [...told, ...missing].sort()
  expect(known).toEqual(pairs(OUTCOMES))
  expect(known).toEqual(documented())
})
