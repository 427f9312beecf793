/** A Jules of a few lines, for answers that no emulator gives, and our client on it. */
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type JulesClient, julesClient } from '../../src/shell/jules/client.ts'
import type { Patience } from '../../src/shell/retry.ts'
import { type Facts, ServiceError } from '../../src/shell/service-error.ts'

export const KEY = 'canary-key-of-the-tests-0123456789'
const servers: Server[] = []

/** Tries everything once, and waits for nothing. */
export const hasty: Patience = { left: () => 0, pause: async () => {}, spend: () => false, random: () => 0 }

export async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

export async function stopServers(): Promise<void> {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

export function clientAt(url: string, patience = hasty): JulesClient {
  return julesClient({ url, key: KEY, patience, signal: new AbortController().signal })
}

/** A client whose every call is answered so. */
export async function clientFor(listener: RequestListener): Promise<JulesClient> {
  return clientAt(await serve(listener))
}

/** What a call failed with. */
export async function failureOf(call: Promise<unknown>): Promise<Facts> {
  const error = await call.then(
    () => new Error('It succeeded.'),
    (caught: unknown) => caught,
  )
  if (error instanceof ServiceError) return error.facts
  throw error
}
