/** What is wanted: look at this thread, because of this. What is so, and what to do, is found out later. */
import type { News, Passage, Person, Subject, Thread } from '../event/event.ts'
import type { Reason } from '../outcome.ts'
import type { Place, RequestKind } from '../record.ts'
import type { Command } from './command.ts'

export type Because =
  /** The trigger label was put on the thread. */
  | { kind: 'label'; label: string }
  /** Somebody wrote a command, or ticked a box in the comment `ticked`. Undefined: only the lines of the review may hold one. */
  | ({ kind: 'command'; command: Command | undefined; part?: Part; ticked?: number } & Place)
  /** The workflow file has an instruction. */
  | { kind: 'prompt'; instruction: string }
  /** Something has become of a pull request that may be one of our sessions'. */
  | { kind: 'news'; news: News }
  | { kind: 'thread-closed' }
  /** Every thread that is not settled is looked at once; one at a time, this is one of them. */
  | { kind: 'sweep' }
  /** The set-up is checked, and nothing else is done. */
  | { kind: 'doctor' }
  /** The workflow file names a session that is there: to follow it, to tell it `message` first, or to put it away. */
  | { kind: 'session'; session: string; wish: SessionWish; message: string }

/** What a command in a review comes with: the review, when it was written (RFC 3339), and the piece of the diff that it hangs on. */
export type Part = { review: number; at: string; passage?: Passage }

export type SessionWish = 'follow' | 'tell' | 'archive' | 'delete'

export type Intent = {
  /** Where to report; undefined for a run without a thread. */
  thread: Thread | undefined
  because: Because
  subject: Subject | undefined
  /** Whose permission counts; undefined where only the workflow file speaks (`schedule`, `push`), or an event that asks nothing. */
  asker: Person | undefined
  /** What names the request for ever, whichever run handles it: kind and id of the event, or the run's own. */
  origin: { kind: RequestKind; id: string }
}

export type Ignored = { ignored: Reason<'ignored'> }
/** The workflow asks for something that cannot be; the sentence says what. */
export type Mistake = { mistake: string }
