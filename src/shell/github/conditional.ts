/** Asks GitHub only for what has changed: an answer of 304 costs nothing of the limit, and the kept one still holds. */
import type { Call, Reply } from '../network.ts'

type Kept = { url: string; etag: string; reply: Reply }

/** Whoever follows a thread asks for the same list again and again, so the last one alone is kept. */
export function conditional(exchange: (url: string, call: Call) => Promise<Reply>): typeof exchange {
  let kept: Kept | undefined
  return async (url, call) => {
    if (call.method !== 'GET' || !LIST.test(url)) return exchange(url, call)
    const known = kept?.url === url ? kept : undefined
    const headers = known === undefined ? call.headers : { ...call.headers, 'if-none-match': known.etag }
    const reply = await exchange(url, { ...call, headers })
    if (known !== undefined && reply.status === 304) return stillHolds(known.reply, reply)
    const etag = reply.headers.get('etag')
    kept = reply.status === 200 && etag !== null ? { url, etag, reply } : undefined
    return reply
  }
}

/** Comments since a time. */
const LIST = /\/comments\?[^?]*\bsince=/

/** The kept headers say what the kept text is; of the new ones only the time counts. */
function stillHolds(kept: Reply, { headers }: Reply): Reply {
  const both = new Headers(kept.headers)
  both.set('date', headers.get('date') ?? '')
  return { ...kept, headers: both }
}
