/** Everything that one repository on the emulated GitHub holds, as plain data; nothing here speaks HTTP. */
import type { Clock } from '../clock.ts'
import { commitId, type Ids, makeIds } from './identity.ts'
import { ACTIONS_BOT, meetPerson, type Person } from './person.ts'
import type { Repository } from './repository.ts'
import type { Thread } from './thread.ts'

export { fullName, type Repository } from './repository.ts'
export type { Issue, LockReason, PullFile, PullRequest, StateReason, Thread } from './thread.ts'

export type Branch = { name: string; sha: string }

export type Label = { id: number; name: string; color: string; description: string | null }

export type Comment = {
  id: number
  /** Number of the thread it stands in. */
  number: number
  author: Person
  body: string
  createdAt: string
  updatedAt: string
  /** The page on github.com. */
  url: string
}

export type ReviewState = 'approved' | 'changes_requested' | 'commented'

export type Review = {
  id: number
  number: number
  author: Person
  body: string | null
  state: ReviewState
  commit: string
  submittedAt: string
}

export type ReviewComment = Comment & {
  review: number
  path: string
  line: number
  hunk: string
  commit: string
  inReplyTo: number | null
}

export const REACTIONS = ['+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'rocket', 'eyes'] as const

export type ReactionContent = (typeof REACTIONS)[number]

/** What can be reacted to. */
export type Subject = { kind: 'issue' | 'comment' | 'reviewComment'; id: number }

export type Reaction = Subject & { reaction: number; content: ReactionContent; author: Person; createdAt: string }

export type Store = {
  repository: Repository
  people: Person[]
  branches: Branch[]
  /** What stands in the default branch, by path. */
  files: Map<string, string>
  labels: Label[]
  threads: Thread[]
  comments: Comment[]
  reviews: Review[]
  reviewComments: ReviewComment[]
  reactions: Reaction[]
  /** `owner/name` that the repository had before, in lower case. */
  formerNames: string[]
  /** Whether members of the organization show that they are. */
  membership: 'public' | 'private'
  /** UTF-16 units that a comment may have. */
  commentLimit: number
  ids: Ids
}

export type StoreOptions = {
  /** `acme/widgets` */
  repository: string
  private?: boolean
  defaultBranch?: string
  branches?: string[]
  /** Whether members of the organization show that they are; default `public`. */
  membership?: Store['membership']
}

/** A repository with its branches and nothing in it. */
export function makeStore(options: StoreOptions, createdAt: string): Store {
  const [owner = '', name = '', ...rest] = options.repository.split('/')
  if (owner === '' || name === '' || rest.length > 0)
    throw new Error(`"${options.repository}" is no repository. It needs a full name, such as acme/widgets.`)
  const ids = makeIds()
  const defaultBranch = options.defaultBranch ?? 'main'
  const repository: Repository = {
    id: ids('repository'),
    owner: { login: owner, id: ids('user'), type: 'Organization' },
    name,
    private: options.private ?? false,
    fork: false,
    defaultBranch,
    createdAt,
  }
  const people: Person[] = []
  meetPerson(people, ids, { login: ACTIONS_BOT })
  const names = new Set([defaultBranch, ...(options.branches ?? [])])
  const branches = [...names].map((branch) => ({ name: branch, sha: commitId(options.repository, branch) }))
  return {
    repository,
    people,
    branches,
    files: new Map(),
    labels: [],
    threads: [],
    comments: [],
    reviews: [],
    reviewComments: [],
    reactions: [],
    formerNames: [],
    membership: options.membership ?? 'public',
    commentLimit: 65_536,
    ids,
  }
}

/** The thread with a number, deleted ones too. */
export function findThread(store: Store, number: number): Thread | undefined {
  return store.threads.find((thread) => thread.number === number)
}

/** The repository's label of that name; GitHub ignores case. */
export function findLabel(store: Store, name: string): Label | undefined {
  return store.labels.find((label) => label.name.toLowerCase() === name.toLowerCase())
}

/** The present in GitHub's spelling, to the second. */
export function timestamp(clock: Clock): string {
  return new Date(clock.now()).toISOString().replace(/\.\d+Z$/, 'Z')
}
