/** Answers to reads, with the marks by which a client can ask again for nothing. */
import { createHash } from 'node:crypto'
import type { Answer, Request } from '../../server.ts'

/** Adds `ETag` and `Last-Modified`; 304 where the client has the same already. */
export function conditional({ headers: asked }: Request, answer: Answer, isAnonymous: boolean): Answer {
  const digest = createHash('sha256').update(JSON.stringify(answer.body)).digest('hex')
  const modified = changedAt(answer.body)
  const headers = {
    'cache-control': `${isAnonymous ? 'public' : 'private'}, max-age=60, s-maxage=60`,
    vary: 'Accept, Authorization, Cookie, X-GitHub-OTP,Accept-Encoding, Accept, X-Requested-With',
    ...answer.headers,
    etag: `W/"${digest}"`,
    ...(modified !== undefined && { 'last-modified': new Date(modified).toUTCString() }),
  }
  const tag = asked['if-none-match']
  const same = tag === undefined ? isSince(modified, asked['if-modified-since']) : tag.includes(digest)
  return same ? { status: 304, headers } : { ...answer, headers }
}

/** Single things say when they were changed last; lists do not. */
function changedAt(body: unknown): number | undefined {
  const text: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'updated_at') : undefined
  return typeof text === 'string' ? Date.parse(text) : undefined
}

function isSince(modified: number | undefined, limit: string | undefined): boolean {
  return modified !== undefined && limit !== undefined && modified <= Date.parse(limit)
}
