/** Reactions to threads, comments and comments on code. */
import { react } from '../acts/reaction.ts'
import { converse, demandAuthor, isCollaborator, WRITE_PULL } from '../permission.ts'
import { invalid, locked, notFound } from '../refusal.ts'
import { renderReaction } from '../render/issue.ts'
import { REACTIONS, type Store, type Subject } from '../store.ts'
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
    need: (store, request) => converse(store, Number(request.params.number)),
    handle: (visit) => post(visit, { kind: 'issue', id: threadAt(visit).id }),
  },
  {
    name: 'reactions.createForIssueComment',
    method: 'POST',
    pattern: OF_COMMENT,
    need: (store, request) => converse(store, threadNumber(store, request.params.id)),
    handle: (visit) => post(visit, { kind: 'comment', id: commentAt(visit).id }),
  },
  {
    name: 'reactions.createForPullRequestReviewComment',
    method: 'POST',
    pattern: `${REPOSITORY}/pulls/comments/:id/reactions`,
    need: WRITE_PULL,
    handle: (visit) => post(visit, { kind: 'reviewComment', id: reviewCommentAt(visit).id }),
  },
  {
    name: 'reactions.deleteForIssue',
    method: 'DELETE',
    pattern: `${REPOSITORY}/issues/:number/reactions/:reaction`,
    need: (store, request) => converse(store, Number(request.params.number)),
    handle: (visit) => takeBack(visit, { kind: 'issue', id: threadAt(visit).id }),
  },
  {
    name: 'reactions.deleteForIssueComment',
    method: 'DELETE',
    pattern: `${OF_COMMENT}/:reaction`,
    need: (store, request) => converse(store, threadNumber(store, request.params.id)),
    handle: (visit) => takeBack(visit, { kind: 'comment', id: commentAt(visit).id }),
  },
]

/** 201 for a new reaction, 200 with the same one for whoever reacts twice. */
function post({ store, world, request, token }: Visit, subject: Subject) {
  const given = textOf(request, 'content', 'Reaction')
  const content = REACTIONS.find((known) => known === given)
  if (content === undefined) throw invalid('Reaction', 'content', 'invalid')
  if (isLocked(store, subject) && !isCollaborator(token)) throw locked('create reaction')
  const { reaction, isNew } = react(world, token.actor, subject, content)
  return { status: isNew ? 201 : 200, body: renderReaction(reaction) }
}

function isLocked(store: Store, { kind, id }: Subject): boolean {
  const said = [...store.comments, ...store.reviewComments]
  const number = kind === 'issue' ? undefined : said.find((one) => one.id === id)?.number
  return store.threads.some(
    (thread) => thread.locked && (thread.number === number || (kind === 'issue' && thread.id === id)),
  )
}

function takeBack({ store, request, token }: Visit, subject: Subject) {
  const wanted = idOf(request, 'reaction')
  const found = store.reactions.find(
    ({ kind, id, reaction }) => kind === subject.kind && id === subject.id && reaction === wanted,
  )
  if (found === undefined) throw notFound()
  demandAuthor(token, found.author, 'write')
  store.reactions = store.reactions.filter((reaction) => reaction !== found)
  return { status: 204 }
}
