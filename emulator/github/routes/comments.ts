/** The comments of all threads together. */
import { READ_THREAD } from '../permission.ts'
import { renderComment } from '../render/issue.ts'
import { isAway, isBefore } from './issues.ts'
import { pageOf } from './page.ts'
import { REPOSITORY, type Spec, type Visit } from './plan.ts'

/** Stands before the routes of issues, for `comments` would be taken for the number of one. */
export const COMMENT_ROUTE: Spec = {
  name: 'issues.listCommentsForRepo',
  method: 'GET',
  pattern: `${REPOSITORY}/issues/comments`,
  need: READ_THREAD,
  handle: listAllComments,
}

function listAllComments({ listed, request }: Visit) {
  const store = listed()
  const { query } = request
  const since = query.get('since') ?? ''
  const sort = query.get('sort') === 'updated' ? 'updatedAt' : 'createdAt'
  const upwards = query.get('direction') === 'desc' ? -1 : 1
  const found = store.comments
    .filter((comment) => !isAway(store, comment.number) && !isBefore(comment.updatedAt, since))
    .sort((a, b) => upwards * (a[sort].localeCompare(b[sort]) || a.id - b.id))
  return pageOf(request, found, (comment) => renderComment(store, comment))
}
