/** What is tried again, how often, and how long it waits. */
import {
  answeredAt,
  delayBefore,
  type Patience,
  RATE_LIMITED,
  readRetryAfter,
  retrying,
} from '../../src/shell/retry.ts'
import { ServiceError } from '../../src/shell/service-error.ts'

const failure = (passing: boolean, retryAfterMs?: number) =>
  new ServiceError({
    party: 'jules',
    call: 'sessions.get',
    status: 503,
    code: '',
    said: '',
    passing,
    unsure: false,
    retryAfterMs,
  })

function patience(left = 600_000, budget = 50): Patience & { waits: number[] } {
  const waits: number[] = []
  let spent = 0
  return {
    waits,
    left: () => left,
    random: () => 1,
    spend: () => {
      spent += 1
      return spent <= budget
    },
    pause: (ms) => {
      waits.push(ms)
      return Promise.resolve()
    },
  }
}

/** How often it was tried while it always fails so. */
async function tries(error: Error, has: Patience, attempts?: number): Promise<number> {
  let count = 0
  await retrying(
    has,
    () => {
      count += 1
      return Promise.reject(error)
    },
    attempts,
  ).catch(() => {})
  return count
}

test('F-32 a passing failure is tried four times in all, with growing waits', async () => {
  const has = patience()
  expect(await tries(failure(true), has)).toBe(4)
  expect(has.waits).toEqual([2000, 4000, 8000])
})

const ONCE = [
  { name: 'a final failure', error: failure(false), has: patience() },
  { name: 'a failure that nobody knows', error: new Error('x'), has: patience() },
  { name: 'when the run is almost over', error: failure(true, 5000), has: patience(1000) },
  { name: 'when the budget of the run is spent', error: failure(true), has: patience(600_000, 0) },
  { name: 'T-140 when it should wait for years', error: failure(true, 1e15), has: patience() },
]
test.each(ONCE)('$name: tried once', async ({ error, has }) => {
  expect(await tries(error, has)).toBe(1)
  expect(has.waits).toEqual([])
})

const limited = (retryAfterMs?: number) =>
  new ServiceError({ ...failure(true, retryAfterMs).facts, party: 'github', code: RATE_LIMITED })

const LIMITS = [
  { name: 'that says nothing', error: limited(), waits: [60_000, 120_000] },
  { name: 'that says when', error: limited(5000), waits: [5000, 5000] },
  { name: 'that lasts for an hour', error: limited(3_600_000), waits: [] },
  { name: 'that lasts longer than the run', error: limited(), left: 50_000, waits: [] },
]
test.each(LIMITS)('F-31 a rate limit $name: at most three tries, of a POST too', async ({ error, left, waits }) => {
  for (const attempts of [1, 4]) {
    const has = patience(left)
    expect(await tries(error, has, attempts)).toBe(waits.length + 1)
    expect(has.waits).toEqual(waits)
  }
})

test('F-15 what the server asks for wins over our own wait', () => {
  expect(delayBefore(1, 7000, 0.5)).toBe(7000)
  expect(delayBefore(9, undefined, 1)).toBe(20_000)
})

const HEADERS = [
  { value: '7', ms: 7000 },
  { value: 'Sun, 22 Nov 2026 10:00:07 GMT', ms: 7000 },
  { value: 'Sun, 22 Nov 2026 09:00:00 GMT', ms: 0 },
  { value: '', ms: undefined },
  { value: ' 7 ', ms: 7000 },
  { value: '   ', ms: undefined },
  { value: '120', ms: 120_000 },
  { value: ' Sun, 22 Nov 2026 10:00:07 GMT', ms: 7000 },
  { value: '22 Nov 2026 10:00:07 GMT', ms: undefined },
  { value: '0', ms: 0 },
  { value: '1e12', ms: undefined },
  { value: '7.5', ms: undefined },
  { value: '9'.repeat(40), ms: undefined },
  { value: '1970-01-01', ms: undefined },
  { value: 'Thu, 01 Jan 1970 00:00:00 GMT', ms: 0 },
  { value: 'soon', ms: undefined },
  { value: '-1', ms: undefined },
  { value: 'NaN', ms: undefined },
  { value: null, ms: undefined },
]
test.each(HEADERS)('T-140 Retry-After $value means $ms ms', ({ value, ms }) => {
  expect(readRetryAfter(value, Date.parse('2026-11-22T10:00:00Z'))).toBe(ms)
})

test('an answer was given when its server says so', () => {
  expect(answeredAt('Sun, 22 Nov 2026 10:00:07 GMT')).toBe(Date.parse('2026-11-22T10:00:07Z'))
})

test.each([null, '', 'soon'])('an answer without a usable date (%j) was given now', (date) => {
  const before = Date.now()
  expect(answeredAt(date)).toBeGreaterThanOrEqual(before)
  expect(answeredAt(date)).toBeLessThanOrEqual(Date.now())
})

test('F-15 waits that a server asks for are over within a minute in all', async () => {
  const has = patience()
  expect(await tries(failure(true, 25_000), has)).toBe(3)
  expect(has.waits).toEqual([25_000, 25_000])
})
