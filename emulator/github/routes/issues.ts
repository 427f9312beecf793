/** Threads and their conversation. */
import { createComment, deleteComment, editComment } from '../acts/comment.ts'
import { converse, demandAuthor, isCollaborator, READ_THREAD } from '../permission.ts'
import { locked, notFound } from '../refusal.ts'
import { renderComment, renderRestIssue } from '../render/issue.ts'
import { type Comment, findThread, type Store, type Thread } from '../store.ts'
import { pageOf } from './page.ts'
import { bodyOf, idOf, REPOSITORY, type Spec, threadAt, type Visit } from './plan.ts'

const ISSUES = `${REPOSITORY}/issues`
const COMMENT = `${ISSUES}/comments/:id`

const UNKNOWN = ['creator', 'assignee', 'mentioned', 'milestone', 'type']

/** Reading threads, and all about their comments. */
export const ISSUE_ROUTES: Spec[] = [
  {
    name: 'issues.listForRepo',
    method: 'GET',
    pattern: ISSUES,
    need: READ_THREAD,
    beyond: UNKNOWN,
    handle: listThreads,
  },
  {
    name: 'issues.get',
    method: 'GET',
    pattern: `${ISSUES}/:number`,
    need: READ_THREAD,
    handle: (visit) => ({ body: renderRestIssue(visit.store, threadAt(visit)) }),
  },
  {
    name: 'issues.removeSubIssue',
    method: 'DELETE',
    pattern: `${ISSUES}/:number/sub_issue`,
    need: [{ issues: 'write' }],
    handle: (visit) => {
      threadAt(visit)
      // No issue has any here.
      throw notFound()
    },
  },
  {
    name: 'issues.listComments',
    method: 'GET',
    pattern: `${ISSUES}/:number/comments`,
    need: READ_THREAD,
    handle: listComments,
  },
  {
    name: 'issues.createComment',
    method: 'POST',
    pattern: `${ISSUES}/:number/comments`,
    need: (store, request) => converse(store, Number(request.params.number)),
    content: true,
    handle: postComment,
  },
  {
    name: 'issues.getComment',
    method: 'GET',
    pattern: COMMENT,
    need: READ_THREAD,
    handle: (visit) => ({ body: renderComment(visit.store, commentAt(visit)) }),
  },
  {
    name: 'issues.updateComment',
    method: 'PATCH',
    pattern: COMMENT,
    need: (store, request) => converse(store, threadNumber(store, request.params.id)),
    handle: patchComment,
  },
  {
    name: 'issues.deleteComment',
    method: 'DELETE',
    pattern: COMMENT,
    need: (store, request) => converse(store, threadNumber(store, request.params.id)),
    handle: (visit) => {
      const comment = commentAt(visit)
      demandAuthor(visit.token, comment.author, 'write')
      deleteComment(visit.world, visit.token.actor, comment)
      return { status: 204 }
    },
  },
]

/** The comment that the path names. */
export function commentAt({ store, request }: Visit): Comment {
  const comment = store.comments.find(({ id }) => id === idOf(request, 'id'))
  if (comment === undefined || isAway(store, comment.number)) throw notFound()
  return comment
}

/** The thread of the comment with that id. */
export function threadNumber(store: Store, id: string | undefined): number | undefined {
  return store.comments.find((comment) => comment.id === Number(id))?.number
}

/** The comments of a thread go where it goes. */
export function isAway(store: Store, number: number): boolean {
  const thread = findThread(store, number)
  return thread?.deleted === true || thread?.movedTo !== undefined
}

function listThreads({ listed, request }: Visit) {
  const store = listed()
  const { query } = request
  const state = query.get('state') ?? 'open'
  const since = query.get('since') ?? ''
  const labels = (query.get('labels') ?? '').toLowerCase().split(',').filter(Boolean)
  const sort = query.get('sort') === 'updated' ? 'updatedAt' : 'createdAt'
  const upwards = query.get('direction') === 'asc' ? 1 : -1
  const carries = (thread: Thread) => {
    const own = thread.labels.map((label) => label.toLowerCase())
    return labels.every((label) => own.includes(label.trim()))
  }
  const found = store.threads
    .filter(
      (thread) =>
        !thread.deleted &&
        thread.movedTo === undefined &&
        (state === 'all' || thread.state === state) &&
        carries(thread),
    )
    .filter((thread) => !isBefore(thread.updatedAt, since))
    .sort((a, b) => upwards * (a[sort].localeCompare(b[sort]) || a.number - b.number))
  return pageOf(request, found, (thread) => renderRestIssue(store, thread))
}

function listComments(visit: Visit) {
  const { request } = visit
  const { number } = threadAt(visit)
  const store = visit.listed()
  const since = request.query.get('since') ?? ''
  const found = store.comments.filter((comment) => comment.number === number && !isBefore(comment.updatedAt, since))
  return pageOf(request, found, (comment) => renderComment(store, comment))
}

/** An unreadable or missing limit lets everything through. */
export function isBefore(time: string, limit: string): boolean {
  return Date.parse(time) < Math.floor(Date.parse(limit) / 1000) * 1000
}

function postComment(visit: Visit) {
  const { store, world, token } = visit
  const thread = threadAt(visit)
  const body = bodyOf(visit, 'IssueComment')
  if (thread.locked && !isCollaborator(token)) throw locked('create comment')
  const comment = createComment(world, token.actor, thread, body)
  return { status: 201, headers: { location: renderComment(store, comment).url }, body: renderComment(store, comment) }
}

function patchComment(visit: Visit) {
  const comment = commentAt(visit)
  demandAuthor(visit.token, comment.author, 'write')
  if (findThread(visit.store, comment.number)?.locked === true && !isCollaborator(visit.token))
    throw locked('update comment')
  editComment(visit.world, visit.token.actor, comment, bodyOf(visit, 'IssueComment'))
  return { body: renderComment(visit.store, comment) }
}
