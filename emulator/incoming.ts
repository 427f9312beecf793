/** A call as it comes in over HTTP, made ready for the routes. */
import type { IncomingMessage } from 'node:http'
import type { Request } from './route.ts'

/** Takes in the whole call. */
export async function readRequest(incoming: IncomingMessage): Promise<Request> {
  const parts: Buffer[] = []
  for await (const part of incoming) parts.push(part as Buffer)
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(incoming.headers)) headers[name] = String(value)
  const { method = 'GET', url = '/' } = incoming
  return toRequest({ method, url, headers, text: Buffer.concat(parts).toString('utf8') })
}

/** A call by what its client has sent. */
export function toRequest({ method, url, headers, text }: Sent): Request {
  // Put together as text, for in `//v1alpha` a resolver would take the first part for a host.
  const { pathname: path, searchParams: query } = new URL(`http://localhost${url.startsWith('/') ? url : '/'}`)
  return { method, path, params: {}, query, headers, body: parse(text), text }
}

type Sent = { method: string; url: string; headers: Record<string, string>; text: string }

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
