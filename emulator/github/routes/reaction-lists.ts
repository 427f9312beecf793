/** Who has reacted, and how. */
import { READ_PULL, READ_THREAD } from '../permission.ts'
import { notFound } from '../refusal.ts'
import { renderReaction } from '../render/issue.ts'
import type { Subject } from '../store.ts'
import { commentAt } from './issues.ts'
import { pageOf } from './page.ts'
import { REPOSITORY, type Spec, threadAt, type Visit } from './plan.ts'
import { reviewCommentAt } from './reviews.ts'

/** Reactions to threads, comments and comments on code; reviews have none. */
export const REACTION_LIST_ROUTES: Spec[] = [
  {
    name: 'reactions.listForIssue',
    method: 'GET',
    pattern: `${REPOSITORY}/issues/:number/reactions`,
    need: READ_THREAD,
    handle: (visit) => list(visit, { kind: 'issue', id: threadAt(visit).id }),
  },
  {
    name: 'reactions.listForIssueComment',
    method: 'GET',
    pattern: `${REPOSITORY}/issues/comments/:id/reactions`,
    need: READ_THREAD,
    handle: (visit) => list(visit, { kind: 'comment', id: commentAt(visit).id }),
  },
  {
    name: 'reactions.listForPullRequestReviewComment',
    method: 'GET',
    pattern: `${REPOSITORY}/pulls/comments/:id/reactions`,
    need: READ_PULL,
    handle: (visit) => list(visit, { kind: 'reviewComment', id: reviewCommentAt(visit).id }),
  },
]

/** Paths that look as if there should be something, and where GitHub has nothing. */
export const ABSENT_ROUTES: Spec[] = (['GET', 'POST'] as const).map((method) => ({
  name: 'absent',
  method,
  pattern: `${REPOSITORY}/pulls/:number/reviews/:id/reactions`,
  handle: () => {
    throw notFound()
  },
}))

function list({ listed, request }: Visit, subject: Subject) {
  const content = request.query.get('content')
  const found = listed().reactions.filter(
    (one) => one.kind === subject.kind && one.id === subject.id && (content === null || one.content === content),
  )
  return pageOf(request, found, renderReaction)
}
