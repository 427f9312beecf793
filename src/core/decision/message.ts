/** What is said to a session, and how it is known to have arrived: each message ends with a key of its own. */
import type { Effect } from '../effect/effect.ts'
import type { Command } from '../intent/command.ts'
import { type Doing, isSamePlace, type RelayRecord } from '../record.ts'
import type { TrackedScene } from './decision.ts'
import { buildMessage, correlation, wordsTold } from './prompt/prompt.ts'

/** What is done to a session, as it is written down. */
export type Act = Exclude<Doing, { what: 'create' }>

const REMINDER = 'The plan above is approved. Carry it out.'
const STOP_WORDS = 'Please stop working on this now. Do not open a pull request and do not push anything more.'

/** Nothing where the words are not known any more. */
export function effectOf(scene: TrackedScene, doing: Act): Effect[] {
  const { observed, tracking } = scene
  const { session } = tracking.record
  if (doing.what === 'approve') return [{ do: 'approve', session }]
  const words = wordsOf(scene, doing)
  if (words === undefined) return []
  const key = messageKey(tracking.record, doing)
  const message = buildMessage(words, { repository: observed.repository, thread: observed.thread, key })
  return [{ do: 'send', session, message }]
}

function wordsOf({ observed, intent }: TrackedScene, doing: Exclude<Act, { what: 'approve' }>): string | undefined {
  if (doing.what === 'remind') return REMINDER
  if (doing.what === 'tell') return intent.because.kind === 'session' ? intent.because.message : undefined
  const request = observed.requests.find((request) => isSamePlace(request, doing))
  if (request === undefined) return undefined
  if (!('text' in request.command)) return STOP_WORDS
  const pull = observed.askedOn ?? observed.thread?.number
  return wordsTold(request.command.text, request.remarks, pull, observed.boundary)
}

/** Were the words longer than what Jules gets? */
export function isCut(command: Command | undefined): boolean {
  return command !== undefined && 'cut' in command && command.cut
}

/** Names a message for ever: the request's key with what it is about folded in, again 20 hex digits. */
export function messageKey(record: RelayRecord, doing: Exclude<Act, { what: 'approve' }>): string {
  return `${record.key.slice(0, 6)}${about(doing).padStart(14, '0').slice(-14)}`
}

/** Ids of different kinds of things may be the same number, so each kind has a digit of its own in front. */
function about(doing: Exclude<Act, { what: 'approve' }>): string {
  if (doing.what === 'remind')
    return `5${doing.plan
      .toLowerCase()
      .replace(/[^0-9a-f]/g, '')
      .slice(-13)
      .padStart(13, '0')}`
  if (doing.what === 'tell') return named('1', Number(doing.run) || 0)
  return named(KINDS[doing.of ?? 'comment'], doing.comment)
}

const KINDS = { comment: '0', line: '2', review: '3', tick: '4' }

function named(kind: string, id: number): string {
  return `${kind}${id.toString(16).padStart(13, '0')}`
}

/** Do the session's own activities show it? */
export function hasHappened({ observed, tracking }: TrackedScene, doing: Act): boolean {
  if (doing.what === 'approve') return observed.digest.approved.includes(doing.plan)
  const key = messageKey(tracking.record, doing)
  return observed.digest.lastLines.includes(correlation(observed.repository, observed.thread?.number, key))
}
