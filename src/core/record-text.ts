/**
 * The record as text, and exactly back; the shell signs the text. Nobody may read a record whose signature has not been
 * checked.
 */
import { at, commit, flag, list, oneOf, text, whole } from './outside.ts'
import { type Doing, EXCEPTIONS_LIMIT, PHASES, type Place, REQUEST_KINDS, type RelayRecord } from './record.ts'

const VERSION = 1
/** Sealed records longer than this are not read: ours never are. */
export const RECORD_LIMIT = 4096

export function encodeRecord(record: RelayRecord): string {
  const json = JSON.stringify({ v: VERSION, ...record })
  return btoa(String.fromCharCode(...new TextEncoder().encode(json)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** The record, or undefined where the text is not one of this version. */
export function decodeRecord(encoded: string): RelayRecord | undefined {
  if (encoded.length > RECORD_LIMIT || !/^[A-Za-z0-9_-]+$/.test(encoded)) return undefined
  const value = parse(encoded)
  const phase = oneOf(PHASES, at(value, 'phase'))
  const kind = oneOf(REQUEST_KINDS, at(value, 'request', 'kind'))
  const requester = { login: text(value, 'requester', 'login'), id: whole(value, 'requester', 'id') ?? 0 }
  if (at(value, 'v') !== VERSION || phase === undefined || kind === undefined) return undefined
  if (!/^[0-9a-f]{20}$/.test(text(value, 'key'))) return undefined
  if (!isSessionId(text(value, 'session')) || !isSessionId(text(value, 'replaces'))) return undefined
  return {
    seq: whole(value, 'seq') ?? 0,
    key: text(value, 'key'),
    phase,
    session: text(value, 'session'),
    requester,
    request: { kind, id: text(value, 'request', 'id'), hash: text(value, 'request', 'hash') },
    doing: doing(at(value, 'doing')),
    plan: text(value, 'plan'),
    approved: text(value, 'approved'),
    reminded: text(value, 'reminded'),
    told: text(value, 'told'),
    acted: text(value, 'acted'),
    handled: whole(value, 'handled') ?? 0,
    handledToo: ids(value, 'handledToo'),
    handledOn: {
      line: ids(value, 'handledOn', 'line'),
      review: ids(value, 'handledOn', 'review'),
      tick: ids(value, 'handledOn', 'tick'),
    },
    run: run(at(value, 'run')),
    author: whole(value, 'author') ?? 0,
    noPullRequest: flag(value, 'noPullRequest'),
    planGate: flag(value, 'planGate'),
    cut: flag(value, 'cut'),
    replaces: text(value, 'replaces'),
    disowned: whole(value, 'disowned'),
    queued: queued(at(value, 'queued')),
    branchAt: branchAt(at(value, 'branchAt')),
  }
}

/** Was it written by a later version of the action, which alone can read it? */
export function isOfLaterVersion(encoded: string): boolean {
  const version = encoded.length > RECORD_LIMIT ? undefined : whole(parse(encoded), 'v')
  return version !== undefined && version > VERSION
}

function parse(encoded: string): unknown {
  try {
    const bytes = Uint8Array.from(atob(encoded.replaceAll('-', '+').replaceAll('_', '/')), (byte) => byte.charCodeAt(0))
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

function doing(value: unknown): Doing | undefined {
  switch (at(value, 'what')) {
    case 'create':
      return { what: 'create' }
    case 'send':
      return { what: 'send', ...place(value) }
    case 'remind':
      return { what: 'remind', plan: text(value, 'plan') }
    case 'tell':
      return { what: 'tell', run: text(value, 'run') }
    case 'approve':
      return { what: 'approve', plan: text(value, 'plan'), ...place(value) }
    default:
      return undefined
  }
}

function place(value: unknown): Place {
  const of = oneOf(['line', 'review', 'tick'], at(value, 'of'))
  return { comment: whole(value, 'comment') ?? 0, ...(of && { of }) }
}

function ids(value: unknown, ...path: string[]): number[] {
  return list(value, ...path)
    .filter((id) => typeof id === 'number')
    .slice(-EXCEPTIONS_LIMIT)
}

/** '' is the id of a session that is not there yet. */
function isSessionId(id: string): boolean {
  return /^[A-Za-z0-9_-]{0,128}$/.test(id)
}

function queued(value: unknown): RelayRecord['queued'] {
  const tries = whole(value, 'tries')
  return tries === undefined ? undefined : { since: text(value, 'since'), tries }
}

function branchAt(value: unknown): RelayRecord['branchAt'] {
  return value === undefined ? undefined : { asked: commit(value, 'asked'), began: commit(value, 'began') }
}

function run(value: unknown): RelayRecord['run'] {
  const id = text(value, 'id')
  const job = text(value, 'job')
  return id === '' ? undefined : { id, attempt: whole(value, 'attempt') ?? 1, ...(job !== '' && { job }) }
}
