/** What is to be told about a request, as data; the words are found in core/report. */
import type { Box } from '../intent/tick.ts'
import type { Verdict } from '../outcome.ts'
import type { BranchAt } from '../record.ts'
import {
  type Bulk,
  type ChangedFile,
  type Command,
  type LeftOut,
  type Media,
  NOTHING_LEFT_OUT,
  type Plan,
  type PullRequest,
  type Session,
} from '../session.ts'
import type { Check } from './check.ts'
import type { Standing } from './standing.ts'
import type { Trouble } from './trouble.ts'

export type { Refusal, Trouble } from './trouble.ts'

/** What was taken out of foreign text before Jules got it. */
export type Removed = {
  /** Characters of HTML comments. */
  hidden: number
  /** Characters without a picture of their own. */
  invisible: number
  /** It may well have been meant for Jules, and for no person to see. */
  suspicious: boolean
}

export const NOTHING_REMOVED: Removed = { hidden: 0, invisible: 0, suspicious: false }

export type Story = {
  verdict: Verdict
  repository: string
  /** It reports in its summary and its outputs alone. */
  threadless: boolean
  requester: string
  session: Pick<Session, 'id' | 'url' | 'title' | 'state' | 'rawState'> | undefined
  pullRequest: PullRequest | undefined
  /** The session was told something a moment ago, and does not show it yet. */
  told: boolean
  /** A run keeps the comment up to date from here on. */
  followed: boolean
  /** Tracking comment; '' where there is none. */
  commentUrl: string
  /** The tracking comment before it, whose record somebody has changed; '' where there is none. */
  disowned: string
  runUrl: string
  /** Branch that the session starts from. */
  branch: string
  /** Where that branch does not exist: those with names near to it. */
  near: string[]
  /** Id of the session that this one was started in place of; '' where there is none. */
  replaces: string
  /** The thread is a pull request that the session did not make: its own one will go into this branch. */
  into: string
  /** The branch of the pull request, where it has moved between the request and the beginning of the session. */
  moved: BranchAt | undefined
  plan: Plan | undefined
  /** Titles of the latest steps of the work, oldest first. */
  progress: string[]
  progressCount: number
  /** What Jules said last, where it waits for an answer. */
  message: string
  /** Why the session failed, in Jules's words; '' where it gave no reason. */
  why: string
  files: ChangedFile[]
  /** Of a large one the beginning. */
  patch: string
  /** All of a large patch. */
  bulk?: Bulk | undefined
  /** What Jules attached, oldest first. */
  media: Media[]
  leftOut: LeftOut
  /** Names of what Jules told that this action does not know. */
  unknown: string[]
  commands: Command[]
  /** From the first to the last activity; undefined while it runs. */
  minutes: number | undefined
  turns: number
  /** From the prompt of a session that this run has created. */
  removed: Removed
  /** The words of the command were too long, so Jules got only their first part. */
  cut: boolean
  trouble: Trouble | undefined
  /** How the thread stands, for whoever has asked what can be said. */
  standing: Standing
  /** Boxes that can be ticked now. */
  boxes: Box[]
  /** What a sweep has found, thread by thread, and what it has done there, in words. */
  swept: { thread: number; verdict: Verdict; did: string[] }[]
  /** How many threads a sweep has not visited: because their comments tell all there is, or because time or calls were used up. */
  unvisited: { calm: number; left: number }
  /** What a dry run would have done. */
  intended: string[]
  /** What the doctor has found. */
  checks: Check[]
}

/** A story of a run that came to nothing before it knew more. */
export function briefStory(repository: string, verdict: Verdict, trouble?: Trouble): Story {
  return {
    verdict,
    repository,
    threadless: false,
    requester: '',
    session: undefined,
    pullRequest: undefined,
    told: false,
    followed: false,
    commentUrl: '',
    disowned: '',
    runUrl: '',
    branch: '',
    near: [],
    replaces: '',
    into: '',
    moved: undefined,
    plan: undefined,
    progress: [],
    progressCount: 0,
    message: '',
    why: '',
    files: [],
    patch: '',
    media: [],
    leftOut: NOTHING_LEFT_OUT,
    unknown: [],
    commands: [],
    minutes: undefined,
    turns: 1,
    removed: NOTHING_REMOVED,
    cut: false,
    trouble,
    standing: { phase: 'none', sayable: [] },
    boxes: [],
    swept: [],
    unvisited: { calm: 0, left: 0 },
    intended: [],
    checks: [],
  }
}
