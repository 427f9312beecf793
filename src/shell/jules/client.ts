/** One request to the Jules API: key in a header, bounded, every failure one typed error. */
import { text as textAt } from '../../core/outside.ts'
import { exchange, NetworkError, type Reply } from '../network.ts'
import { type Patience, readRetryAfter, retrying } from '../retry.ts'
import { ServiceError } from '../service-error.ts'

export type JulesClient = {
  /** GET, repeated while it fails for a passing reason. */
  read(call: string, path: string, query?: Record<string, string>): Promise<unknown>
  /** POST or DELETE, sent once. */
  write(call: string, method: 'POST' | 'DELETE', path: string, body?: object): Promise<unknown>
}

export type JulesSettings = { url: string; key: string; patience: Patience; signal: AbortSignal }

const TIMEOUT_MS = 60_000
const LIMIT_BYTES = 32 * 1024 * 1024
const SAID_LIMIT = 2048

export function julesClient(settings: JulesSettings): JulesClient {
  async function send(call: string, method: string, path: string, body?: object): Promise<unknown> {
    const reply = await exchangeOnce(call, method, path, body)
    if (reply.status < 200 || reply.status > 299) throw refusal(call, method, reply)
    // Success bodies may be empty: sendMessage and approvePlan answer with zero bytes.
    return reply.text.trim() === '' ? {} : parsed(call, method, reply)
  }

  async function exchangeOnce(call: string, method: string, path: string, body?: object): Promise<Reply> {
    try {
      return await exchange(`${settings.url}/${path}`, {
        method,
        headers: { 'x-goog-api-key': settings.key, ...(body && { 'content-type': 'application/json' }) },
        body: body && JSON.stringify(body),
        timeoutMs: TIMEOUT_MS,
        limitBytes: LIMIT_BYTES,
        signal: settings.signal,
      })
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error
      const unsure = method !== 'GET' && !['refused', 'moved'].includes(error.kind)
      const passing = ['timeout', 'refused', 'reset'].includes(error.kind)
      throw new ServiceError({ party: 'jules', call, status: 0, code: error.kind, said: '', passing, unsure }, error)
    }
  }

  return {
    read: (call, path, query = {}) => {
      const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString()
      return retrying(settings.patience, () => send(call, 'GET', search === '' ? path : `${path}?${search}`))
    },
    write: (call, method, path, body) => send(call, method, path, body),
  }
}

function parsed(call: string, method: string, reply: Reply): unknown {
  try {
    return JSON.parse(reply.text)
  } catch (error) {
    const facts = { party: 'jules', call, status: reply.status, code: 'not-json', said: '' } as const
    throw new ServiceError({ ...facts, passing: true, unsure: method !== 'GET' }, error)
  }
}

function refusal(call: string, method: string, reply: Reply): ServiceError {
  const { status } = reply
  const broken = status >= 500 || status === 408
  return new ServiceError({
    party: 'jules',
    call,
    status,
    ...saidIn(reply.text),
    retryAfterMs: readRetryAfter(reply.headers.get('retry-after'), Date.now()),
    passing: broken || status === 429,
    unsure: broken && method !== 'GET',
  })
}

/** The service's error object; HTML and empty bodies say nothing that a person could use. */
function saidIn(body: string): { code: string; said: string } {
  try {
    const reply: unknown = JSON.parse(body)
    return { code: textAt(reply, 'error', 'status'), said: textAt(reply, 'error', 'message').slice(0, SAID_LIMIT) }
  } catch {
    return { code: '', said: '' }
  }
}
