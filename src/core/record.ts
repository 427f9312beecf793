/** Our memory: the record that the tracking comment hides in its last line. */

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

/**
 * What a command was written in: the id of a comment in the thread, on a line of code, or of a review; of a tick in our own
 * comment the time, in milliseconds. Each kind counts for itself.
 */
export type Place = { comment: number; of?: 'line' | 'review' | 'tick' }

/** An act that must not happen twice, written down before it is done, and taken out once it is known to have happened. */
export type Doing =
  | { what: 'create' }
  /** A key made of the comment's id ends the message, so that the session's activities can prove that it arrived. */
  | ({ what: 'send' } & Place)
  | ({ what: 'approve'; plan: string } & Place)
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
  request: { kind: RequestKind; id: string; hash: string }
  doing: Doing | undefined
  /** The plan that the comment shows. */
  plan: string
  /** The plan that a person has approved last. */
  approved: string
  /** The plan whose approval has been said in words. */
  reminded: string
  /** The last run whose workflow file has told the session something. */
  told: string
  /** Server time of the last message or approval, RFC 3339: older states do not count for a while. */
  acted: string
  /** Comments up to this id have been handled … */
  handled: number
  /** … and so have these later ones. */
  handledToo: number[]
  /** The newest of each other kind that have been handled. */
  handledOn: { line: number[]; review: number[]; tick: number[] }
  /** The run that follows; undefined when nobody does. */
  run: RunOfRecord | undefined
  /** Id of the account that wrote the comment; 0 until its first answer. */
  author: number
  /** Was the session told to make no pull request, or to wait with its plan? */
  noPullRequest: boolean
  planGate: boolean
  /** The session that this one was asked for in place of; '' where there is none. */
  replaces: string
  /** How long it has been waiting for room at Jules, RFC 3339 server time, and how often it was refused. */
  queued: { since: string; tries: number } | undefined
  /** The command that Jules got last was too long: it got only the first part. */
  cut: boolean
  /** Id of the tracking comment before this one, whose record somebody has changed. */
  disowned?: number | undefined
  /** Where the branch of the pull request stood when it was asked, and when the session began; '' while nobody knows. */
  branchAt?: BranchAt | undefined
}

/** Commits. */
export type BranchAt = { asked: string; began: string }

/** `job` tells jobs of one attempt apart that do the same at the same time. */
export type RunOfRecord = { id: string; attempt: number; job?: string }

/** What a request was made by. */
export const REQUEST_KINDS = ['label', 'comment', 'line', 'review', 'tick', 'prompt'] as const
export type RequestKind = (typeof REQUEST_KINDS)[number]

/** The place alone, of what may hold more. */
export function placeOf({ comment, of }: Place): Place {
  return of === undefined ? { comment } : { comment, of }
}

export function isSamePlace(a: Place, b: Place): boolean {
  return a.comment === b.comment && a.of === b.of
}

/** Where the request of a record was written; undefined for labels and prompts. */
export function placeOfRequest({ request }: Pick<RelayRecord, 'request'>): Place | undefined {
  const comment = Number(request.id.split('/')[0])
  if (!Number.isSafeInteger(comment)) return undefined
  if (request.kind === 'comment') return { comment }
  return request.kind === 'line' || request.kind === 'review' ? { comment, of: request.kind } : undefined
}

/** Numbers of each kind that are kept as exceptions above the watermark, or where there is none. */
export const EXCEPTIONS_LIMIT = 20
const PLACES_LIMIT = 10

/** Has this comment been dealt with? */
export function isHandled(record: RelayRecord, { comment, of }: Place): boolean {
  if (of === undefined) return comment <= record.handled || record.handledToo.includes(comment)
  const known = record.handledOn[of]
  // What is older than all that a full list remembers was dealt with before them.
  return known.includes(comment) || (known.length >= PLACES_LIMIT && comment < Math.min(...known))
}

/** Does the record say so of this very comment, and not only of all that is as old? */
export function isNamedHandled(record: RelayRecord, { comment, of }: Place): boolean {
  return (of === undefined ? record.handledToo : record.handledOn[of]).includes(comment)
}

/** The record after a comment has been dealt with. */
export function withHandled(record: RelayRecord, place: Place): RelayRecord {
  const { comment, of } = place
  if (isHandled(record, place)) return record
  if (of !== undefined) {
    const known = [...record.handledOn[of], comment].sort((a, b) => a - b).slice(-PLACES_LIMIT)
    return { ...record, handledOn: { ...record.handledOn, [of]: known } }
  }
  const later = [...record.handledToo, comment].sort((a, b) => a - b)
  // The oldest exceptions become the watermark: what lies between them has been looked at by then.
  const kept = later.slice(-EXCEPTIONS_LIMIT)
  const dropped = later.slice(0, -EXCEPTIONS_LIMIT)
  return { ...record, handled: Math.max(record.handled, ...dropped), handledToo: kept }
}
