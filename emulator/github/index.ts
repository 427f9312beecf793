/** A GitHub with one repository on localhost: people act through functions, programs over HTTP, listeners get webhooks. */
import { createHash } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { type Server, startServer } from '../server.ts'
import { type Lag, makeLag, type StaleReads } from './lag.ts'
import { type LimitSettings, type Limits, makeLimits } from './limits.ts'
import { makePeople, type People } from './people.ts'
import { EVERYTHING, type Grants, makeTokens, type Tokens } from './permission.ts'
import { ACTIONS_BOT, actingAs, type Person } from './person.ts'
import { planRoutes } from './routes/door.ts'
import { ROUTES } from './routes/index.ts'
import { ABSENT_ROUTES } from './routes/reaction-lists.ts'
import { rateRoute } from './routes/repository.ts'
import { type Comment, fullName, makeStore, type Store, type StoreOptions, timestamp } from './store.ts'
import { show } from './witness.ts'
import { type Delivery, makeWorld } from './world.ts'

export type { NewPullRequest } from './acts/pull.ts'
export type { NewReview, NewReviewComment } from './acts/review.ts'
export type { NewIssue } from './acts/thread.ts'
export type { StaleReads } from './lag.ts'
export type { LimitSettings } from './limits.ts'
export type { Cause, Permission, Person } from './person.ts'
export type { Comment, Issue, PullRequest, Review, ReviewComment, Store, Thread } from './store.ts'
export type { Delivery } from './world.ts'

export type GitHubOptions = StoreOptions & {
  clock: Clock
  port?: number
  /** Other rate limits than GitHub's own. */
  limits?: Partial<LimitSettings>
  /** Reads that are behind; default: none is. */
  staleReads?: StaleReads
}

export type GitHub = People & {
  url: string
  server: Server
  /** `acme/widgets` */
  repository: string
  store: Store
  onDelivery(listener: (delivery: Delivery) => void): void
  limits: Limits
  /** Makes reads stale from now on; without settings, fresh again. */
  staleReads: Lag['set']
  /** A workflow's own token with exactly these permissions; it acts as `github-actions[bot]`. */
  mintToken(permissions: Grants, options?: { minutes?: number }): string
  /**
   * A personal access token, or the token of an app if the person is a bot: what is done with it starts workflows.
   * With `permissions` it is a fine-grained one. An app's is good for an hour unless told otherwise.
   */
  mintTokenFor(person: Person, options?: { permissions?: Grants; minutes?: number }): string
  revoke(token: string): void
  /** Changes what a token may do, while somebody uses it. */
  regrant(token: string, permissions: Grants): void
  /** The comments of a thread, oldest first. */
  comments(number: number): Comment[]
  stop(): Promise<void>
}

/** Starts GitHub with an empty repository. */
export async function startGitHub(options: GitHubOptions): Promise<GitHub> {
  const { clock } = options
  const store = makeStore(options, timestamp(clock))
  const lag = makeLag(store, clock, options.staleReads)
  const world = makeWorld(store, clock, lag.changed)
  const tokens = makeTokens(clock)
  const limits = makeLimits(clock, options.limits)
  const people = makePeople(world)
  const specs = [...ROUTES, rateRoute(limits), ...ABSENT_ROUTES]
  const server = await startServer({
    clock,
    ...(options.port === undefined ? {} : { port: options.port }),
    routes: specs.flatMap((spec) => planRoutes({ world, tokens, limits, lag }, spec)),
    headers: makeHeaders(),
  })
  show(server, world)
  return {
    ...people,
    url: server.url,
    server,
    repository: fullName(store.repository),
    store,
    limits,
    staleReads: lag.set,
    onDelivery: (listener) => world.onDelivery(listener),
    ...makeMint(people, tokens),
    revoke: (token) => tokens.revoke(token),
    regrant: (token, permissions) => tokens.regrant(token, permissions),
    comments: (number) => store.comments.filter((comment) => comment.number === number),
    stop: () => server.stop(),
  }
}

/** An app's token is good for an hour. */
const APP_MINUTES = 60

function makeMint(people: People, tokens: Tokens): Pick<GitHub, 'mintToken' | 'mintTokenFor'> {
  return {
    mintToken: (permissions, { minutes } = {}) => {
      const actor = { person: people.person(ACTIONS_BOT), cause: 'github-token' } as const
      return tokens.mint({ kind: 'installation', prefix: 'ghs', actor, grants: permissions, minutes })
    },
    mintTokenFor: (person, { permissions, minutes } = {}) => {
      const [actor, grants] = [actingAs(person), permissions ?? EVERYTHING]
      if (person.type === 'Bot')
        return tokens.mint({ kind: 'installation', prefix: 'ghs', actor, grants, minutes: minutes ?? APP_MINUTES })
      const prefix = permissions === undefined ? 'ghp' : 'github_pat'
      return tokens.mint({ kind: 'personal', prefix, actor, grants, minutes })
    },
  }
}

/** Headers of every answer; each names its request anew. */
function makeHeaders(): () => Record<string, string> {
  let answered = 0
  return () => {
    answered += 1
    const id = createHash('md5').update(`answer ${answered}`).digest('hex').toUpperCase()
    return {
      'x-github-request-id': [id.slice(0, 4), id.slice(4, 10), id.slice(10, 17), id.slice(17, 24), id.slice(24)].join(
        ':',
      ),
      'x-github-media-type': 'github.v3; format=json',
    }
  }
}
