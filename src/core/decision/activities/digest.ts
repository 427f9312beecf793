/** What a session's activities amount to. */
import {
  type Activity,
  type Bulk,
  type Command,
  type LeftOut,
  type Media,
  NOTHING_LEFT_OUT,
  type Plan,
  sumOf,
} from '../../session.ts'

export type Digest = {
  plan: Plan | undefined
  /** Plans that have been approved. */
  approved: string[]
  progress: string[]
  progressCount: number
  /** What the session ends on, leaving out the notice that it is complete. */
  endsOn: 'nothing' | 'plan' | 'question' | 'work'
  /** The last thing told is that it is complete, or has failed. */
  over: boolean
  /** What the agent said last; '' when it has not spoken. */
  message: string
  /** Id of the activity that it said it in. */
  messageId: string
  /** Reason of a failure; '' when none was given. */
  why: string
  commands: Command[]
  /** The newest change set holds all changes; of a large one the beginning, '' when there is none. */
  patch: string
  /** All of a large one. */
  bulk?: Bulk | undefined
  /** Oldest first. */
  media: Media[]
  leftOut: LeftOut
  /** Names of what was told that this action does not know, each once. */
  unknown: string[]
  /** Instructions so far: the first and every message after it. */
  turns: number
  /** When the agent last did anything, RFC 3339. */
  lastAgentAt: string
  /** The last lines of the messages that were sent: ours end with a key. */
  lastLines: string[]
  count: number
  /** From the first to the last activity that has a time, milliseconds. */
  spanMs: number
}

export const SHOWN_STEPS = 6
export const SHOWN_COMMANDS = 20
const SHOWN_UNKNOWN = 5

/** Digests activities in the order of time, each id once; late and doubled ones are welcome. */
export function digestOf(activities: readonly Activity[]): Digest {
  const once = new Map(activities.map((activity) => [activity.id, activity]))
  const ordered = [...once.values()].sort(byTime)
  const digest: Digest = {
    ...EMPTY_DIGEST,
    approved: [],
    progress: [],
    commands: [],
    media: [],
    lastLines: [],
    unknown: [...new Set(ordered.flatMap(({ unknown = [] }) => unknown))].slice(0, SHOWN_UNKNOWN),
    count: ordered.length,
  }
  for (const activity of ordered) add(digest, activity)
  digest.progress = digest.progress.slice(-SHOWN_STEPS)
  digest.commands = digest.commands.slice(-SHOWN_COMMANDS)
  const times = ordered.map(({ at }) => millis(at)).filter((time) => time > 0)
  return { ...digest, spanMs: (times.at(-1) ?? 0) - (times.at(0) ?? 0) }
}

export const EMPTY_DIGEST: Digest = {
  plan: undefined,
  approved: [],
  progress: [],
  progressCount: 0,
  endsOn: 'nothing',
  over: false,
  message: '',
  messageId: '',
  why: '',
  commands: [],
  patch: '',
  media: [],
  leftOut: NOTHING_LEFT_OUT,
  unknown: [],
  turns: 1,
  lastAgentAt: '',
  lastLines: [],
  count: 0,
  spanMs: 0,
}

/** By time, to the last digit that was given; then by id, so that any order of arrival gives the same digest. */
export function byTime(a: Activity, b: Activity): number {
  return millis(a.at) - millis(b.at) || order(fraction(a.at), fraction(b.at)) || order(a.id, b.id)
}

function fraction(time: string): string {
  return (/\.(\d{1,9})/.exec(time)?.[1] ?? '').padEnd(9, '0')
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function add(digest: Digest, activity: Activity): void {
  if (activity.by === 'agent') digest.lastAgentAt = activity.at
  if (activity.patch !== '') {
    digest.patch = activity.patch
    digest.bulk = activity.bulk
  }
  digest.commands.push(...activity.commands)
  digest.media.push(...activity.media)
  digest.leftOut = sumOf(digest.leftOut, activity.leftOut)
  const { happening } = activity
  digest.over = happening.kind === 'completed' || happening.kind === 'failed'
  switch (happening.kind) {
    case 'plan-generated':
      digest.plan = happening.plan
      digest.endsOn = 'plan'
      return
    case 'plan-approved':
      digest.approved.push(happening.plan)
      digest.endsOn = 'work'
      return
    case 'user-messaged':
      digest.turns += 1
      digest.lastLines.push(lastLine(happening.message))
      digest.endsOn = 'work'
      return
    case 'agent-messaged':
      digest.message = happening.message
      digest.messageId = activity.id
      digest.endsOn = 'question'
      return
    case 'progress':
      if (happening.title !== '') digest.progress.push(happening.title)
      digest.progressCount += 1
      digest.endsOn = 'work'
      return
    case 'failed':
      digest.why = happening.why
      return
    case 'completed':
    case 'unknown':
      return
  }
}

/** The last line that holds anything: our correlation stands there. */
export function lastLine(message: string): string {
  const trimmed = message.trimEnd()
  return trimmed.slice(trimmed.lastIndexOf('\n') + 1).trim()
}

/** Milliseconds since 1970 of an RFC 3339 time; 0 for what is none. */
export function millis(time: string): number {
  const parsed = Date.parse(time)
  return Number.isNaN(parsed) ? 0 : parsed
}
