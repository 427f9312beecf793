/** Reads the threads that a run is about, as far as GitHub shows them: what was seen before stands where it does not. */
import type { Trouble } from '../../core/effect/story.ts'
import type { Parties } from '../parties.ts'
import { toTrouble } from '../problem.ts'
import { ServiceError } from '../service-error.ts'
import type { Memory } from './memory.ts'
import { lookAside, lookAtThread } from './thread.ts'

/** `askedOn`: where the request stands, if that is another thread than the one of the tracking comment. */
export type Threads = { thread: number | undefined; askedOn: number | undefined }

/** Returns why it could not look this time. What holds for the rest of the run is remembered. */
export async function lookAtHome(parties: Parties, memory: Memory, home: Threads): Promise<Trouble | undefined> {
  // Where only our comment is gone, the thread may be gone with it.
  if (memory.silence !== undefined && memory.silence.refusal !== 'comment-gone') return undefined
  try {
    if (home.thread !== undefined) await lookAtThread(parties, memory, home.thread)
    if (home.askedOn !== undefined) await lookAside(parties, memory, home.askedOn)
    return undefined
  } catch (error) {
    if (memory.thread === undefined || !(error instanceof ServiceError)) throw error
    const trouble = toTrouble(error, memory.thread.kind)
    if (trouble.refusal === undefined && !trouble.passing) throw error
    if (trouble.refusal !== undefined) memory.silence = trouble
    return trouble.refusal === undefined ? trouble : undefined
  }
}
