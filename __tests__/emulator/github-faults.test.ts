/** GitHub's own ways to fail, by name. */
import { abuse, primaryLimit, secondaryLimit, serverError, unicorn } from '../../emulator/github/faults.ts'
import { call, type Small, small, USUAL } from './github-world.ts'

let world: Small
beforeEach(async () => {
  world = await small()
})
afterEach(() => world.github.stop())

const FAULTS = [
  {
    name: 'unicorn',
    act: unicorn(),
    status: 502,
    says: 'Unicorn!',
    headers: { 'content-type': 'text/html; charset=utf-8' },
  },
  {
    name: 'unicorn 504',
    act: unicorn(504),
    status: 504,
    says: '<!DOCTYPE html>',
    headers: { 'x-ratelimit-limit': null },
  },
  { name: 'serverError', act: serverError(), status: 500, says: '{"message":"Server Error"}', headers: {} },
  {
    name: 'secondaryLimit',
    act: secondaryLimit(),
    status: 403,
    says: 'secondary rate limit',
    headers: { 'retry-after': null, 'x-ratelimit-remaining': null },
  },
  {
    name: 'secondaryLimit 429',
    act: secondaryLimit({ status: 429, retryAfter: 30 }),
    status: 429,
    says: 'secondary rate limit',
    headers: { 'retry-after': '30' },
  },
  {
    name: 'blank secondaryLimit',
    act: secondaryLimit({ retryAfter: '' }),
    status: 403,
    says: '',
    headers: { 'retry-after': '' },
  },
  { name: 'abuse', act: abuse(), status: 403, says: 'abuse detection', headers: { 'retry-after': '60' } },
  {
    name: 'primaryLimit',
    act: primaryLimit({ reset: 1_787_562_000 }),
    status: 403,
    says: 'API rate limit exceeded',
    headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1787562000' },
  },
]
test.each(FAULTS)('$name, before and after the effect', async ({ act, status, says, headers }) => {
  const { github } = world
  const token = github.mintToken(USUAL)
  for (const phase of ['before', 'after'] as const) {
    github.server.faults.add({ route: 'issues.createComment', phase, act })
    const told = await call(github, token, 'POST /repos/acme/widgets/issues/1/comments', { body: phase })
    expect(told.status).toBe(status)
    expect(told.text).toContain(says)
    for (const [name, value] of Object.entries(headers)) expect(told.headers.get(name)).toBe(value)
  }
  expect(github.comments(1).map(({ body }) => body)).toEqual(['after'])
})
