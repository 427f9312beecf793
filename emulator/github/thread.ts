/** Issues and pull requests, which GitHub numbers and discusses alike. */
import type { Person } from './person.ts'
import type { Repository } from './repository.ts'

/** Why an issue was closed. */
export type StateReason = 'completed' | 'not_planned' | 'duplicate'

export const LOCK_REASONS = ['off-topic', 'too heated', 'resolved', 'spam'] as const

export type LockReason = (typeof LOCK_REASONS)[number]

type ThreadFields = {
  id: number
  number: number
  title: string
  body: string | null
  author: Person
  /** Names of labels of the repository. */
  labels: string[]
  state: 'open' | 'closed'
  stateReason: StateReason | 'reopened' | null
  closedBy: Person | null
  locked: boolean
  lockReason: LockReason | null
  deleted: boolean
  /** Where the API sends those who ask for it, without its first part: it stands in another repository now. */
  movedTo?: string
  createdAt: string
  updatedAt: string
  closedAt: string | null
  /** The page on github.com. */
  url: string
}

export type Issue = ThreadFields & { kind: 'issue' }

export type PullFile = {
  filename: string
  status: 'added' | 'removed' | 'modified'
  additions: number
  deletions: number
  patch: string
}

export type PullRequest = ThreadFields & {
  kind: 'pull-request'
  pullId: number
  head: { ref: string; sha: string; repository: Repository }
  base: { ref: string; sha: string }
  draft: boolean
  mergedAt: string | null
  mergedBy: Person | null
  mergeCommit: string | null
  /** It can't be merged as it is. */
  conflicting: boolean
  /** GitHub works out whether it can be merged only when somebody looks. */
  looked: boolean
  files: PullFile[]
}

/** An issue or a pull request: they share their numbers, comments, labels and reactions. */
export type Thread = Issue | PullRequest
