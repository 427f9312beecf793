/** What one run remembers between its looks. Everything here can be read again by the next run. */
import { type Digest, EMPTY_DIGEST } from '../../core/decision/activities/digest.ts'
import { type Kept, nothingKept } from '../../core/decision/activities/keep.ts'
import type { Access, Discussion, Ground, Observed, Request, Tracking } from '../../core/decision/observed.ts'
import { NOTHING_REMOVED, type Removed } from '../../core/effect/story.ts'
import type { ChangedFile, Session } from '../../core/session.ts'
import type { CommentSeen, ThreadRead } from '../github/read.ts'

export type Memory = {
  /** The event's own command. */
  own: Request | undefined
  access: Map<number, Access>
  thread: ThreadRead | undefined
  comments: Map<number, CommentSeen>
  /** The pull request that was asked on, where the tracking comment stands in another thread, and its comments. */
  askedOn: number | undefined
  aside: Map<number, CommentSeen>
  /** Newest change seen among the comments, server time, milliseconds. */
  commentsUntil: number
  identity: number | undefined
  /** By comment id; 0 for a run without a thread. */
  trackings: Map<number, Tracking>
  notes: Set<string>
  ground: Ground | undefined
  discussion: { key: string; seen: Discussion } | undefined
  removed: Removed
  /** A session that a record without a valid signature names; '' where there is none. */
  suspect: string
  /** The comment that it stands in. */
  changed: number | undefined
  /** What it names cannot be read any more, and the newest session of the thread has not been looked for so far. */
  isIllegible: boolean
  session: Session | undefined
  /** What the command said that the thread's request was made in. */
  earlierWords: string
  /** For which session the activities are. */
  activitiesOf: string
  kept: Kept
  digest: Digest
  files: ChangedFile[]
  /** The patch that the files are of. */
  filesOf: Pick<Session, 'patch' | 'bulk'>
  looks: number
  settledLooks: number
  /** At which `elapsed` the session was first not found. */
  missingSince: number | undefined
  missingTimes: number
  unsure: Observed['unsure']
  silence: Observed['silence']
  untaken: number
  behind: Observed['behind']
  /** Nothing that others have written is waited for any more. */
  isSure: boolean
  /** How often the thread was looked at. */
  views: number
  /** When it was looked at first, and when this run has written its record last. */
  firstView: Moment | undefined
  lastWrite: Moment | undefined
  /** By comment id: the sequence number of the record that the thread has shown last. */
  shownSeq: Map<number, number>
  searches: number
  /** How often this run has tried to claim. */
  claims: number
  /** How often this run has tried to create a session. */
  creates: number
  census: Observed['census']
  /** What the record says is being done has been tried by this run. */
  attempted: boolean
  lost: boolean
  shown: Observed['shown']
}

/** `at`: which `elapsed`; `views`: after how many looks at the thread. */
export type Moment = { at: number; views: number }

/** What runs of one process may tell each other: who they are, who may ask, and of one thread what lists have just shown. */
export type Known = Pick<Memory, 'access' | 'identity'> & Partial<Pick<Memory, 'thread' | 'askedOn'>>

export function emptyMemory(known: Partial<Known> = {}): Memory {
  return {
    own: undefined,
    access: new Map(),
    thread: undefined,
    comments: new Map(),
    askedOn: undefined,
    aside: new Map(),
    commentsUntil: 0,
    identity: undefined,
    trackings: new Map(),
    notes: new Set(),
    ground: undefined,
    discussion: undefined,
    removed: NOTHING_REMOVED,
    suspect: '',
    changed: undefined,
    isIllegible: false,
    session: undefined,
    earlierWords: '',
    activitiesOf: '',
    kept: nothingKept(),
    digest: EMPTY_DIGEST,
    files: [],
    filesOf: { patch: '' },
    looks: 0,
    settledLooks: 0,
    missingSince: undefined,
    missingTimes: 0,
    unsure: undefined,
    silence: undefined,
    untaken: 0,
    behind: undefined,
    isSure: false,
    views: 0,
    firstView: undefined,
    lastWrite: undefined,
    shownSeq: new Map(),
    searches: 0,
    claims: 0,
    creates: 0,
    census: undefined,
    attempted: false,
    lost: false,
    shown: undefined,
    ...known,
  }
}
