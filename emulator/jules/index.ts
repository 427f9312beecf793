/** A faithful Jules (REST API v1alpha) on loopback, whose sessions follow scripted scenarios on the emulated clock. */
import type { Clock } from '../clock.ts'
import { type Answer, type Request, type Route, type Server, startServer } from '../server.ts'
import { type Account, openAccount } from './account.ts'
import { type Change, change } from './alter.ts'
import type { PullRequestRequest } from './publish.ts'
import { notFound, Refusal, unauthenticated } from './refusal.ts'
import type { Activity, Output, SessionResource, SourceResource } from './resource.ts'
import { activityRoutes } from './routes/activities.ts'
import { type SessionRules, sessionRoutes } from './routes/sessions.ts'
import { makeSource, type SourceOptions, sourceRoutes } from './routes/sources.ts'
import { steeringRoutes } from './routes/steering.ts'
import { scenario } from './scenarios/table.ts'
import { present } from './session.ts'

export type JulesOptions = {
  clock: Clock
  port?: number
  /** Accepted key; any when left out. */
  key?: string
  /** Repositories that the account has connected. A source that lists its branches lets sessions start on those only. */
  sources: SourceOptions[]
  /** Scenario for sessions whose prompt has no marker; default `automatic-pull-request`. */
  scenario?: string
  /** Called when a session publishes; the default invents a URL. */
  openPullRequest?(request: PullRequestRequest): Promise<{ url: string }>
  sourceNaming?: 'slash' | 'dashed'
  /** Zero-byte success bodies for sendMessage, approvePlan and delete. */
  emptyBodies?: boolean
  concurrentLimit?: number
  dailyLimit?: number
  quotaRefusal?: 'failed-precondition' | 'exhausted'
}

/** A session as served, with its activities. */
export type SessionState = SessionResource & { outputs: Output[]; activities: Activity[] }

export type Jules = {
  /** `http://127.0.0.1:PORT/v1alpha` */
  url: string
  server: Server
  /** Newest first, archived ones too. */
  sessions(): SessionState[]
  /** Resolves when nothing is pending at the present time. */
  settled(): Promise<void>
  /** Changes a session by hand; a state set here stays until somebody acts on the session. */
  alter(id: string, change: Change): void
  /** Chooses the scenario of sessions created from now on. */
  useScenario(name: string): void
  stop(): Promise<void>
}

export async function startJules(options: JulesOptions): Promise<Jules> {
  const { clock, port, key, openPullRequest } = options
  const sources = options.sources.map((source) => makeSource(source, options.sourceNaming ?? 'slash'))
  const account = openAccount({ clock, sources, openPullRequest })
  let usual = scenario(options.scenario ?? 'automatic-pull-request')
  const useScenario = (name: string) => {
    usual = scenario(name)
  }
  const routes = [
    ...sourceRoutes(account),
    ...sessionRoutes(account, { ...rulesOf(options, sources), usualScenario: () => usual }),
    ...activityRoutes(account),
    ...steeringRoutes({ clock, useScenario, addFault: (fault) => server.faults.add(fault) }),
  ]
  const server = await startServer({
    clock,
    ...(port !== undefined && { port }),
    routes: routes.map((route) => ({ ...route, handle: handling(route, account.catchUp) })),
    guard: (request, route) => guard(request, route, key),
  })
  return { url: `${server.url}/v1alpha`, server, useScenario, ...handlesOn(account, server) }
}

/** What a test does with the account beside calling the API. */
function handlesOn(account: Account, server: Server): Pick<Jules, 'sessions' | 'settled' | 'alter' | 'stop'> {
  return {
    sessions: () => {
      account.catchUp()
      return account.sessions.map((session) => {
        return structuredClone({ ...present(session), outputs: session.outputs, activities: session.activities })
      })
    },
    settled: account.settled,
    alter: (id, wanted) => {
      account.catchUp()
      change(account.find(id), wanted, account.now())
    },
    stop: () => {
      account.stop()
      return server.stop()
    },
  }
}

function rulesOf(options: JulesOptions, sources: SourceResource[]): Omit<SessionRules, 'usualScenario'> {
  const strict = new Set(sources.filter((_, at) => options.sources[at]?.branches !== undefined).map(({ name }) => name))
  return {
    naming: options.sourceNaming ?? 'slash',
    empty: options.emptyBodies ? { text: '' } : { body: {} },
    concurrentLimit: options.concurrentLimit ?? Number.POSITIVE_INFINITY,
    dailyLimit: options.dailyLimit ?? Number.POSITIVE_INFINITY,
    quotaRefusal: options.quotaRefusal ?? 'failed-precondition',
    hasBranch: (source, branch) => !strict.has(source.name) || branchesOf(source).includes(branch),
  }
}

function branchesOf(source: SourceResource): string[] {
  return source.githubRepo.branches.map(({ displayName }) => displayName)
}

/** Lets the time pass before a call, sets the timer after it, and turns refusals into answers. */
function handling(route: Route, catchUp: () => void): (request: Request) => Promise<Answer> {
  return async (request) => {
    catchUp()
    try {
      return await route.handle(request)
    } catch (error) {
      if (error instanceof Refusal) return error.answer
      throw error
    } finally {
      catchUp()
    }
  }
}

function guard(request: Request, route: Route | undefined, key: string | undefined): Answer | undefined {
  const isBareName = route === undefined && /^\/v1alpha\/\d+$/.test(request.path)
  if ((route === undefined && !isBareName) || route?.name.startsWith('emulator.')) return undefined
  const given = request.headers['x-goog-api-key'] ?? ''
  const name = route?.name ?? 'sessions.get'
  if (given === '') return unauthenticated('missing', name).answer
  if (key !== undefined && given !== key) return unauthenticated('unknown', name).answer
  return isBareName ? notFound().answer : undefined
}
