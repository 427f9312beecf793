import { censusOf, DAY_MS, reasonOf } from '../../../src/core/decision/quota.ts'
import { STATES } from '../../../src/core/session.ts'
import { ago, MINUTE, NOW, session } from '../builders.ts'

describe('what the newest sessions say of the limits', () => {
  test.each([...STATES, 'UNKNOWN'] as const)('%s', (state) => {
    const settled = ['COMPLETED', 'FAILED', 'PAUSED'].includes(state)
    expect(censusOf([session({ state })], NOW)).toEqual({ live: settled ? 0 : 1, lastDay: 1 })
  })

  test.each([
    { name: 'less than a day ago', created: ago(DAY_MS - 1), lastDay: 1 },
    { name: 'a day ago', created: ago(DAY_MS), lastDay: 0 },
    { name: 'by a clock that is ahead of ours', created: ago(-MINUTE), lastDay: 1 },
    { name: 'F-47 at no time', created: '', lastDay: 0 },
  ])('made $name', ({ created, lastDay }) => {
    expect(censusOf([session({ created })], NOW)).toEqual({ live: 1, lastDay })
  })

  test('all are counted', () => {
    const day = Array.from({ length: 17 }, () => session({ state: 'COMPLETED' }))
    expect(censusOf([...day, session(), session({ created: ago(2 * DAY_MS) })], NOW)).toEqual({ live: 2, lastDay: 18 })
    expect(censusOf([], NOW)).toEqual({ live: 0, lastDay: 0 })
  })
})

test.each([
  { census: undefined, reason: 'quota-full' },
  { census: { live: 0, lastDay: 15 }, reason: 'daily-quota-full' },
  { census: { live: 2, lastDay: 100 }, reason: 'daily-quota-full' },
  { census: { live: 3, lastDay: 100 }, reason: 'quota-full' },
  { census: { live: 2, lastDay: 14 }, reason: 'quota-full' },
  { census: { live: 15, lastDay: 14 }, reason: 'quota-full' },
])('F-15 which limit it was, by $census: $reason', ({ census, reason }) => {
  expect(reasonOf(census)).toBe(reason)
})
