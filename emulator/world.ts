/** The whole emulated world: one clock, a GitHub with one repository, a Jules that is connected to it, and a runner. */
import { fileURLToPath } from 'node:url'
import { type Clock, type ClockOptions, startClock } from './clock.ts'
import { type GitHub, startGitHub } from './github/index.ts'
import { type Jules, startJules } from './jules/index.ts'
import { readActionDefinition } from './runner/action-definition.ts'
import type { Runner, RunnerOptions } from './runner/index.ts'
import { originOf } from './runner/origin.ts'
import { pullFilesOf } from './runner/patch.ts'
import { type ActionRun, type StartedAction, startAction } from './runner/process.ts'

export { cleanUp } from './runner/process.ts'

export type WorldOptions = ClockOptions & {
  /** Default `acme/widgets`. */
  repository?: string
  /** Jules's scenario for prompts without a marker. */
  scenario?: string
  /** Text of the workflow that the runner runs; without one nothing starts by itself. */
  workflow?: string
  /** Folder with action.yml; default: this repository. */
  action?: string
  julesKey?: string
  /** Values added to the step's `with:`. */
  inputs?: Record<string, string>
  /** Which of the two documented forms Jules names its sources in. */
  sourceNaming?: 'slash' | 'dashed'
  /** Another Jules than the emulated one. */
  julesUrl?: string
  environment?: Record<string, string>
  nodeArguments?: string[]
  /** Secrets beside `JULES_API_KEY`. */
  secrets?: Record<string, string>
} & Pick<RunnerOptions, 'start' | 'vars' | 'onStart' | 'onLine' | 'onEnd'>

/** What a direct start may say differently. */
export type DirectRun = Partial<Omit<ActionRun, 'event'>> & { permissions?: Record<string, 'read' | 'write'> }

export type World = {
  clock: Clock
  github: GitHub
  jules: Jules
  runner: Runner
  /** Starts the action once, past the workflow, with everything filled in from a delivery or an event. */
  run(event: { event: string; payload: object } | { name: string; payload: object }, given?: DirectRun): StartedAction
  stop(): Promise<void>
}

/** The Jules GitHub app. */
const julesApp = 'google-labs-jules[bot]'

const thisRepository = fileURLToPath(new URL('..', import.meta.url))

/** The permissions that the action asks for in its documents. */
const usualPermissions = { contents: 'read', issues: 'write', pull_requests: 'write' } as const

const firstDirectRunId = 18_100_000_001

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const clock = startClock(options)
  const repository = options.repository ?? 'acme/widgets'
  const julesKey = options.julesKey ?? 'emulated-jules-api-key'
  const github = await startGitHub({ clock, repository })
  const { scenario, sourceNaming } = options
  const jules = await startConnectedJules({ clock, github, key: julesKey, scenario, sourceNaming })
  const action = options.action ?? thisRepository
  const inputs = {
    ...(declares(action, 'jules-api-url') && { 'jules-api-url': options.julesUrl ?? jules.url }),
    ...options.inputs,
  }
  const { environment = {}, nodeArguments = [] } = options
  const shared = { clock, action, apiUrl: github.url, environment, nodeArguments }
  const secrets = { JULES_API_KEY: julesKey, ...options.secrets }
  const runner = await startRunnerFor(options, { ...shared, github, inputs, secrets }).catch(async (error: unknown) => {
    await Promise.all([jules.stop(), github.stop()])
    throw error
  })
  const direct: StartedAction[] = []

  function run(event: Parameters<World['run']>[0], { permissions, ...given }: DirectRun = {}): StartedAction {
    const name = 'event' in event ? event.event : event.name
    const token = given.token ?? github.mintToken(permissions ?? usualPermissions)
    const started = (options.start ?? startAction)({
      ...originOf({ event: name, payload: event.payload }, repository),
      repositoryId: github.store.repository.id,
      runId: String(firstDirectRunId + direct.length),
      ...shared,
      ...given,
      token,
      event: { name, payload: event.payload },
      inputs: { ...(declares(action, 'jules-api-key') && { 'jules-api-key': julesKey }), ...inputs, ...given.inputs },
      environment: { ...environment, ...given.environment },
    })
    direct.push(started)
    return started
  }

  async function stop(): Promise<void> {
    for (const started of direct) started.kill('SIGKILL')
    await Promise.allSettled([runner.stop(), ...direct.map((started) => started.done)])
    await Promise.all([jules.stop(), github.stop()])
    clock.stop()
  }

  return { clock, github, jules, runner, run, stop }
}

/** Another action than this repository's own has inputs of its own. */
function declares(action: string, input: string): boolean {
  return readActionDefinition(action).inputs.some(({ name }) => name === input)
}

type Connection = { clock: Clock; github: GitHub; key: string } & {
  scenario: string | undefined
  sourceNaming: 'slash' | 'dashed' | undefined
}

/** A Jules whose pull requests are opened by its app on the emulated GitHub, as they would be. */
function startConnectedJules({ clock, github, key, scenario, sourceNaming }: Connection): Promise<Jules> {
  const { repository } = github.store
  return startJules({
    clock,
    key,
    ...(scenario === undefined ? {} : { scenario }),
    ...(sourceNaming === undefined ? {} : { sourceNaming }),
    sources: [
      {
        owner: repository.owner.login,
        repo: repository.name,
        defaultBranch: repository.defaultBranch,
        isPrivate: repository.private,
      },
    ],
    openPullRequest: async ({ title, body, head, base, patch }) => {
      const app = github.person(julesApp, 'write', 'Bot')
      const what = { title, body, head, base, cause: 'app', files: pullFilesOf(patch) } as const
      return { url: github.openPullRequest(app, what).url }
    },
    updatePullRequest: async ({ url, patch }) => {
      const number = Number(url.slice(url.lastIndexOf('/') + 1))
      github.push(github.person(julesApp, 'write', 'Bot'), number, pullFilesOf(patch))
    },
  })
}

/** The parser of workflows is loaded only when there is one to read. */
async function startRunnerFor(options: WorldOptions, given: Omit<RunnerOptions, 'workflow'>): Promise<Runner> {
  const { workflow, start, vars, onStart, onLine, onEnd } = options
  if (workflow === undefined) return restingRunner
  const { startRunner } = await import('./runner/index.ts')
  const listeners = {
    ...(start && { start }),
    ...(vars && { vars }),
    ...(onStart && { onStart }),
    ...(onLine && { onLine }),
    ...(onEnd && { onEnd }),
  }
  return startRunner({ ...given, ...listeners, workflow })
}

const restingRunner: Runner = {
  runs: [],
  skipped: [],
  idle: async () => {},
  rerun: async () => {
    throw new Error('This world has no workflow, so there is no run to repeat. Start it with one.')
  },
  stop: async () => {},
}
