/** Brings the requests of runs straight to the emulated services of the same process, without a connection. */
import { Writable } from 'node:stream'
import { type Dispatcher, getGlobalDispatcher, setGlobalDispatcher } from 'undici'
import type { Outgoing } from '../../../emulator/delivery.ts'
import { toRequest } from '../../../emulator/incoming.ts'
import { acceptAt } from '../../../emulator/server.ts'
import { type Life, lifeNow, outside, within } from './life.ts'

type Handlers = Required<
  Pick<Dispatcher.DispatchHandlers, 'onConnect' | 'onHeaders' | 'onData' | 'onComplete' | 'onError'>
>

/** Takes over all requests of runs. Returns what puts everything back. */
export function layLine(): () => void {
  const real = getGlobalDispatcher()
  const line = Object.create(real, {
    // So that a body comes as the text that it was given as.
    isMockActive: { value: true },
    dispatch: {
      value: (asked: Dispatcher.DispatchOptions, handlers: Dispatcher.DispatchHandlers) => {
        const life = lifeNow()
        const accept = acceptAt(String(asked.origin).replace('localhost', '127.0.0.1'))
        if (life === undefined) return real.dispatch(asked, handlers)
        // What was about to be asked when the run was ended is asked by nobody, and waits for ever.
        if (life.isOver) return true
        const call = callFor(life, handlers as Handlers)
        if (accept === undefined) call.outgoing.destroy(refused())
        else outside(() => accept(arrival(life, asked), call.outgoing))
        return true
      },
    },
  })
  setGlobalDispatcher(line)
  return () => setGlobalDispatcher(real)
}

function refused(): Error {
  return Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
}

function severed(): Error {
  return Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' })
}

async function arrival(life: Life, { origin = '', method, path, headers, body }: Dispatcher.DispatchOptions) {
  const given = Object.entries((headers ?? {}) as Record<string, string>)
  const names = given.map(([name, value]) => [name.toLowerCase(), String(value)])
  const run = `${life.env.GITHUB_RUN_ID}.${life.env.GITHUB_RUN_ATTEMPT}`
  // An empty text comes as a stream.
  const text = typeof body === 'string' ? body : ''
  const { host } = new URL(String(origin))
  return toRequest({ method, url: path, headers: { host, ...Object.fromEntries(names), 'x-run': run }, text })
}

/** The way back of one request. What it is told, the run hears in its own life, or never if that has ended. */
function callFor(life: Life, handlers: Handlers): { outgoing: Outgoing; sever(): void } {
  let isOver = false
  let head: { status: number; headers: Record<string, string> } | undefined
  let isHeadSent = false
  const call = { outgoing: asOutgoing(), sever }
  life.calls.add(call)
  life.stir()
  within(life, () => handlers.onConnect((reason?: Error) => leave(reason)))
  return call

  function tell(act: () => unknown): void {
    if (isOver || life.isOver) return
    life.stir()
    within(life, act)
  }

  function sendHead(): void {
    if (isHeadSent) return
    isHeadSent = true
    const { status, headers } = head ?? { status: 200, headers: {} }
    const raw = Object.entries(headers).flatMap((pair) => pair.map((part) => Buffer.from(String(part), 'latin1')))
    tell(() => handlers.onHeaders(status, raw, () => undefined, ''))
  }

  function over(last: () => unknown): void {
    tell(last)
    isOver = true
    life.calls.delete(call)
  }

  /** The run itself waits no longer. */
  function leave(reason?: Error): void {
    over(() => handlers.onError(reason ?? new Error('aborted')))
    sever()
  }

  function sever(): void {
    isOver = true
    outside(() => call.outgoing.destroy())
  }

  function asOutgoing(): Outgoing {
    const stream = new Writable({
      write: (part: Buffer, _, done) => {
        sendHead()
        tell(() => handlers.onData(part))
        done()
      },
      final: (done) => {
        sendHead()
        over(() => handlers.onComplete(null))
        done()
      },
      destroy: (error, done) => {
        if (!isOver) over(() => handlers.onError(error ?? severed()))
        done(null)
      },
    })
    // Whoever answers a client that has gone does not hear of it.
    stream.on('error', () => undefined)
    return Object.defineProperties(stream, {
      headersSent: { get: () => head !== undefined },
      writeHead: {
        value: (status: number, headers = {}) => {
          head = { status, headers }
        },
      },
      flushHeaders: { value: sendHead },
    }) as Outgoing
  }
}
