/** What GitHub told us, reduced to what we use. Nothing of the payload goes further than this. */

export type Person = { login: string; id: number; bot: boolean }

/** An issue or a pull request of the repository. */
export type Thread = { number: number; kind: 'issue' | 'pull-request' }

/**
 * The thread as the payload had it; never read again later, for anybody could edit it. `commit`: of a pull request, where its
 * branch stood, where the payload tells.
 */
export type Subject = { title: string; body: string; author?: Person | undefined; commit?: string | undefined }

export type Comment = { id: number; body: string; author: Person | undefined; url: string }

/** A piece of the diff that words hang on. */
export type Passage = {
  path: string
  /** Undefined where they hang on the whole file, or the line is gone since. */
  line: number | undefined
  /** Does the line stand in the text before the change? */
  before: boolean
  hunk: string
}

/** A comment on a piece of the diff. It belongs to a review, even if it stands alone in it. `at`, `changed`: when, RFC 3339. */
export type LineComment = Comment & { passage: Passage; review: number; at: string; changed: string }

/** A submitted review; what it says about lines is told elsewhere. `at`: when, RFC 3339. */
export type Review = { id: number; body: string; author: Person | undefined; at: string }

/** What has become of a pull request. */
export type News = 'opened' | 'reopened' | 'merged' | 'closed'

export type What =
  | { kind: 'labeled'; thread: Thread; subject: Subject; label: string; at: string }
  | { kind: 'commented'; thread: Thread; subject: Subject; comment: Comment }
  /** `at`: when, RFC 3339. */
  | { kind: 'comment-edited'; thread: Thread; subject: Subject; comment: Comment; before: string; at: string }
  | { kind: 'review-commented'; thread: Thread; subject: Subject; comment: LineComment }
  | { kind: 'reviewed'; thread: Thread; subject: Subject; review: Review }
  | { kind: 'pull-request-news'; thread: Thread; branch: string; body: string; news: News }
  | { kind: 'issue-closed'; thread: Thread }
  /** Dispatches, schedules, pushes and all the rest: they ask something only through the `prompt` input. */
  | { kind: 'other' }

export type Event = {
  /** GITHUB_EVENT_NAME. */
  name: string
  action: string
  /** `owner/name`; '' where the payload names none. */
  repository: string
  sender: Person | undefined
  /** The head of the pull request, or of the run that started this one, is in another repository. */
  fork: boolean
  what: What
}
