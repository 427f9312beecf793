/** What one run remembers between its looks. Everything here can be read again by the next run. */
import { type Digest, EMPTY_DIGEST } from '../../core/decision/digest.ts'
import { type Kept, nothingKept } from '../../core/decision/keep.ts'
import type {
  Access,
  Discussion,
  Ground,
  Observed,
  Request,
  ThreadSeen,
  Tracking,
} from '../../core/decision/observed.ts'
import type { Applied, Effect } from '../../core/effect/effect.ts'
import { NOTHING_REMOVED, type Removed } from '../../core/effect/story.ts'
import type { ChangedFile, Session } from '../../core/session.ts'
import type { CommentSeen } from '../github/read.ts'
import { rememberRecord, rememberTaken } from './written.ts'

export type Memory = {
  /** The event's own command. */
  own: Request | undefined
  access: Map<number, Access>
  thread: ThreadSeen | undefined
  comments: Map<number, CommentSeen>
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

export function emptyMemory(): Memory {
  return {
    own: undefined,
    access: new Map(),
    thread: undefined,
    comments: new Map(),
    commentsUntil: 0,
    identity: undefined,
    trackings: new Map(),
    notes: new Set(),
    ground: undefined,
    discussion: undefined,
    removed: NOTHING_REMOVED,
    suspect: '',
    changed: undefined,
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
    claims: 0,
    creates: 0,
    census: undefined,
    attempted: false,
    lost: false,
    shown: undefined,
  }
}

/** Takes in what our own effects have changed, so that a list which lags behind does not deceive us. */
export function remember(memory: Memory, applied: readonly Applied[], elapsed: number): void {
  for (const one of applied) {
    rememberTried(memory, one.effect)
    rememberTaken(memory, one)
    if (one.ok) rememberDone(memory, one, elapsed)
    else if (one.trouble.unsure && isUnsafe(one.effect)) memory.unsure = { effect: one.effect.do, since: elapsed }
  }
}

/** Whether it has worked or not: what was lost on its way may have happened too. */
function rememberTried(memory: Memory, effect: Effect): void {
  switch (effect.do) {
    case 'claim':
      memory.claims += 1
      return
    case 'create':
      memory.creates += 1
      memory.removed = effect.removed ?? NOTHING_REMOVED
      return
    case 'write':
      if (effect.record.doing !== undefined) memory.attempted = false
      return
    case 'send':
    case 'approve':
      memory.attempted = true
      return
    default:
      return
  }
}

function isUnsafe(effect: Effect): effect is Extract<Effect, { do: 'claim' | 'create' | 'send' | 'approve' }> {
  return ['claim', 'create', 'send', 'approve'].includes(effect.do)
}

function rememberDone(memory: Memory, { effect, comment }: Extract<Applied, { ok: true }>, elapsed: number): void {
  switch (effect.do) {
    case 'claim':
    case 'write':
      rememberRecord(memory, effect, comment)
      memory.shown = { story: effect.story, at: elapsed }
      if (effect.do === 'claim') memory.unsure = undefined
      return
    case 'fold':
      memory.trackings.delete(effect.comment)
      return
    case 'note':
      memory.notes.add(effect.key)
      return
    case 'label':
      rememberLabel(memory, effect.name, effect.on)
      return
    case 'create':
    case 'send':
    case 'approve':
      memory.unsure = undefined
      return
    case 'react':
    case 'archive':
    case 'unarchive':
    case 'delete':
    case 'probe':
      return
  }
}

function rememberLabel({ thread }: Memory, name: string, on: boolean): void {
  if (thread === undefined) return
  const others = thread.labels.filter((label) => label !== name)
  thread.labels = on ? [...others, name] : others
}
