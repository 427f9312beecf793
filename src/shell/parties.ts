/** The three parties that a run deals with, and what it knows of itself. */
import type { Config } from '../core/config.ts'
import type { Intent } from '../core/intent/intent.ts'
import { type GitHubClient, githubClient } from './github/client.ts'
import { type JulesClient, julesClient } from './jules/client.ts'
import type { Patience } from './retry.ts'
import type { Surroundings } from './runner/environment.ts'

export type Parties = {
  config: Config
  intent: Intent
  run: Surroundings
  github: GitHubClient
  jules: JulesClient
  patience: Patience
  /** Since the start of this run, milliseconds. */
  elapsed(): number
  cancelled(): boolean
}

/** Repeats that one run may make in all, so that an outage is not multiplied. */
const REPEATS = 50
/** Left for the last report when the wait is over. */
const REPORT_MS = 5 * 60_000

export function connect(config: Config, intent: Intent, run: Surroundings, cancel: AbortSignal): Parties {
  const started = performance.now()
  const elapsed = () => performance.now() - started
  const patience = patienceFor(() => config.waitMs + REPORT_MS - elapsed(), cancel)
  const { julesKey: key, githubToken: token } = config
  return {
    config,
    intent,
    run,
    github: githubClient({ url: run.apiUrl, token, repository: run.repository, patience, signal: cancel }),
    jules: julesClient({ url: config.julesUrl, key, patience, signal: cancel }),
    patience,
    elapsed,
    cancelled: () => cancel.aborted,
  }
}

function patienceFor(left: () => number, cancel: AbortSignal): Patience {
  let budget = REPEATS
  return {
    left,
    pause: (ms) => pause(ms, cancel),
    random: Math.random,
    spend: () => {
      budget -= 1
      return budget >= 0
    },
  }
}

/** Waits so long, or until the job is cancelled. */
function pause(ms: number, cancel: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (cancel.aborted) return resolve()
    const timer = setTimeout(end, ms)
    cancel.addEventListener('abort', end, { once: true })
    function end(): void {
      clearTimeout(timer)
      cancel.removeEventListener('abort', end)
      resolve()
    }
  })
}
