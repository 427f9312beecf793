/** Reviews and what they say about lines of code. */
import { reviewCommentCreated, reviewSubmitted } from '../payload.ts'
import type { Actor } from '../person.ts'
import type { PullRequest, Review, ReviewComment, ReviewState } from '../store.ts'
import type { World } from '../world.ts'
import { touch } from './thread.ts'

export type NewReviewComment = { path: string; line: number; body: string; inReplyTo?: number }

export type NewReview = { body?: string; state: ReviewState; comments?: NewReviewComment[] }

/** Submits a review with its comments; they have events of their own, after it. */
export function submitReview(world: World, actor: Actor, pull: PullRequest, what: NewReview): Review {
  const { store } = world
  touch(world, pull)
  const review: Review = {
    id: store.ids('review'),
    number: pull.number,
    author: actor.person,
    body: what.body === undefined || what.body === '' ? null : what.body,
    state: what.state,
    commit: pull.head.sha,
    submittedAt: pull.updatedAt,
  }
  store.reviews.push(review)
  const comments = (what.comments ?? []).map((comment) => makeComment(world, pull, review, comment))
  store.reviewComments.push(...comments)
  world.deliver(actor, reviewSubmitted(store, pull, review))
  for (const comment of comments) world.deliver(actor, reviewCommentCreated(store, pull, comment))
  return review
}

/** Writes a single comment on a line, or answers one; GitHub wraps it into a review of its own. */
export function commentOnLine(world: World, actor: Actor, pull: PullRequest, what: NewReviewComment): ReviewComment {
  const { store } = world
  const review = submitReview(world, actor, pull, { state: 'commented', comments: [what] })
  const comment = store.reviewComments.find((candidate) => candidate.review === review.id)
  if (comment === undefined) throw new Error('A review lost its only comment. This is a mistake in the emulator.')
  return comment
}

function makeComment(world: World, pull: PullRequest, review: Review, what: NewReviewComment): ReviewComment {
  const id = world.store.ids('reviewComment')
  return {
    id,
    number: pull.number,
    author: review.author,
    body: what.body,
    createdAt: review.submittedAt,
    updatedAt: review.submittedAt,
    url: `${pull.url}#discussion_r${id}`,
    review: review.id,
    path: what.path,
    line: what.line,
    hunk: hunkAt(pull, what),
    commit: review.commit,
    inReplyTo: what.inReplyTo ?? null,
  }
}

/** The piece of the diff that the comment hangs on; a file nobody described gets a plausible one. */
function hunkAt(pull: PullRequest, { path, line }: NewReviewComment): string {
  const patch = pull.files.find((file) => file.filename === path)?.patch
  return patch ?? `@@ -${line},1 +${line},1 @@\n+// line ${line} of ${path}`
}
