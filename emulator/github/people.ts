/** What people do on the site, in words; each act tells the listeners what GitHub would tell them, in its order. */
import { createComment, deleteComment, editComment } from './acts/comment.ts'
import { renameRepository, transferIssue } from './acts/move.ts'
import {
  closePullRequest,
  type NewPullRequest,
  openPullRequest,
  pushToPullRequest,
  setConflict,
  setDraft,
} from './acts/pull.ts'
import { react } from './acts/reaction.ts'
import { commentOnLine, type NewReview, type NewReviewComment, submitReview } from './acts/review.ts'
import * as threads from './acts/thread.ts'
import { dispatched, sharedPart } from './payload.ts'
import { actingAs, atLeast, meetPerson, type Permission, type Person } from './person.ts'
import type {
  Comment,
  Issue,
  LockReason,
  PullFile,
  PullRequest,
  Reaction,
  ReactionContent,
  Review,
  ReviewComment,
  StateReason,
  Subject,
} from './store.ts'
import { pullOf, threadOf, type World } from './world.ts'

export type People = {
  /** Finds someone by login, or lets them in; `permission` replaces the one they had. */
  person(login: string, permission?: Permission, type?: Person['type']): Person
  openIssue(by: Person, what: threads.NewIssue): Issue
  editIssue(by: Person, number: number, to: { title?: string; body?: string }): void
  label(by: Person, number: number, name: string): void
  unlabel(by: Person, number: number, name: string): void
  comment(by: Person, number: number, body: string): Comment
  editComment(by: Person, id: number, body: string): void
  deleteComment(by: Person, id: number): void
  react(by: Person, to: Subject, content: ReactionContent): Reaction
  openPullRequest(by: Person, what: NewPullRequest): PullRequest
  review(by: Person, number: number, what: NewReview): Review
  reviewComment(by: Person, number: number, what: NewReviewComment): ReviewComment
  closeIssue(by: Person, number: number, reason?: StateReason): void
  reopenIssue(by: Person, number: number): void
  deleteIssue(by: Person, number: number): void
  /** Moves an issue to the repository `to`, such as `acme/gadgets`. */
  transferIssue(by: Person, number: number, to: string): void
  renameRepository(by: Person, name: string): void
  closePullRequest(by: Person, number: number, how?: { merged?: boolean }): void
  draftPullRequest(by: Person, number: number, draft: boolean): void
  /** From now on it can't be merged as it is, or can again. */
  conflict(number: number, conflicting?: boolean): void
  /** Pushes to a pull request; `files` is all that it changes from then on. */
  push(by: Person, number: number, files: PullFile[]): void
  reopenPullRequest(by: Person, number: number): void
  lock(number: number, reason?: LockReason): void
  unlock(number: number): void
  /** Starts the workflow by hand. */
  dispatch(by: Person, inputs?: Record<string, string>): void
  /** Lets the hour of a `schedule` come. */
  schedule(cron: string): void
}

/** The acts of people in a world. */
export function makePeople(world: World): People {
  const { store } = world
  const person: People['person'] = (login, permission, type) =>
    meetPerson(store.people, store.ids, { login, permission, type })
  const janitor = () => actingAs(store.people.find((one) => one.permission === 'admin') ?? person('octocat', 'admin'))
  return {
    person,
    ...threadActs(world),
    ...conversationActs(world),
    ...pullActs(world),
    lock: (number, reason) => threads.setLock(world, janitor(), threadOf(store, number), true, reason),
    unlock: (number) => threads.setLock(world, janitor(), threadOf(store, number), false),
    dispatch: (by, inputs) => world.deliver(actingAs(by), dispatched(store, inputs ?? null)),
    schedule: (cron) => {
      const { repository, organization } = sharedPart(store, janitor().person)
      world.deliverRaw({ event: 'schedule', payload: { schedule: cron, repository, organization }, cause: 'user' })
    },
  }
}

function threadActs(world: World) {
  const { store } = world
  const on = (number: number) => threadOf(store, number)
  const issue = (number: number) => {
    const thread = on(number)
    if (thread.kind === 'issue') return thread
    throw new Error(`#${number} is a pull request, not an issue. Use the act for pull requests.`)
  }
  return {
    openIssue: (by, what) => threads.openIssue(world, actingAs(by), what),
    editIssue: (by, number, to) => threads.editThread(world, actingAs(by), on(number), to),
    label: (by, number, name) => threads.addLabel(world, actingAs(by), on(number), name),
    unlabel: (by, number, name) => {
      threads.removeLabel(world, actingAs(by), on(number), name)
    },
    closeIssue: (by, number, reason) => threads.closeIssue(world, actingAs(by), issue(number), reason),
    reopenIssue: (by, number) => threads.reopen(world, actingAs(by), issue(number)),
    deleteIssue: (by, number) => threads.deleteIssue(world, actingAs(by), issue(number)),
    transferIssue: (by, number, to) => transferIssue(world, actingAs(by), issue(number), to),
    renameRepository: (by, name) => renameRepository(world, actingAs(by), name),
  } satisfies Partial<People>
}

function conversationActs(world: World) {
  const { store } = world
  const comment = (id: number) => {
    const found = store.comments.find((candidate) => candidate.id === id)
    if (found !== undefined) return found
    throw new Error(`There is no comment ${id}. Use the id that \`comment\` gave.`)
  }
  return {
    comment: (by, number, body) => {
      const thread = threadOf(store, number)
      if (thread.locked && !atLeast(by.permission, 'write'))
        throw new Error(`#${number} is locked, and ${by.login} can't write there. Unlock it, or let a member write.`)
      return createComment(world, actingAs(by), thread, body)
    },
    editComment: (by, id, body) => editComment(world, actingAs(by), comment(id), body),
    deleteComment: (by, id) => deleteComment(world, actingAs(by), comment(id)),
    react: (by, to, content) => react(world, actingAs(by), to, content).reaction,
  } satisfies Partial<People>
}

function pullActs(world: World) {
  const pull = (number: number) => pullOf(world.store, number)
  return {
    openPullRequest: (by, what) => openPullRequest(world, actingAs(by, what.cause), what),
    review: (by, number, what) => submitReview(world, actingAs(by), pull(number), what),
    reviewComment: (by, number, what) => commentOnLine(world, actingAs(by), pull(number), what),
    closePullRequest: (by, number, how) => closePullRequest(world, actingAs(by), pull(number), how?.merged === true),
    draftPullRequest: (by, number, draft) => setDraft(world, actingAs(by), pull(number), draft),
    conflict: (number, conflicting) => setConflict(world, pull(number), conflicting ?? true),
    push: (by, number, files) => pushToPullRequest(world, actingAs(by), pull(number), files),
    reopenPullRequest: (by, number) => threads.reopen(world, actingAs(by), pull(number)),
  } satisfies Partial<People>
}
