/** T-130: no text that somebody writes costs more than its length. Measured outside of jest, which makes every look at a global dearer. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const stopwatch = fileURLToPath(new URL('../support/hostile/stopwatch.ts', import.meta.url))

type Row = { work: string; piece: string; small: number; large: number }

/** One process measures all: milliseconds of 64 KiB and of 256 KiB. */
const rows: Row[] = JSON.parse(execFileSync(process.execPath, [stopwatch], { encoding: 'utf8', maxBuffer: 2 ** 26 }))
const told = ({ work, piece, small, large }: Row) => `${work} of ${JSON.stringify(piece)}: ${small} ms, ${large} ms`

test('every function met every text', () => {
  const works = new Set(rows.map(({ work }) => work))
  expect(works.size).toBeGreaterThanOrEqual(10)
  expect(rows.length).toBeGreaterThan(works.size * 80)
})

test('T-130 64 KiB take at most 50 ms', () => {
  expect(rows.filter(({ small }) => small > 50).map(told)).toEqual([])
})

test('T-130 256 KiB take at most 200 ms', () => {
  expect(rows.filter(({ large }) => large > 200).map(told)).toEqual([])
})

test('T-130 four times the text takes about four times as long', () => {
  // Below a few milliseconds the collector of garbage decides.
  expect(rows.filter(({ small, large }) => large > 150 && large / small > 8).map(told)).toEqual([])
})
