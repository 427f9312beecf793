/** A faithful Jules (REST API v1alpha) on loopback, whose sessions follow scripted scenarios on the emulated clock. */
import { type Server, startServer } from '../server.ts'
import { type Account, openAccount } from './account.ts'
import { adminRoutes } from './admin/index.ts'
import { change } from './alter.ts'
import { readFault } from './fault-order.ts'
import { guard, handling } from './gate.ts'
import { noSuchPage } from './google-page.ts'
import type { Jules, JulesOptions } from './jules.ts'
import { makeRace } from './race.ts'
import type { SourceResource } from './resource.ts'
import { activityRoutes } from './routes/activities.ts'
import { type SessionRules, sessionRoutes } from './routes/sessions.ts'
import { makeSource, sourceRoutes } from './routes/sources.ts'
import { openLibrary, type ScenarioLibrary } from './scenario-file/library.ts'
import { present } from './session.ts'
import { makeSettings, type Settings } from './settings.ts'

export type { Jules, JulesOptions, SessionState } from './jules.ts'

export async function startJules(options: JulesOptions): Promise<Jules> {
  const { clock, port, key, openPullRequest, updatePullRequest } = options
  const settings = makeSettings(options)
  const scenarios = openLibrary(options.scenarios, options.scenario)
  const onRead = makeRace(settings, clock.now)
  const account = openAccount({ clock, sources: sourcesOf(options), onRead, openPullRequest, updatePullRequest })
  const api = [
    ...sourceRoutes(account),
    ...sessionRoutes(account, { ...rulesOf(options, settings), scenarios }),
    ...activityRoutes(account),
  ]
  const admin = adminRoutes({ clock, scenarios, jules: () => jules }, api)
  const server = await startServer({
    clock,
    ...(port !== undefined && { port }),
    routes: [...api, ...admin].map((route) => ({ ...route, handle: handling(route, settings, account.catchUp) })),
    guard: (request, route) => guard(request, route, key),
    unplanned: ({ path }) => (path.startsWith('/v1alpha/') ? noSuchPage(path) : undefined),
  })
  const jules = handlesOn(options, { settings, account, scenarios, server })
  return jules
}

type Parts = { settings: Settings; account: Account; scenarios: ScenarioLibrary; server: Server }

/** What a test does with this Jules beside calling the API. */
function handlesOn(options: JulesOptions, { settings, account, scenarios, server }: Parts): Jules {
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
    useScenario: scenarios.use,
    loadScenario: (text, where) => scenarios.load({ ...where, text }),
    addFault: (order) => server.faults.add(readFault(order, account.now)),
    reset: () => {
      scenarios.reset()
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

function sourcesOf({ sources, sourceNaming = 'slash' }: JulesOptions): SourceResource[] {
  return sources.map((source) => makeSource(source, sourceNaming))
}

function rulesOf(options: JulesOptions, settings: Settings): Omit<SessionRules, 'scenarios'> {
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
