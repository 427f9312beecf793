/** One request to the Jules API: key in a header, bounded, every failure one typed error. */
import { clip, list, text as textAt } from '../../core/outside.ts'
import type { Bulk } from '../../core/session.ts'
import { exchange, NetworkError, type Reply } from '../network.ts'
import { answeredAt, type Patience, readRetryAfter, retrying } from '../retry.ts'
import { ServiceError } from '../service-error.ts'
import { IN_FULL, makeSieve, type Sieve } from './sieve.ts'

export type JulesClient = {
  /** GET, repeated while it fails for a passing reason. */
  read(call: string, path: string, query?: Record<string, string>): Promise<unknown>
  /** POST or DELETE, sent once. */
  write(call: string, method: 'POST' | 'DELETE', path: string, body?: object): Promise<unknown>
}

export type JulesSettings = { url: string; key: string; patience: Patience; signal: AbortSignal }

const TIMEOUT_MS = 60_000
/** Most of it may be a patch, which is packed as it comes; the rest has a limit of its own. */
const LIMIT_BYTES = 128 * 1024 * 1024
const SAID_LIMIT = 2048

type Question = { call: string; method: string; path: string; body?: object | undefined }

export function julesClient(settings: JulesSettings): JulesClient {
  /** The change set of a session and of its newest activity: as long as they stay so, they are not packed again. */
  let known: readonly Bulk[] = []
  /** The last read was in vain however often it was tried: until one succeeds, each is tried once. */
  let isAway = false

  async function send(question: Question): Promise<unknown> {
    const sieve = makeSieve(known)
    const reply = await exchangeOnce(question, sieve)
    if (reply.status < 200 || reply.status > 299) throw refusal(question, reply)
    known = [...known, ...sieve.bulks].slice(-2)
    return parsed(question, reply, sieve.bulks)
  }

  async function exchangeOnce({ call, method, path, body }: Question, into: Sieve): Promise<Reply> {
    const url = `${settings.url}/${path}`
    // `..` in a name would lead to another method.
    if (!new URL(url).href.endsWith(`/${path}`))
      throw new ServiceError({
        party: 'jules',
        call,
        status: 0,
        code: 'no-name',
        said: '',
        passing: false,
        unsure: false,
      })
    try {
      return await exchange(url, {
        method,
        headers: { 'x-goog-api-key': settings.key, ...(body && { 'content-type': 'application/json' }) },
        body: body && JSON.stringify(body),
        timeoutMs: TIMEOUT_MS,
        limitBytes: LIMIT_BYTES,
        signal: settings.signal,
        into,
      })
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error
      const unsure = method !== 'GET' && !['refused', 'moved'].includes(error.kind)
      const passing = ['timeout', 'refused', 'reset'].includes(error.kind)
      throw new ServiceError({ party: 'jules', call, status: 0, code: error.kind, said: '', passing, unsure }, error)
    }
  }

  async function patiently(act: () => Promise<unknown>): Promise<unknown> {
    try {
      const found = await retrying(settings.patience, act, isAway ? 1 : undefined)
      isAway = false
      return found
    } catch (error) {
      isAway = error instanceof ServiceError && error.facts.passing
      throw error
    }
  }

  return {
    read: (call, path, query = {}) => {
      const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString()
      return patiently(() => send({ call, method: 'GET', path: search === '' ? path : `${path}?${search}` }))
    },
    write: (call, method, path, body) => send({ call, method, path, body }),
  }
}

/** Success bodies of writes may be empty: sendMessage and approvePlan answer with zero bytes. */
function parsed(question: Question, reply: Reply, bulks: readonly Bulk[]): unknown {
  const isRead = question.method === 'GET'
  if (!isRead && reply.text.trim() === '') return {}
  const value = parse(question, reply, bulks)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw unreadable(question, reply)
}

function parse(question: Question, { text, status }: Reply, bulks: readonly Bulk[]): unknown {
  const inFull = (key: string, value: unknown) => (key === IN_FULL ? bulks[Number(value)] : value)
  try {
    return bulks.length === 0 ? JSON.parse(text) : JSON.parse(text, inFull)
  } catch (error) {
    throw unreadable(question, { status }, error)
  }
}

function unreadable({ call, method }: Question, { status }: Pick<Reply, 'status'>, cause?: unknown): ServiceError {
  const facts = { party: 'jules', call, status, code: 'not-json', said: '' } as const
  return new ServiceError({ ...facts, passing: true, unsure: method !== 'GET' }, cause)
}

function refusal({ call, method }: Question, reply: Reply): ServiceError {
  const { status, headers } = reply
  const broken = status >= 500 || status === 408
  return new ServiceError({
    party: 'jules',
    call,
    status,
    ...saidIn(reply.text),
    retryAfterMs: readRetryAfter(headers.get('retry-after'), answeredAt(headers.get('date'))),
    passing: broken || status === 429,
    unsure: broken && method !== 'GET',
  })
}

/** The service's error object with the fields that it names; HTML and empty bodies say nothing that a person could use. */
function saidIn(body: string): { code: string; said: string } {
  try {
    const reply: unknown = JSON.parse(body)
    const message = textAt(reply, 'error', 'message')
    const fields = list(reply, 'error', 'details')
      .flatMap((detail) => list(detail, 'fieldViolations'))
      .map((violation) => inOneLine(textAt(violation, 'field'), textAt(violation, 'description'), message))
    const said = [...new Set([message, ...fields])].filter((line) => line !== '').join('\n')
    return { code: textAt(reply, 'error', 'status'), said: clip(said, SAID_LIMIT) }
  } catch {
    return { code: '', said: '' }
  }
}

/** The description is most often the message once more. */
function inOneLine(field: string, description: string, message: string): string {
  const more = description === message ? '' : description
  return [field, more].filter((part) => part !== '').join(': ')
}
