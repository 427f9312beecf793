/** Our records and the commands of many threads, by one list of the repository's comments. */
import type { Tracking } from '../../core/decision/observed.ts'
import type { Person } from '../../core/event/event.ts'
import { parseCommand } from '../../core/intent/command.ts'
import { decodeRecord } from '../../core/record-text.ts'
import { type CommentListed, eachComment } from '../github/read-all.ts'
import { hasRecord, makeSeal, noteKey } from '../github/seal.ts'
import { firstLineOf, isByUs } from '../observe/thread.ts'
import type { Parties } from '../parties.ts'

/** What the comments of one thread say, as far as the list went back. */
export type Heard = { trackings: Tracking[]; notes: string[]; commands: Said[] }

/** `on`: the thread that it stands in. */
export type Said = { comment: number; by: Person; on: number }

/** Whoever has written a command a moment ago has a run of their own. */
const FRESH_MS = 2 * 60_000

/**
 * `wanted`: since when there may be comments of ours in a thread. The list is read from its new end on, until there is a record
 * for each of them, or all that is left is older. A claim in any other thread counts too, as far as the list was read: its run
 * may have died before the thread had its label. `home`: what is said on the pull request of a session belongs to its thread.
 */
export async function hear(
  parties: Parties,
  identity: number,
  wanted: ReadonlyMap<number, number>,
  home: ReadonlyMap<number, number>,
): Promise<Map<number, Heard>> {
  const heard = new Map([...wanted.keys()].map((thread): [number, Heard] => [thread, nothingHeard()]))
  const open = new Map(wanted)
  await eachComment(parties.github, (page) => {
    for (const comment of page) {
      const number = home.get(comment.thread) ?? comment.thread
      const thread = heard.get(number) ?? nothingHeard()
      take(parties, identity, thread, comment, number)
      if (thread.trackings.some(isClaim)) heard.set(number, thread)
      if (thread.trackings.length > 0) open.delete(number)
    }
    const reached = page.at(-1)?.updated ?? 0
    return [...open.values()].some((since) => since <= reached)
  })
  return heard
}

function isClaim({ record: { phase } }: Tracking): boolean {
  return phase === 'claimed' || phase === 'creating'
}

function nothingHeard(): Heard {
  return { trackings: [], notes: [], commands: [] }
}

/** The record of another session on that pull request is none of the thread `number`. */
function take(parties: Parties, identity: number, heard: Heard, comment: CommentListed, number: number): void {
  const { body, author, id } = comment
  const hasOwn = number === comment.thread && hasRecord(body)
  const tracking = hasOwn ? trackingIn(parties, identity, comment) : undefined
  if (tracking !== undefined) heard.trackings.unshift(tracking)
  const note = author?.id === identity ? noteKey(body) : undefined
  if (note !== undefined) heard.notes.push(note)
  const isOld = parties.github.now() - comment.created >= FRESH_MS
  const isCommand = comment.created === comment.updated && parseCommand(body, parties.config.command) !== undefined
  if (isOld && isCommand && author !== undefined) heard.commands.push({ comment: id, by: author, on: comment.thread })
}

function trackingIn({ config, run }: Parties, identity: number, comment: CommentListed): Tracking | undefined {
  const encoded = makeSeal(config.julesKey, run.repositoryId, comment.thread).open(comment.body)
  const record = encoded === undefined ? undefined : decodeRecord(encoded)
  if (record === undefined || !isByUs(comment, record, { identity })) return undefined
  return { comment: comment.id, url: comment.url, record, written: comment.updated, headline: firstLineOf(comment) }
}
