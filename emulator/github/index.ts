/** A GitHub with one repository on localhost: people act through functions, programs over HTTP, listeners get webhooks. */
import { createHash } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { type Server, startServer } from '../server.ts'
import { makePeople, type People } from './people.ts'
import { type Grants, grantsOf, makeTokens } from './permission.ts'
import { ACTIONS_BOT, actingAs, type Person } from './person.ts'
import { makeRate, type Rate } from './rate.ts'
import { ROUTES } from './routes/index.ts'
import { answering, planRoute } from './routes/plan.ts'
import { rateRoute } from './routes/repository.ts'
import { type Comment, fullName, makeStore, type Store, type StoreOptions, timestamp } from './store.ts'
import { show } from './witness.ts'
import { type Delivery, makeWorld } from './world.ts'

export type { NewPullRequest } from './acts/pull.ts'
export type { NewReview, NewReviewComment } from './acts/review.ts'
export type { NewIssue } from './acts/thread.ts'
export type { Cause, Permission, Person } from './person.ts'
export type { Comment, Issue, PullRequest, Review, ReviewComment, Store, Thread } from './store.ts'
export type { Delivery } from './world.ts'

export type GitHubOptions = StoreOptions & { clock: Clock; port?: number }

export type GitHub = People & {
  url: string
  server: Server
  /** `acme/widgets` */
  repository: string
  store: Store
  onDelivery(listener: (delivery: Delivery) => void): void
  /** A workflow's own token with exactly these permissions; it acts as `github-actions[bot]`. */
  mintToken(permissions: Grants): string
  /** A personal access token, or the token of an app if the person is a bot: what is done with it starts workflows. */
  mintTokenFor(person: Person): string
  revoke(token: string): void
  /** The comments of a thread, oldest first. */
  comments(number: number): Comment[]
  stop(): Promise<void>
}

/** Starts GitHub with an empty repository. */
export async function startGitHub(options: GitHubOptions): Promise<GitHub> {
  const { clock } = options
  const store = makeStore(options, timestamp(clock))
  const world = makeWorld(store, clock)
  const tokens = makeTokens()
  const rate = makeRate(clock)
  const people = makePeople(world)
  const door = { world, tokens, rate }
  const server = await startServer({
    clock,
    ...(options.port === undefined ? {} : { port: options.port }),
    routes: [...ROUTES, rateRoute(rate)].map((spec) => planRoute(door, spec)),
    guard: (_, route) => (route?.name === 'rateLimit.get' ? undefined : answering(() => rate.spend())),
    headers: makeHeaders(rate),
  })
  show(server, world)
  return {
    ...people,
    url: server.url,
    server,
    repository: fullName(store.repository),
    store,
    onDelivery: (listener) => world.onDelivery(listener),
    mintToken: (permissions) =>
      tokens.mint('installation', { person: people.person(ACTIONS_BOT), cause: 'github-token' }, permissions),
    mintTokenFor: (person) =>
      tokens.mint(person.type === 'Bot' ? 'installation' : 'personal', actingAs(person), grantsOf(person)),
    revoke: (token) => tokens.revoke(token),
    comments: (number) => store.comments.filter((comment) => comment.number === number),
    stop: () => server.stop(),
  }
}

/** Headers of every answer; each names its request anew. */
function makeHeaders(rate: Rate): () => Record<string, string> {
  let answered = 0
  return () => {
    answered += 1
    const { limit, used, remaining, reset } = rate.status()
    const id = createHash('md5').update(`answer ${answered}`).digest('hex').toUpperCase()
    return {
      'x-github-request-id': [id.slice(0, 4), id.slice(4, 10), id.slice(10, 17), id.slice(17, 24), id.slice(24)].join(
        ':',
      ),
      'x-github-media-type': 'github.v3; format=json',
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-used': String(used),
      'x-ratelimit-remaining': String(remaining),
      'x-ratelimit-reset': String(reset),
      'x-ratelimit-resource': 'core',
    }
  }
}
