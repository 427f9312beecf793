/** Reactions to threads, comments and comments on code. */
import { WRITE_PULL, writeThread } from '../permission.ts'
import { invalid, notFound } from '../refusal.ts'
import { renderReaction } from '../render/issue.ts'
import { REACTIONS, type Subject } from '../store.ts'
import { commentAt, threadNumber } from './issues.ts'
import { idOf, REPOSITORY, type Spec, textOf, threadAt, type Visit } from './plan.ts'
import { reviewCommentAt } from './reviews.ts'

const OF_COMMENT = `${REPOSITORY}/issues/comments/:id/reactions`

/** Reacting, and taking a reaction back. */
export const REACTION_ROUTES: Spec[] = [
  {
    name: 'reactions.createForIssue',
    method: 'POST',
    pattern: `${REPOSITORY}/issues/:number/reactions`,
    need: (store, request) => writeThread(store, Number(request.params.number)),
    handle: (visit) => react(visit, { kind: 'issue', id: threadAt(visit).id }),
  },
  {
    name: 'reactions.createForIssueComment',
    method: 'POST',
    pattern: OF_COMMENT,
    need: (store, request) => writeThread(store, threadNumber(store, request.params.id)),
    handle: (visit) => react(visit, { kind: 'comment', id: commentAt(visit).id }),
  },
  {
    name: 'reactions.createForPullRequestReviewComment',
    method: 'POST',
    pattern: `${REPOSITORY}/pulls/comments/:id/reactions`,
    need: WRITE_PULL,
    handle: (visit) => react(visit, { kind: 'reviewComment', id: reviewCommentAt(visit).id }),
  },
  {
    name: 'reactions.deleteForIssueComment',
    method: 'DELETE',
    pattern: `${OF_COMMENT}/:reaction`,
    need: (store, request) => writeThread(store, threadNumber(store, request.params.id)),
    handle: takeBack,
  },
]

/** 201 for a new reaction, 200 with the same one for whoever reacts twice. */
function react({ store, world, request, token }: Visit, subject: Subject) {
  const given = textOf(request, 'content', 'Reaction')
  const content = REACTIONS.find((known) => known === given)
  if (content === undefined) throw invalid('Reaction', 'content', 'invalid')
  const author = token.actor.person
  const before = store.reactions.find(
    (one) =>
      one.kind === subject.kind && one.id === subject.id && one.content === content && one.author.id === author.id,
  )
  if (before !== undefined) return { status: 200, body: renderReaction(before) }
  const reaction = { ...subject, reaction: store.ids('reaction'), content, author, createdAt: world.now() }
  store.reactions.push(reaction)
  return { status: 201, body: renderReaction(reaction) }
}

function takeBack(visit: Visit) {
  const { store, request } = visit
  const comment = commentAt(visit)
  const wanted = idOf(request, 'reaction')
  const found = store.reactions.find(
    ({ kind, id, reaction }) => kind === 'comment' && id === comment.id && reaction === wanted,
  )
  if (found === undefined) throw notFound()
  store.reactions = store.reactions.filter((reaction) => reaction !== found)
  return { status: 204 }
}
