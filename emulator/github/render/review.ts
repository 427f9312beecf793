/** Reviews and their comments as the API shows them. */

import { associationOf } from '../association.ts'
import { nodeId } from '../identity.ts'
import type { Review, ReviewComment, Store } from '../store.ts'
import { countReactions } from './issue.ts'
import { repositoryPage, repositoryUrl } from './repository.ts'
import { renderUser } from './user.ts'

/** A review as its webhook shows it: state in lower case, no words is null. */
export function renderReview(store: Store, review: Review) {
  const html = `${repositoryPage(store.repository)}/pull/${review.number}#pullrequestreview-${review.id}`
  const pull = `${repositoryUrl(store.repository)}/pulls/${review.number}`
  return {
    id: review.id,
    node_id: nodeId('review', review.id),
    user: renderUser(review.author),
    body: review.body,
    commit_id: review.commit,
    submitted_at: review.submittedAt,
    state: review.state,
    html_url: html,
    pull_request_url: pull,
    author_association: associationOf(store, review.author),
    _links: { html: { href: html }, pull_request: { href: pull } },
  }
}

/** The same review in the REST API: state in capitals, no words is an empty text. */
export function renderRestReview(store: Store, review: Review) {
  return { ...renderReview(store, review), state: review.state.toUpperCase(), body: review.body ?? '' }
}

/** A comment on a line of code. */
export function renderReviewComment(store: Store, comment: ReviewComment) {
  const repository = repositoryUrl(store.repository)
  const self = `${repository}/pulls/comments/${comment.id}`
  const pull = `${repository}/pulls/${comment.number}`
  return {
    url: self,
    pull_request_review_id: comment.review,
    id: comment.id,
    node_id: nodeId('reviewComment', comment.id),
    diff_hunk: comment.hunk,
    path: comment.path,
    commit_id: comment.commit,
    original_commit_id: comment.commit,
    user: renderUser(comment.author),
    body: comment.body,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    html_url: comment.url,
    pull_request_url: pull,
    author_association: associationOf(store, comment.author),
    _links: { self: { href: self }, html: { href: comment.url }, pull_request: { href: pull } },
    reactions: countReactions(store, { kind: 'reviewComment', id: comment.id }, `${self}/reactions`),
    start_line: null,
    original_start_line: null,
    start_side: null,
    line: comment.line,
    original_line: comment.line,
    side: 'RIGHT' as const,
    position: 1,
    original_position: 1,
    subject_type: 'line' as const,
    ...(comment.inReplyTo === null ? {} : { in_reply_to_id: comment.inReplyTo }),
  }
}
