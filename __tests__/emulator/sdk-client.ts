/** The official client of Jules, as Google publishes it, against the emulator. Its store stands in a temporary folder. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type JulesOptions as ClientOptions,
  connect,
  type JulesClientImpl,
  type Outcome,
  type SessionClient,
  type SessionState,
} from '@google/jules-sdk'
import { type Clock, type ClockOptions, startClock } from '../../emulator/clock.ts'
import { type Jules, type JulesOptions, startJules } from '../../emulator/jules/index.ts'
import { inMemory } from './sdk-store.ts'

export type Client = ReturnType<typeof connect> & Pick<JulesClientImpl, 'getSessionResource'>

/** A session as the client's class has it; the type that the package gives out leaves some of it unsaid. */
export type Session = SessionClient & {
  hydrate(): Promise<number>
  waitFor(state: SessionState, options?: { timeoutMs: number }): Promise<void>
  result(options?: { timeoutMs: number }): Promise<Outcome>
}

export type Connected = {
  clock: Clock
  jules: Jules
  /** Remembers in memory; looks every few milliseconds, and gives up after 50. */
  client: Client
  /** Another client of the same service; without `storageFactory` it keeps its store in the folder. */
  another(options?: ClientOptions): Client
  /** The methods of the service that were called since `from`, each of several in a row once. */
  routes(from?: number): string[]
  /** Where the client keeps its files. */
  folder: string
  stop(): Promise<void>
}

/** What `jules.session` and `jules.run` are given where nothing else matters. */
export const WIDGETS = { github: 'acme/widgets', baseBranch: 'main' }

const HASTE = {
  pollingIntervalMs: 3,
  rateLimitRetry: { maxRetryTimeMs: 50, baseDelayMs: 1, maxDelayMs: 4 },
}

/** Starts an emulator whose time begins now, for the client compares the service's times with its own clock. */
export async function connectClient(options: Partial<JulesOptions> & ClockOptions = {}): Promise<Connected> {
  const clock = startClock(options)
  const jules = await startJules({ sources: [{ owner: 'acme', repo: 'widgets' }], ...options, clock })
  const folder = mkdtempSync(join(tmpdir(), 'jules-client-'))
  process.env.JULES_HOME = folder
  delete process.env.JULES_API_KEY
  const another = (more: ClientOptions = {}) =>
    connect({ baseUrl: jules.url, apiKey: 'key-of-the-test', config: HASTE, ...more }) as Client
  return {
    clock,
    jules,
    client: another({ storageFactory: inMemory() }),
    another,
    routes: (from = 0) => {
      const names = jules.server.calls.slice(from).map(({ route }) => String(route))
      return names.filter((name, at) => name !== names[at - 1])
    },
    folder,
    stop: async () => {
      await jules.stop()
      rmSync(folder, { recursive: true })
    },
  }
}

/** The client's view of a session that is there already. */
export function sessionOf(client: Pick<Client, 'session'>, id: string): Session {
  return client.session(id) as Session
}

/** The first items of a list or a stream, up to the one that is looked for. */
export async function takeUntil<T>(items: AsyncIterable<T>, isLast: (item: T) => boolean): Promise<T[]> {
  const taken: T[] = []
  for await (const item of items) {
    taken.push(item)
    if (isLast(item)) break
  }
  return taken
}

/** All items of a list. */
export function takeAll<T>(items: AsyncIterable<T>): Promise<T[]> {
  return takeUntil(items, () => false)
}
