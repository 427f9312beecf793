/** The closed list of everything that is ever done to the outside world, each a value. */
import type { RelayRecord } from '../record.ts'
import type { Removed, Story, Trouble } from './story.ts'

export const LIVE_LABELS = ['jules: queued', 'jules: running', 'jules: waiting', 'jules: failed'] as const
export type LiveLabel = (typeof LIVE_LABELS)[number]

/** Short comments: which one, as data. */
export type NoteKind =
  | 'help'
  | 'status'
  | 'did-you-mean'
  | 'unknown-flag'
  | 'ambiguous'
  | 'nothing-to-do'
  | 'already-running'
  | 'fork'
  | 'passed-on'
  | 'needed'
  | 'done'

export type NewSession = {
  prompt: string
  title: string
  source: string
  branch: string
  requirePlanApproval: boolean
  autoCreatePullRequest: boolean
  environmentVariables: boolean
}

export type Effect =
  /** Courtesy: whether it works changes nothing. */
  | { do: 'react'; to: { kind: 'comment' | 'line' | 'thread'; id: number }; with: 'eyes' | 'rocket' | 'confused' }
  | { do: 'label'; thread: number; name: string; on: boolean }
  /** Posts the tracking comment. Not safe to repeat. A run without a thread only keeps the record for itself. */
  | { do: 'claim'; thread: number | undefined; record: RelayRecord; story: Story }
  | { do: 'write'; thread: number | undefined; comment: number | undefined; record: RelayRecord; story: Story }
  /** Takes back a claim of ours that came second. */
  | { do: 'fold'; comment: number }
  /** Posts a short comment that carries `key`, by which it is found again. Not safe to repeat. */
  | { do: 'note'; thread: number; key: string; kind: NoteKind; words: string; story: Story }
  /** Not safe to repeat. `removed`: what its prompt has lost; absent where that was nothing. */
  | { do: 'create'; session: NewSession; removed?: Removed }
  /** Not safe to repeat. */
  | { do: 'send'; session: string; message: string }
  /** Not safe to repeat. */
  | { do: 'approve'; session: string }
  | { do: 'archive'; session: string }
  /** Courtesy: Jules hears a message to an archived session too, but nobody would see it work. */
  | { do: 'unarchive'; session: string }
  /** For ever. */
  | { do: 'delete'; session: string }
  /** A write that can change nothing, for only a write tells whether the token may write. Refused where it may not. */
  | { do: 'probe'; permission: 'issues' | 'pull-requests' }

/** What came of an effect. A session that was created always has its id. */
export type Applied =
  | {
      effect: Effect
      ok: true
      session?: string
      comment?: { id: number; url: string; author: number; written: number }
    }
  | { effect: Effect; ok: false; trouble: Trouble }
