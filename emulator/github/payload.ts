/** What GitHub tells workflows: one function for each shape of webhook, without the parts that all of them share. */

import type { Account } from './person.ts'
import { renderComment, renderIssue, renderLabel } from './render/issue.ts'
import { renderPull, renderSimplePull } from './render/pull.ts'
import { countOpen, renderToldRepository } from './render/repository.ts'
import { renderReview, renderReviewComment } from './render/review.ts'
import { renderOrganization, renderUser } from './render/user.ts'
import {
  type Comment,
  findLabel,
  type PullRequest,
  type Review,
  type ReviewComment,
  type Store,
  type Thread,
} from './store.ts'

/** What an event says besides who did it and where. */
export type Content = { event: string; said: object }

/** The repository and the sender, which stand in every webhook. */
export function sharedPart(store: Store, sender: Account) {
  return {
    repository: renderToldRepository(store.repository, countOpen(store)),
    organization: renderOrganization(store.repository.owner),
    sender: renderUser(sender),
  }
}

/** `issues` for an issue, `pull_request` for a pull request. */
export function threadChanged(store: Store, thread: Thread, action: string, more: object = {}): Content {
  if (thread.kind === 'issue') return { event: 'issues', said: { action, issue: renderIssue(store, thread), ...more } }
  // The service behind the workflows waits for the result of the merge; here it stands in the payload.
  const merge = thread.conflicting ? { mergeable: false, rebaseable: false, mergeable_state: 'dirty' } : {}
  const said = {
    action,
    number: thread.number,
    pull_request: { ...told(store, thread, renderPull), ...merge },
    ...more,
  }
  return { event: 'pull_request', said }
}

type Ends = { head: object; base: object }

/** A pull request as the API shows it, but for the repositories at its ends. */
function told<T extends Ends>(store: Store, pull: PullRequest, render: (store: Store, pull: PullRequest) => T) {
  const shown = render(store, pull)
  return {
    ...shown,
    head: { ...shown.head, repo: renderToldRepository(pull.head.repository, 0) },
    base: { ...shown.base, repo: renderToldRepository(store.repository, countOpen(store)) },
  }
}

/** A label came or went. */
export function labelChanged(store: Store, thread: Thread, action: 'labeled' | 'unlabeled', name: string): Content {
  const label = findLabel(store, name)
  return threadChanged(store, thread, action, label ? { label: renderLabel(store.repository, label) } : {})
}

/** A comment was written, changed or deleted. */
export function commentChanged(
  store: Store,
  thread: Thread,
  comment: Comment,
  change: { action: 'created' | 'deleted' } | { action: 'edited'; before: string },
): Content {
  const changes = change.action === 'edited' ? { changes: { body: { from: change.before } } } : {}
  const said = {
    action: change.action,
    ...changes,
    issue: renderIssue(store, thread),
    comment: renderComment(store, comment),
  }
  return { event: 'issue_comment', said }
}

/** A review was submitted. */
export function reviewSubmitted(store: Store, pull: PullRequest, review: Review): Content {
  const said = {
    action: 'submitted',
    review: renderReview(store, review),
    pull_request: told(store, pull, renderSimplePull),
  }
  return { event: 'pull_request_review', said }
}

/** A comment on a line of code was written. */
export function reviewCommentCreated(store: Store, pull: PullRequest, comment: ReviewComment): Content {
  const said = {
    action: 'created',
    comment: renderReviewComment(store, comment),
    pull_request: told(store, pull, renderSimplePull),
  }
  return { event: 'pull_request_review_comment', said }
}

/** Someone started the workflow by hand. */
export function dispatched(store: Store, inputs: Record<string, string> | null): Content {
  const ref = `refs/heads/${store.repository.defaultBranch}`
  return { event: 'workflow_dispatch', said: { inputs, ref, workflow: '.github/workflows/jules.yml' } }
}
