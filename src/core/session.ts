/** What we know of Jules's things, in the words of its API reference: sessions, activities, plans, artifacts. */

export const STATES = [
  'QUEUED',
  'PLANNING',
  'AWAITING_PLAN_APPROVAL',
  'AWAITING_USER_FEEDBACK',
  'IN_PROGRESS',
  'PAUSED',
  'COMPLETED',
  'FAILED',
] as const

/** A documented state; whatever else the service says is UNKNOWN, and counts as work going on. */
export type State = (typeof STATES)[number] | 'UNKNOWN'

export type PullRequest = { url: string; title: string; head: string; base: string }

export type Session = {
  id: string
  url: string
  title: string
  prompt: string
  state: State
  /** The word the service used. */
  rawState: string
  /** Branch that it started from; '' where it is not told. */
  branch: string
  /** Resource name of the source; '' for a session without a repository. */
  source: string
  /** RFC 3339, as the service wrote it. */
  created: string
  updated: string
  pullRequest: PullRequest | undefined
  /** The change set among the outputs, or the beginning of a large one; '' when there is none. */
  patch: string
  /** All of a large change set. */
  bulk?: Bulk | undefined
  /** It is hidden from lists; left out where it is not. */
  archived?: boolean
}

/** A large text in pieces that only the shell can open; the core carries it along. */
export type Bulk = { bytes: number; pieces: readonly { hash: string; bytes: number; packed: Uint8Array }[] }

export type PlanStep = { title: string; description: string }
export type Plan = { id: string; steps: PlanStep[] }

/** What an activity tells, exactly one thing each. */
export type Happening =
  | { kind: 'plan-generated'; plan: Plan }
  | { kind: 'plan-approved'; plan: string }
  | { kind: 'user-messaged'; message: string }
  | { kind: 'agent-messaged'; message: string }
  | { kind: 'progress'; title: string; description: string }
  | { kind: 'completed' }
  | { kind: 'failed'; why: string }
  | { kind: 'unknown' }

/** A command that Jules ran. */
export type Command = { command: string; exitCode: number }

/** A file that Jules attached, such as a picture of a page. */
export type Media = {
  mimeType: string
  /** Base64. */
  data: string
}

export const NOTHING_LEFT_OUT = { large: 0, surplus: 0, unfit: 0, unreadable: 0 }

/** How many files are not kept: too large, more than there is room for, of a type that is not kept, or not to be read. */
export type LeftOut = Record<keyof typeof NOTHING_LEFT_OUT, number>

/** Both together. */
export function sumOf(a: LeftOut, b: LeftOut): LeftOut {
  return {
    large: a.large + b.large,
    surplus: a.surplus + b.surplus,
    unfit: a.unfit + b.unfit,
    unreadable: a.unreadable + b.unreadable,
  }
}

export type Activity = {
  id: string
  /** createTime, RFC 3339, as the service wrote it. */
  at: string
  by: 'user' | 'agent' | 'system'
  happening: Happening
  commands: Command[]
  /** Cumulative: the newest one of a session holds all its changes. Of a large one the beginning; '' when there is none. */
  patch: string
  /** All of a large one. */
  bulk?: Bulk | undefined
  media: Media[]
  leftOut: LeftOut
  /** Names of what it tells or brings that this action does not know; left out where there are none. */
  unknown?: string[]
}

/** One file of a patch. */
export type ChangedFile = { path: string; added: number; removed: number }

/** `123`, `sessions/123` or the URL of a session's page → `123`; '' for what is none of these. */
export function readSessionId(name: string): string {
  const found = /^(?:sessions\/|https:\/\/jules\.google\.com\/(?:session|task)\/)?([A-Za-z0-9_-]{1,128})$/.exec(
    name.trim(),
  )
  return found?.[1] ?? ''
}
