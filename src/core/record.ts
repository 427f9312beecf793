/**
 * Our memory: the record that the tracking comment hides in its last line. This file turns it into text and back, exactly;
 * the shell signs the text. Nobody may read a record whose signature has not been checked.
 */
import { at, flag, list, oneOf, text, whole } from './outside.ts'

/** How far a request has come, as it was last written down. */
export const PHASES = [
  'claimed',
  'creating',
  'queued',
  'following',
  'waiting',
  'settled',
  'failed',
  'stopped',
  'closed',
] as const
export type RecordPhase = (typeof PHASES)[number]

/** An act that must not happen twice, written down before it is done, and taken out once it is known to have happened. */
export type Doing =
  | { what: 'create' }
  /** A key made of the comment's id ends the message, so that the session's activities can prove that it arrived. */
  | { what: 'send'; comment: number }
  | { what: 'approve'; plan: string; comment: number }
  /** An approval came too late to be heard, so it is said in words. */
  | { what: 'remind'; plan: string }
  /** The message of a workflow file, told by this run. */
  | { what: 'tell'; run: string }

export type RelayRecord = {
  /** Grows with every write. */
  seq: number
  /** 20 hex digits that name the request; also the last word of the session's prompt. */
  key: string
  phase: RecordPhase
  session: string
  requester: { login: string; id: number }
  request: { kind: 'label' | 'comment' | 'prompt'; id: string; hash: string }
  doing: Doing | undefined
  /** The plan that the comment shows. */
  plan: string
  /** The plan that a person has approved last. */
  approved: string
  /** The last run whose workflow file has told the session something. */
  told: string
  /** Server time of the last message or approval, RFC 3339: older states do not count for a while. */
  acted: string
  /** Comments up to this id have been handled … */
  handled: number
  /** … and so have these later ones. */
  handledToo: number[]
  /** The run that follows; undefined when nobody does. */
  run: { id: string; attempt: number } | undefined
  /** Id of the account that wrote the comment; 0 until its first answer. */
  author: number
  /** Was the session told to make no pull request, or to wait with its plan? */
  noPullRequest: boolean
  planGate: boolean
}

const VERSION = 1
/** Sealed records longer than this are not read: ours never are. */
export const RECORD_LIMIT = 4096
const EXCEPTIONS_LIMIT = 20

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
  const kind = oneOf(['label', 'comment', 'prompt'], at(value, 'request', 'kind'))
  const requester = { login: text(value, 'requester', 'login'), id: whole(value, 'requester', 'id') ?? 0 }
  if (at(value, 'v') !== VERSION || phase === undefined || kind === undefined) return undefined
  if (!/^[0-9a-f]{20}$/.test(text(value, 'key')) || !/^[A-Za-z0-9_-]{0,128}$/.test(text(value, 'session')))
    return undefined
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
    told: text(value, 'told'),
    acted: text(value, 'acted'),
    handled: whole(value, 'handled') ?? 0,
    handledToo: list(value, 'handledToo')
      .filter((id) => typeof id === 'number')
      .slice(-EXCEPTIONS_LIMIT),
    run: run(at(value, 'run')),
    author: whole(value, 'author') ?? 0,
    noPullRequest: flag(value, 'noPullRequest'),
    planGate: flag(value, 'planGate'),
  }
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
  const comment = whole(value, 'comment') ?? 0
  switch (at(value, 'what')) {
    case 'create':
      return { what: 'create' }
    case 'send':
      return { what: 'send', comment }
    case 'remind':
      return { what: 'remind', plan: text(value, 'plan') }
    case 'tell':
      return { what: 'tell', run: text(value, 'run') }
    case 'approve':
      return { what: 'approve', plan: text(value, 'plan'), comment }
    default:
      return undefined
  }
}

function run(value: unknown): RelayRecord['run'] {
  const id = text(value, 'id')
  return id === '' ? undefined : { id, attempt: whole(value, 'attempt') ?? 1 }
}

/** Has this comment been dealt with? */
export function isHandled(record: RelayRecord, comment: number): boolean {
  return comment <= record.handled || record.handledToo.includes(comment)
}

/** The record after a comment has been dealt with. */
export function withHandled(record: RelayRecord, comment: number): RelayRecord {
  if (isHandled(record, comment)) return record
  const later = [...record.handledToo, comment].sort((a, b) => a - b)
  // The oldest exceptions become the watermark: what lies between them has been looked at by then.
  const kept = later.slice(-EXCEPTIONS_LIMIT)
  const dropped = later.slice(0, -EXCEPTIONS_LIMIT)
  return { ...record, handled: Math.max(record.handled, ...dropped), handledToo: kept }
}
