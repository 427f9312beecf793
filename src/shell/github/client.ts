/** One Octokit for the thread's host: bounded, with our own retries (its plug-ins repeat POSTs), every failure typed. */
import { Octokit } from '@octokit/rest'
import { text } from '../../core/outside.ts'
import { exchange } from '../network.ts'
import { type Patience, retrying } from '../retry.ts'
import { conditional } from './conditional.ts'
import { toServiceError } from './refusal.ts'

export type GitHubClient = {
  octokit: Octokit
  owner: string
  repo: string
  /** Repeated while it fails for a passing reason: reads, and writes that are safe to do twice. */
  repeatable<T>(call: string, act: (octokit: Octokit) => Promise<T>, attempts?: number): Promise<T>
  /** Sent once, unless a rate limit has kept it from being looked at. */
  once<T>(call: string, act: (octokit: Octokit) => Promise<T>): Promise<T>
  /** Server time, milliseconds, by the last `Date` header and a monotonic clock since. */
  now(): number
  /** How many requests it has sent. */
  calls(): number
}

export type GitHubSettings = { url: string; token: string; repository: string; patience: Patience; signal: AbortSignal }

const TIMEOUT_MS = 60_000
const LIMIT_BYTES = 32 * 1024 * 1024

export function githubClient(settings: GitHubSettings): GitHubClient {
  const clock = serverClock()
  let calls = 0
  const count = () => {
    calls += 1
  }
  const octokit = new Octokit({
    auth: settings.token,
    baseUrl: settings.url,
    userAgent: 'jules-relay',
    request: { fetch: boundedFetch(settings.signal, clock, count) },
    // Octokit warns on the console; what matters reaches the report.
    log: { debug() {}, info() {}, warn() {}, error() {} },
  })
  const [owner = '', repo = ''] = settings.repository.split('/')
  const repeatable: GitHubClient['repeatable'] = (call, act, attempts) =>
    retrying(settings.patience, () => typed(call, () => act(octokit)), attempts)
  return {
    octokit,
    owner,
    repo,
    repeatable,
    once: (call, act) => repeatable(call, act, 1),
    now: clock.now,
    calls: () => calls,
  }
}

type ServerClock = { now(): number; hear(date: string | null): void }

/** Ages are measured by the servers' clock, for the runner's may be wrong; between two answers a monotonic one runs. */
function serverClock(): ServerClock {
  let base = Date.now()
  let heardAt = performance.now()
  return {
    now: () => base + (performance.now() - heardAt),
    hear: (date) => {
      const time = Date.parse(date ?? '')
      if (Number.isNaN(time)) return
      base = time
      heardAt = performance.now()
    },
  }
}

function boundedFetch(signal: AbortSignal, clock: ServerClock, count: () => void) {
  const ask = conditional(exchange)
  return async (url: string, options: { method: string; headers: Record<string, string>; body?: string }) => {
    const { method, headers, body } = options
    count()
    const reply = await ask(url, { method, headers, body, timeoutMs: TIMEOUT_MS, limitBytes: LIMIT_BYTES, signal })
    clock.hear(reply.headers.get('date'))
    const empty = reply.status === 204 || reply.status === 304
    const told = reply.status < 400 ? reply.text : messageAlone(reply.text)
    return new Response(empty ? null : told, { status: reply.status, headers: reply.headers })
  }
}

/** Octokit makes a sentence of all that a refusal holds, and breaks where that is odd; its message is all we use. */
function messageAlone(refusal: string): string {
  try {
    return JSON.stringify({ message: text(JSON.parse(refusal), 'message') })
  } catch {
    return '{}'
  }
}

async function typed<T>(call: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    throw toServiceError(call, error)
  }
}
