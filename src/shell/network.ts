/** The one way out to the network, for both services: bounded in time and size, through the proxy where one is set. */
import { HttpClient } from '@actions/http-client'
import { fetch } from 'undici'
import { at, has, text } from '../core/outside.ts'
import { sweepAfter } from './sweep.ts'

export type Reply = { status: number; headers: Headers; text: string }

export type Call = {
  method: string
  headers: Record<string, string>
  body?: string | undefined
  /** Covers connecting, headers and body. */
  timeoutMs: number
  /** Decoded bytes that the body may have. */
  limitBytes: number
  signal?: AbortSignal | undefined
  /** Reads the body as it arrives; without one, all of it is read as it is. */
  into?: Body | undefined
}

/** Takes a body part by part, and says at its end what it holds. */
export type Body = { take(part: Uint8Array): void; end(): string }

/** No whole reply came. */
export class NetworkError extends Error {
  /** `moved`: the service points elsewhere. */
  readonly kind: 'timeout' | 'refused' | 'reset' | 'too-large' | 'cancelled' | 'moved'
  constructor(kind: NetworkError['kind'], cause?: unknown) {
    super(`network: ${kind}`, { cause })
    this.name = 'NetworkError'
    this.kind = kind
  }
}

/** Faults that come before a connection stands: the request has surely not been sent. */
const NEVER_SENT = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_INVALID_URL',
]

/** One call. A redirect is an error, told as such: `fetch` would carry the key to wherever it points. */
export async function exchange(url: string, call: Call): Promise<Reply> {
  const timeout = AbortSignal.timeout(call.timeoutMs)
  const signal = call.signal === undefined ? timeout : AbortSignal.any([timeout, call.signal])
  try {
    const dispatcher = new HttpClient().getAgentDispatcher(url)
    const { method, headers } = call
    const response = await fetch(url, {
      method,
      headers,
      body: call.body ?? null,
      signal,
      redirect: 'manual',
      ...(dispatcher && { dispatcher }),
    })
    if (isRedirect(response.status)) {
      await response.body?.cancel()
      throw new NetworkError('moved')
    }
    const body = await readBounded(response.body, call.limitBytes, call.into ?? wholeBody())
    return { status: response.status, headers: new Headers([...response.headers]), text: body }
  } catch (error) {
    if (error instanceof NetworkError) throw error
    if (call.signal?.aborted) throw new NetworkError('cancelled', error)
    if (timeout.aborted) throw new NetworkError('timeout', error)
    throw new NetworkError(NEVER_SENT.includes(codeOf(error)) ? 'refused' : 'reset', error)
  }
}

/** 304 says that nothing has changed, and points nowhere. */
function isRedirect(status: number): boolean {
  return status >= 300 && status < 400 && status !== 304
}

async function readBounded(body: AsyncIterable<Uint8Array> | null, limit: number, into: Body): Promise<string> {
  let size = 0
  for await (const part of body ?? []) {
    size += part.byteLength
    if (size > limit) throw new NetworkError('too-large')
    into.take(part)
    sweepAfter(part.byteLength)
  }
  return into.end()
}

function wholeBody(): Body {
  const decoder = new TextDecoder()
  let text = ''
  return {
    take: (part) => {
      text += decoder.decode(part, { stream: true })
    },
    end: () => text + decoder.decode(),
  }
}

function codeOf(error: unknown): string {
  const code = text(error, 'code')
  return code !== '' || !has(error, 'cause') ? code : codeOf(at(error, 'cause'))
}
