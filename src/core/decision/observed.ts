/** What is so, as far as it could be read. Anything may be absent, and absence is a value. */
import type { Applied } from '../effect/effect.ts'
import type { Removed, Story, Trouble } from '../effect/story.ts'
import type { Comment, Passage, Person, Subject, Thread } from '../event/event.ts'
import type { Command } from '../intent/command.ts'
import type { Reason } from '../outcome.ts'
import type { Place, RelayRecord, RunOfRecord } from '../record.ts'
import type { ChangedFile, Plan, Session } from '../session.ts'
import type { Digest } from './activities/digest.ts'
import type { SetUp } from './doctor/set-up.ts'
import type { Census } from './quota.ts'

export type Access = { allowed: true } | { allowed: false; reason: Reason<'ignored'> }

export type ThreadSeen = Thread & {
  title: string
  body: string
  author: Person | undefined
  locked: boolean
  closed: boolean
  /** Names of its labels, in lower case. */
  labels: string[]
  /** Of a pull request: the branch it comes from, and where that stands. */
  head: { branch: string; commit: string; ofThisRepository: boolean } | undefined
}

/** A tracking comment of ours whose signature holds. */
export type Tracking = {
  /** Undefined for a run without a thread, which keeps its record for itself. */
  comment: number | undefined
  url: string
  record: RelayRecord
  /** When it was last written, server time, milliseconds. */
  written: number
  /** Somebody has changed its record since this run has read or written it. */
  broken?: boolean
  /** Its first line, where it was read. */
  headline?: string
}

/** A command of somebody who may give it. */
export type Request = Place & {
  command: Command
  by: Person
  subject: Subject | undefined
  /** 20 hex digits that name it. */
  key: string
  /** SHA-256 of its words, so that a change is seen. */
  hash: string
  /** When it was made, RFC 3339; '' where the id alone tells. */
  at: string
  /** What was said about lines of code, in their order. */
  remarks: Remark[]
  /** The thread that it was written in. */
  on?: number | undefined
}

/** Words about a piece of the diff; '' where they are those of the command itself. */
export type Remark = { passage: Passage; text: string }

/** Where a session would start. */
export type Ground =
  | { kind: 'ready'; source: string; branch: string }
  | { kind: 'source-not-connected' }
  | { kind: 'branch-not-found'; branch: string; near: string[] }
  /** GitHub does not tell of the branches, and would not if it were asked again. */
  | { kind: 'unreadable'; trouble: Trouble }

/** A comment as the thread shows it now. Times in milliseconds, server time. */
export type Said = Comment & { created: number; updated: number }

/** What was said in the thread before the request that a session is about to be created for. */
export type Discussion = {
  /** Oldest first. */
  comments: Said[]
  /** Ids of the people who pass the same gate as the requester, among those who wrote the comments and the thread. */
  passing: readonly number[]
}

/** A reason: whoever asked may not ask any more. */
export type Witness =
  | { request: Request | undefined; subject: Subject | undefined }
  | { refused: Reason<'ignored'> }
  | 'changed'

export type Observed = {
  /** Server time, milliseconds. */
  now: number
  /** Since the start of this run, milliseconds. */
  elapsed: number
  cancelled: boolean
  run: RunOfRecord & { url: string }
  repository: string
  /** 20 hex digits that name the intent's request. */
  key: string
  /** Of the request's words, so that a change is seen. */
  hash: string
  /** A fresh random word for the borders around foreign text. */
  boundary: string
  access: Access
  /** Why the event's own words ask nothing after all, where only their review could tell. */
  dismissed: Reason<'ignored'> | undefined
  /** The thread that the tracking comment stands in. */
  thread: ThreadSeen | undefined
  /** The thread that was asked on, where it is another: a pull request that our session made. */
  askedOn: number | undefined
  /** Oldest first. */
  trackings: Tracking[]
  /** The highest id of a comment that is more than ten minutes old; 0 where there is none. What is older is nobody's open request. */
  oldComments: number
  /** Commands that nobody has dealt with, oldest first. */
  requests: Request[]
  /** The command that the chosen tracking comment was claimed for, where its words are known. */
  asked: Request | undefined
  /** Keys of our short comments. */
  notes: string[]
  /** Looked up when a session may have to be created. */
  ground: Ground | undefined
  /** Read when a session is about to be created. */
  discussion: Discussion | undefined
  /** What the prompt lost that this run has created a session with. */
  removed: Removed
  /** A session whose prompt ends with the key of the request. */
  found: string | undefined
  /** The session that made the pull request that was asked on, proven, where no tracking comment tells of it. */
  maker: string | undefined
  /** The session of the chosen tracking. `foreign`: it did not prove to be ours. */
  session: Session | 'gone' | 'foreign' | undefined
  /** What was asked before, for a start in place of another one: the prompt of that session, or where there was none the words of its command. */
  earlier: { prompt: string; words: string; title: string; branch: string; plan: Plan | undefined }
  /** How many looks in a row have seen the session settled. */
  settledLooks: number
  digest: Digest
  files: ChangedFile[]
  /** The latest look at Jules that failed; the rest is from the look before. */
  trouble: Trouble | undefined
  /** Looked at by the doctor alone. */
  setUp: SetUp | undefined
  /** A comment of ours whose record somebody has changed, where it still names a session. */
  changed: number | undefined
  /** Why the thread takes no more words from this run; it holds for the rest of it. */
  silence: Trouble | undefined
  /** What GitHub shows may not be the latest: of the thread, or of what this run itself has written. */
  behind: 'thread' | 'own' | undefined
  /** How often this run has looked for what an earlier one may have done at Jules. */
  searches: number
  /** GitHub did not show the thread this time; the rest is from the look before. */
  blind: Trouble | undefined
  /** How often in a row the thread has not taken what was written. */
  untaken: number
  /** What came of the effects decided last. */
  applied: Applied[]
  /** An effect of this run whose answer was lost, and at which `elapsed`; undefined: there is none. */
  unsure: { effect: 'claim' | 'create' | 'send' | 'approve'; since: number } | undefined
  /** How often this run has tried to claim the thread, and to create a session. */
  claims: number
  creates: number
  /** What the account's newest sessions say of its limits. */
  census: Census | undefined
  /** What a request says now whose run is gone; undefined where nobody can tell. */
  witness: Witness | undefined
  /** What the record says is being done has been tried by this run. */
  attempted: boolean
  /** Another run has taken the record over since this one followed. */
  lost: boolean
  /** What the tracking comment says, and at which `elapsed` this run has written it. */
  shown: { story: Story; at: number } | undefined
}
