/** A small HTTP server on loopback that both emulated services are built on: routes, a log of every call, faults. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from './clock.ts'
import { type Outgoing, type Parcel, sendWhole } from './delivery.ts'
import { type Faults, makeFaults } from './faults.ts'
import { readRequest } from './incoming.ts'
import { type Answer, asFailure, type Call, compile, type Request, type Route } from './route.ts'

export type { Answer, Call, Request, Route } from './route.ts'

export type Server = {
  url: string
  calls: Call[]
  /** Calls that no route was planned for: a test that finds any should fail. */
  unplanned: Call[]
  routes: Route[]
  faults: Faults
  /** Called for every call, right after its answer is decided. */
  onCall(listener: (call: Call) => void): void
  /** Forgets the calls and the faults. */
  reset(): void
  stop(): Promise<void>
}

export type ServerOptions = {
  clock: Clock
  routes: Route[]
  port?: number
  /** Looked at first; an answer from here ends the call (authentication, strictness). */
  guard?(request: Request, route: Route | undefined): Answer | undefined
  /** What a call that no route was planned for gets; 501 where this says nothing. */
  unplanned?(request: Request): Answer | undefined
  /** Added to every answer. */
  headers?(): Record<string, string>
}

/** Takes a call in, whichever way it has come. */
export type Accept = (arriving: Promise<Request>, outgoing: Outgoing) => void

const open = new Map<string, Accept>()

/** The way to a server of this process without a connection, by its origin. */
export function acceptAt(origin: string): Accept | undefined {
  return open.get(origin)
}

export async function startServer(options: ServerOptions): Promise<Server> {
  const calls: Call[] = []
  const unplanned: Call[] = []
  const listeners: ((call: Call) => void)[] = []
  const faults = makeFaults()
  const routes = options.routes.map((route) => ({ route, match: compile(route.pattern) }))

  const server = createServer((incoming, outgoing) => accept(readRequest(incoming), outgoing))

  function accept(arriving: Promise<Request>, outgoing: Outgoing): void {
    const over = options.clock.haste?.open()
    outgoing.once('close', () => over?.())
    serve(arriving, outgoing).catch((error: unknown) => {
      if (!outgoing.headersSent) outgoing.writeHead(500)
      outgoing.end(asFailure(error).text)
    })
  }

  async function serve(arriving: Promise<Request>, outgoing: Outgoing): Promise<void> {
    const request = await arriving
    const found = find(request)
    const seen = { at: options.clock.now(), route: found?.name, status: 0, answer: undefined, own: undefined }
    const call: Call = { ...request, ...seen }
    calls.push(call)
    const about = { route: found?.name, request, clock: options.clock, outgoing }
    const outcome = await faults.around(about, async () => {
      call.own = await decide(request, found, call).catch(asFailure)
      return call.own
    })
    if (outcome === undefined) {
      note(call, 0, undefined)
      return
    }
    const { answer, send = sendWhole } = outcome
    note(call, answer.status ?? 200, answer.body ?? answer.text)
    await send(outgoing, pack(answer))
  }

  function note(call: Call, status: number, answer: unknown): void {
    call.status = status
    call.answer = answer
    for (const listener of listeners) listener(call)
  }

  function find(request: Request): Route | undefined {
    for (const { route, match } of routes) {
      const params = route.method === request.method ? match(request.path) : undefined
      if (params === undefined) continue
      request.params = params
      return route
    }
    return undefined
  }

  async function decide(request: Request, route: Route | undefined, call: Call): Promise<Answer> {
    const refused = options.guard?.(request, route)
    if (refused !== undefined) return refused
    if (route !== undefined) return route.handle(request)
    unplanned.push(call)
    const answer = options.unplanned?.(request)
    return answer ?? { status: 501, body: { message: `Nothing planned for ${request.method} ${request.path}` } }
  }

  function pack(answer: Answer): Parcel {
    const text = answer.text ?? (answer.body === undefined ? '' : JSON.stringify(answer.body))
    const type = answer.body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }
    const date = new Date(options.clock.now()).toUTCString()
    const headers = { date, ...type, ...options.headers?.(), ...answer.headers }
    return { status: answer.status ?? 200, headers, bytes: Buffer.from(text) }
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  open.set(url, accept)
  return {
    url,
    calls,
    unplanned,
    routes: options.routes,
    faults,
    onCall: (listener) => listeners.push(listener),
    reset: () => {
      calls.length = 0
      unplanned.length = 0
      faults.clear()
    },
    stop: () =>
      new Promise((resolve) => {
        open.delete(url)
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
