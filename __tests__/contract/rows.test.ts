/** Each fault of docs/reliability.md and each threat of docs/threats.md has a test that names it. `npm run rows -- --all` shows which. */
import { judgeRows } from '../../scripts/rows/judge.ts'

const { rows, reasons, missing, wrong } = judgeRows(new URL('../../', import.meta.url))

test('the table holds every fault', () => {
  const all = Array.from({ length: 60 }, (_, at) => `F-${String(at + 1).padStart(2, '0')}`)
  expect([...rows.keys()].filter((id) => id.startsWith('F-'))).toEqual(all)
})

test('the table holds every threat', () => {
  expect([...rows.keys()].filter((id) => id.startsWith('T-')).length).toBeGreaterThanOrEqual(100)
})

test('a fault or threat that no test names has a reason', () => {
  expect(missing).toEqual([])
})

test('no reason is out of date, and no test names a fault that is in no table', () => {
  expect(wrong).toEqual([])
})

test('such reasons are few', () => {
  expect(reasons.size).toBeLessThanOrEqual(rows.size * 0.05)
})
