/** The rate limits of GitHub, in emulated time: what they count, how they refuse, when they end. */
import { makeLimits } from '../../emulator/github/limits.ts'
import { actingAs } from '../../emulator/github/person.ts'
import { at, client, type Small, small, USUAL } from './github-world.ts'

let world: Small
beforeEach(async () => {
  world = await small()
})
afterEach(() => world.github.stop())

const comment = (token: string) =>
  client(world.github, token).rest.issues.createComment({ ...at, issue_number: 1, body: 'Hello' })
const look = (token?: string) => client(world.github, token).rest.repos.get(at)

test('each kind of token has an hour of its own; all tokens of the workflow share theirs', async () => {
  const { github, alice } = world
  const jules = github.person('google-labs-jules[bot]')
  const left = async (token?: string) => {
    const { headers } = await look(token)
    return `${headers['x-ratelimit-used']} of ${headers['x-ratelimit-limit']}`
  }
  expect(await left(github.mintToken(USUAL))).toBe('1 of 1000')
  expect(await left(github.mintToken({}))).toBe('2 of 1000')
  expect(await left(github.mintTokenFor(alice))).toBe('1 of 5000')
  expect(await left(github.mintTokenFor(jules))).toBe('1 of 5000')
  expect(await left()).toBe('1 of 60')
})

test('the calls can be used up at once, and come back', async () => {
  const { github, clock } = world
  const token = github.mintToken(USUAL)
  github.limits.exhaust(30)
  const reset = String(Math.ceil((clock.now() + 30 * 60_000) / 1000))
  await expect(comment(token)).rejects.toMatchObject({
    status: 403,
    message: expect.stringContaining('API rate limit exceeded'),
    response: {
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': expect.stringMatching(reset.slice(0, 8)) },
    },
  })
  expect(github.comments(1)).toEqual([])
  expect((await client(github, token).rest.rateLimit.get()).data.rate).toMatchObject({ limit: 1000, remaining: 0 })
  clock.move(30 * 60_000)
  expect((await comment(token)).status).toBe(201)
})

test('GraphQL has calls of its own, and says with a 200 that there are none', async () => {
  const { github } = world
  const { graphql } = client(github, github.mintToken({}))
  await graphql('{ viewer { databaseId } }')
  github.limits.exhaust()
  await expect(graphql('{ viewer { databaseId } }')).rejects.toMatchObject({ errors: [{ type: 'RATE_LIMITED' }] })
  github.limits.reset()
  expect((await look(github.mintToken({}))).headers['x-ratelimit-used']).toBe('1')
})

test('a write is five points, a read one, and a minute has only so many', async () => {
  const { github, clock } = world
  const token = github.mintToken(USUAL)
  github.limits.set({ pointsPerMinute: 12 })
  await comment(token)
  await comment(token)
  await look(token)
  await look(token)
  const refused = { status: 403, response: { headers: { 'retry-after': '60' } } }
  await expect(look(token)).rejects.toMatchObject(refused)
  clock.move(60_000)
  expect((await comment(token)).status).toBe(201)
})

test('too many new comments in a minute, then in an hour; reads go on', async () => {
  const { github, clock } = world
  const token = github.mintToken(USUAL)
  github.limits.set({ contentPerMinute: 2, contentPerHour: 3 })
  await comment(token)
  await comment(token)
  await expect(comment(token)).rejects.toMatchObject({ status: 403 })
  clock.move(60_000)
  await comment(token)
  await expect(comment(token)).rejects.toMatchObject({ message: expect.stringContaining('secondary rate limit') })
  expect(github.comments(1)).toHaveLength(3)
  expect((await look(token)).status).toBe(200)
  clock.move(3_600_000)
  expect((await comment(token)).status).toBe(201)
})

test("GitHub's own figures: 900 points and 80 new comments in a minute, 500 in an hour", () => {
  const holder = { kind: 'personal', actor: actingAs(world.alice) } as const
  const limits = makeLimits(world.clock)
  const taken = (content: boolean, most: number) => {
    for (let n = 0; n < most; n += 1)
      try {
        limits.spend(holder, { resource: 'core', points: content ? 5 : 1, content })
      } catch {
        return n
      }
    return most
  }
  expect(taken(false, 2_000)).toBe(900)
  world.clock.move(60_000)
  const minutes = Array.from({ length: 7 }, () => {
    const many = taken(true, 500)
    world.clock.move(60_000)
    return many
  })
  expect(minutes).toEqual([80, 80, 80, 80, 80, 80, 20])
})

const VARIANTS = [
  { name: 'as it is', settings: {}, status: 403, header: '60' },
  { name: 'with 429', settings: { secondaryStatus: 429 as const }, status: 429, header: '60' },
  { name: 'without a header', settings: { retryAfter: null }, status: 403, header: undefined },
  { name: 'with a blank header', settings: { retryAfter: '' }, status: 403, header: '' },
]
test.each(VARIANTS)('a secondary limit $name', async ({ settings, status, header }) => {
  world.github.limits.set({ contentPerMinute: 0, ...settings })
  const refused = comment(world.github.mintToken(USUAL))
  await expect(refused).rejects.toMatchObject({
    status,
    message: expect.stringContaining('You have exceeded a secondary rate limit.'),
    response: { data: { documentation_url: expect.stringContaining('about-secondary-rate-limits') } },
  })
  await refused.catch((error) => expect(error.response.headers['retry-after']).toBe(header))
})

test('other figures from the start', async () => {
  const other = await small({ limits: { workflow: 1 } })
  const token = other.github.mintToken({})
  expect((await client(other.github, token).rest.repos.get(at)).headers['x-ratelimit-remaining']).toBe('0')
  await expect(client(other.github, token).rest.repos.get(at)).rejects.toMatchObject({ status: 403 })
  await other.github.stop()
})
