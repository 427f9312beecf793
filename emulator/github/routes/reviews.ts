/** Reviews and the comments on lines of code. */
import { commentOnLine } from '../acts/review.ts'
import { isCollaborator, READ_PULL, WRITE_PULL } from '../permission.ts'
import { locked, notFound, refusal } from '../refusal.ts'
import { renderRestReview, renderReviewComment } from '../render/review.ts'
import type { Review, ReviewComment } from '../store.ts'
import { pageOf } from './page.ts'
import { bodyOf, idOf, pullAt, REPOSITORY, type Spec, type Visit } from './plan.ts'

const PULL = `${REPOSITORY}/pulls/:number`

/** Reading reviews, and answering in them. */
export const REVIEW_ROUTES: Spec[] = [
  {
    name: 'pulls.listReviews',
    method: 'GET',
    pattern: `${PULL}/reviews`,
    need: READ_PULL,
    handle: (visit) => {
      const { number } = pullAt(visit)
      const store = visit.listed()
      const reviews = store.reviews.filter((review) => review.number === number)
      return pageOf(visit.request, reviews, (review) => renderRestReview(store, review))
    },
  },
  {
    name: 'pulls.getReview',
    method: 'GET',
    pattern: `${PULL}/reviews/:id`,
    need: READ_PULL,
    handle: (visit) => ({ body: renderRestReview(visit.store, reviewAt(visit)) }),
  },
  {
    name: 'pulls.listCommentsForReview',
    method: 'GET',
    pattern: `${PULL}/reviews/:id/comments`,
    need: READ_PULL,
    handle: (visit) => {
      const { id } = reviewAt(visit)
      return listComments(visit, (comment) => comment.review === id)
    },
  },
  {
    name: 'pulls.listReviewComments',
    method: 'GET',
    pattern: `${PULL}/comments`,
    need: READ_PULL,
    handle: (visit) => {
      const { number } = pullAt(visit)
      return listComments(visit, (comment) => comment.number === number)
    },
  },
  {
    name: 'pulls.getReviewComment',
    method: 'GET',
    pattern: `${REPOSITORY}/pulls/comments/:id`,
    need: READ_PULL,
    handle: (visit) => ({ body: renderReviewComment(visit.store, reviewCommentAt(visit)) }),
  },
  {
    name: 'pulls.createReplyForReviewComment',
    method: 'POST',
    pattern: `${PULL}/comments/:id/replies`,
    need: WRITE_PULL,
    content: true,
    handle: reply,
  },
]

/** The comment on code that the path names. */
export function reviewCommentAt({ store, request }: Visit): ReviewComment {
  const comment = store.reviewComments.find(({ id }) => id === idOf(request, 'id'))
  if (comment === undefined) throw notFound()
  return comment
}

function reviewAt(visit: Visit): Review {
  const { number } = pullAt(visit)
  const wanted = idOf(visit.request, 'id')
  const review = visit.store.reviews.find((candidate) => candidate.id === wanted && candidate.number === number)
  if (review === undefined) throw notFound()
  return review
}

function listComments({ listed, request }: Visit, wanted: (comment: ReviewComment) => boolean) {
  const store = listed()
  const since = Date.parse(request.query.get('since') ?? '')
  const found = store.reviewComments.filter((comment) => wanted(comment) && !(Date.parse(comment.updatedAt) < since))
  return pageOf(request, found, (comment) => renderReviewComment(store, comment))
}

function reply(visit: Visit) {
  const { store, world, token } = visit
  const pull = pullAt(visit)
  const { id, path, line, inReplyTo, number } = reviewCommentAt(visit)
  if (number !== pull.number) throw notFound()
  if (inReplyTo !== null) throw refusal(422, 'Replies to replies are not supported')
  const body = bodyOf(visit, 'PullRequestReviewComment')
  if (pull.locked && !isCollaborator(token)) throw locked('create comment')
  const comment = commentOnLine(world, token.actor, pull, { path, line, body, inReplyTo: id })
  const shown = renderReviewComment(store, comment)
  return { status: 201, headers: { location: shown.url }, body: shown }
}
