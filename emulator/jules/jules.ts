/** What an emulated Jules is given, and what can be done with it beside calling its API. */
import type { Clock } from '../clock.ts'
import type { Server } from '../server.ts'
import type { Change } from './alter.ts'
import type { PullRequestRequest, PullRequestUpdate } from './publish.ts'
import type { Activity, Output, SessionResource } from './resource.ts'
import type { SourceOptions } from './routes/sources.ts'
import type { ScenarioText } from './scenario-file/document.ts'
import type { ScenarioEntry } from './scenario-file/library.ts'
import type { Settings } from './settings.ts'

export type JulesOptions = Partial<Settings> & {
  clock: Clock
  port?: number
  /** Accepted key; any when left out. */
  key?: string
  /** Repositories that the account has connected. A source that lists its branches lets sessions start on those only. */
  sources: SourceOptions[]
  /** Scenario for sessions whose prompt has no marker; default `automatic-pull-request`. */
  scenario?: string
  /** Scenarios of your own, beside those that are built in. */
  scenarios?: ScenarioText[]
  /** Called when a session publishes; the default invents a URL. */
  openPullRequest?(request: PullRequestRequest): Promise<{ url: string }>
  /** Called when a later turn pushes to the pull request that is open. */
  updatePullRequest?(update: PullRequestUpdate): Promise<void>
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
  /** Adds a scenario; its text is described in SCENARIOS.md. One with mistakes is an error that lists them all. */
  loadScenario(text: string, where: Omit<ScenarioText, 'text'>): ScenarioEntry
  /** Orders a fault as `POST /emulator/faults` does; a mistake in the order is thrown. */
  addFault(order: unknown): void
  /** May be changed at any time. */
  settings: Settings
  /** Everything as at the start; only the time goes on. */
  reset(): void
  stop(): Promise<void>
}
