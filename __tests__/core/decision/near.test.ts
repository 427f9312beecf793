import fc from 'fast-check'
import { near } from '../../../src/core/decision/near.ts'
import { BUDGET_MS, fastest } from '../fastest.ts'

const ALL = ['main', 'dev', 'develop', 'feature/login', 'fix/date-test', 'release/1.x', 'release/2.x', 'x']

describe('names that may have been meant', () => {
  test.each([
    { name: 'two letters swapped', wanted: 'mian', found: ['main'] },
    { name: 'a letter left out', wanted: 'feature/logn', found: ['feature/login'] },
    { name: 'a letter too many', wanted: 'feature/loginn', found: ['feature/login'] },
    { name: 'another letter', wanted: 'feature/lagin', found: ['feature/login'] },
    { name: 'capitals', wanted: 'MAIN', found: ['main'] },
    { name: 'the same word behind another slash', wanted: 'bugfix/date-test', found: ['fix/date-test'] },
    { name: 'the folder left out', wanted: 'date-test', found: ['fix/date-test'] },
    { name: 'a name broken off', wanted: 'feature', found: ['feature/login'] },
    { name: 'a name with something behind it', wanted: 'develop-2', found: ['develop', 'dev'] },
    { name: 'the nearest first', wanted: 'release/1.y', found: ['release/1.x', 'release/2.x'] },
    { name: 'fewer slips before the same word', wanted: 'dve', found: ['dev'] },
    { name: 'nothing near', wanted: 'gh-pages', found: [] },
    { name: 'a name begun with too few letters', wanted: 'fe', found: [] },
    { name: 'a slash at the end', wanted: 'refactoring/', found: [] },
    { name: 'no name', wanted: '', found: [] },
  ])('$name: $wanted', ({ wanted, found }) => {
    expect(near(wanted, ALL)).toEqual(found)
  })

  test('at most five, the nearest first and of equals the first', () => {
    const all = ['fix-19', 'fix-1', 'fix-2', 'fix-3', 'fix-4', 'fix-5']
    expect(near('fix-', all)).toEqual(['fix-1', 'fix-2', 'fix-3', 'fix-4', 'fix-5'])
  })

  test('no branches, no names', () => {
    expect(near('main', [])).toEqual([])
  })
})

/** The plain table of all distances, as a measure. */
function slips(a: string, b: string): number {
  const table = [...a, ''].map(() => new Array<number>(b.length + 1).fill(0))
  const cell = (i: number, j: number) => (i < 0 || j < 0 ? Number.POSITIVE_INFINITY : (table[i]?.[j] ?? 0))
  for (let i = 0; i <= a.length; i += 1)
    for (let j = 0; j <= b.length; j += 1) {
      const same = i > 0 && j > 0 && a[i - 1] === b[j - 1]
      const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const ways = [cell(i - 1, j) + 1, cell(i, j - 1) + 1, cell(i - 1, j - 1) + (same ? 0 : 1)]
      if (swap) ways.push(cell(i - 2, j - 2) + 1)
      const row = table[i]
      if (row) row[j] = i + j === 0 ? 0 : Math.min(...ways)
    }
  return cell(a.length, b.length)
}

test('within the bound the order is that of the true distances', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 6, maxLength: 9 })
  fc.assert(
    fc.property(word, fc.uniqueArray(word, { maxLength: 6 }), (wanted, all) => {
      const bound = Math.ceil(wanted.length / 3)
      const close = all
        .filter((name) => slips(wanted, name) <= bound)
        .sort((a, b) => slips(wanted, a) - slips(wanted, b))
      expect(near(wanted, all).filter((name) => slips(wanted, name) <= bound)).toEqual(close.slice(0, 5))
    }),
    { numRuns: 500 },
  )
})

test.each([
  { name: 'alike but for their ends', of: (at: number) => `${'a'.repeat(250)}${at}` },
  { name: 'alike but for their beginnings', of: (at: number) => `${at}${'ab'.repeat(125)}` },
  { name: 'wholly different', of: (at: number) => String.fromCharCode(200 + at).repeat(255) },
  { name: 'longer than GitHub allows', of: (at: number) => `${at}${'a'.repeat(60_000)}` },
])('T-130 a thousand long names, $name, take little time', ({ of }) => {
  const all = Array.from({ length: 1000 }, (_, at) => of(at))
  expect(fastest(() => near(of(1001), all))).toBeLessThanOrEqual(BUDGET_MS)
})
