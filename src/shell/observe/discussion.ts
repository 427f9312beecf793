/** Reads what a session is told besides the request: what was said in the thread before it, and who of them may ask. */

import type { Discussion, Tracking } from '../../core/decision/observed.ts'
import { authorsOf, momentOf, saidBefore } from '../../core/decision/prompt/discussion.ts'
import type { Person } from '../../core/event/event.ts'
import { hasRecord, noteKey } from '../github/seal.ts'
import type { Parties } from '../parties.ts'
import { accessOf } from './access.ts'
import type { Memory } from './memory.ts'

/** People whose permission is looked up at most, so that a crowd cannot use up our calls. */
const MOST_LOOKED_UP = 20

/** The request is the one that was claimed, whichever run carries it on. */
export async function readDiscussion(parties: Parties, memory: Memory, { record }: Tracking): Promise<Discussion> {
  const moment = momentOf(record.request, memory.comments)
  const others = [...memory.comments.values()].filter(({ body }) => !hasRecord(body) && noteKey(body) === undefined)
  const comments = moment === undefined ? [] : saidBefore(moment, others, parties.config.command)
  const author = parties.intent.subject?.author
  const people = [...(author === undefined ? [] : [author]), ...authorsOf(comments)]
  return { comments, passing: await passingOf(parties, memory, people.slice(0, MOST_LOOKED_UP)) }
}

async function passingOf(parties: Parties, memory: Memory, people: Person[]): Promise<number[]> {
  const passing: number[] = []
  for (const person of people) if ((await accessOf(parties, memory, person)).allowed) passing.push(person.id)
  return passing
}
