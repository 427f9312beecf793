/** A faithful Jules (REST API v1alpha) on loopback, whose sessions follow scripted scenarios on the emulated clock. */
import type { Clock } from '../clock.ts'
import { type Server, startServer } from '../server.ts'
import { type Account, openAccount } from './account.ts'
import { adminRoutes } from './admin/index.ts'
import { type Change, change } from './alter.ts'
import { readFault } from './fault-order.ts'
import { guard, handling } from './gate.ts'
import { noSuchPage } from './google-page.ts'
import type { PullRequestRequest } from './publish.ts'
import { makeRace } from './race.ts'
import type { Activity, Output, SessionResource, SourceResource } from './resource.ts'
import { activityRoutes } from './routes/activities.ts'
import { type SessionRules, sessionRoutes } from './routes/sessions.ts'
import { makeSource, type SourceOptions, sourceRoutes } from './routes/sources.ts'
import { scenario } from './scenarios/table.ts'
import { present } from './session.ts'
import { makeSettings, type Settings } from './settings.ts'
import type { Scenario } from './step.ts'

export type JulesOptions = Partial<Settings> & {
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
  /** Orders a fault as `POST /emulator/faults` does; a mistake in the order is thrown. */
  addFault(order: unknown): void
  /** May be changed at any time. */
  settings: Settings
  /** Everything as at the start; only the time goes on. */
  reset(): void
  stop(): Promise<void>
}

export async function startJules(options: JulesOptions): Promise<Jules> {
  const { clock, port, key, openPullRequest } = options
  const settings = makeSettings(options)
  const onRead = makeRace(settings, clock.now)
  const account = openAccount({ clock, sources: sourcesOf(options), onRead, openPullRequest })
  const chosen = { scenario: firstScenario(options) }
  const api = [
    ...sourceRoutes(account),
    ...sessionRoutes(account, { ...rulesOf(options, settings), usualScenario: () => chosen.scenario }),
    ...activityRoutes(account),
  ]
  const admin = adminRoutes({ clock, jules: () => jules }, api)
  const server = await startServer({
    clock,
    ...(port !== undefined && { port }),
    routes: [...api, ...admin].map((route) => ({ ...route, handle: handling(route, settings, account.catchUp) })),
    guard: (request, route) => guard(request, route, key),
    unplanned: ({ path }) => (path.startsWith('/v1alpha/') ? noSuchPage(path) : undefined),
  })
  const jules = handlesOn(options, { settings, account, chosen, server })
  return jules
}

type Parts = { settings: Settings; account: Account; chosen: { scenario: Scenario }; server: Server }

/** What a test does with this Jules beside calling the API. */
function handlesOn(options: JulesOptions, { settings, account, chosen, server }: Parts): Jules {
  return {
    url: `${server.url}/v1alpha`,
    server,
    settings,
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
    useScenario: (name) => {
      chosen.scenario = scenario(name)
    },
    addFault: (order) => server.faults.add(readFault(order, account.now)),
    reset: () => {
      chosen.scenario = firstScenario(options)
      Object.assign(settings, makeSettings(options))
      account.reset(sourcesOf(options))
      server.reset()
    },
    stop: () => {
      account.stop()
      return server.stop()
    },
  }
}

function firstScenario(options: JulesOptions): Scenario {
  return scenario(options.scenario ?? 'automatic-pull-request')
}

function sourcesOf({ sources, sourceNaming = 'slash' }: JulesOptions): SourceResource[] {
  return sources.map((source) => makeSource(source, sourceNaming))
}

function rulesOf(options: JulesOptions, settings: Settings): Omit<SessionRules, 'usualScenario'> {
  const naming = options.sourceNaming ?? 'slash'
  const listing = options.sources.filter(({ branches }) => branches !== undefined)
  const strict = new Set(listing.map((source) => makeSource(source, naming).name))
  return {
    naming,
    settings,
    hasBranch: (source, branch) => !strict.has(source.name) || branchesOf(source).includes(branch),
  }
}

function branchesOf(source: SourceResource): string[] {
  return source.githubRepo.branches.map(({ displayName }) => displayName)
}
