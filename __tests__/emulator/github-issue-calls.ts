/** Calls about issues, their comments and labels. */
import { WRONG } from '../support/witness/on-purpose.ts'
import type { Row } from './github-calls.ts'

const words = { body: 'Hello' }
const labels = { labels: ['bug'] }
const wordless = { body: {}, status: 422, headers: WRONG }
const unnamed = { body: { labels: [''] }, status: 422 }

export const ISSUE_ROWS: Row[] = [
  { name: 'issues.listForRepo', call: 'GET /issues', ok: 200, need: 'issues' },
  { name: 'issues.get', call: 'GET /issues/1', ok: 200, need: 'issues', absent: '/issues/9' },
  { name: 'issues.create', call: 'POST /issues', body: { title: 'New' }, ok: 201, need: 'issues', wrong: wordless },
  {
    name: 'issues.update',
    call: 'PATCH /issues/1',
    body: { title: 'Newer' },
    ok: 200,
    need: 'issues',
    absent: '/issues/9',
    wrong: { body: { title: 5 }, status: 422 },
  },
  {
    name: 'issues.lock',
    call: 'PUT /issues/1/lock',
    ok: 204,
    need: 'issues',
    absent: '/issues/9/lock',
    wrong: { body: { lock_reason: 'boring' }, status: 422, headers: WRONG },
  },
  { name: 'issues.unlock', call: 'DELETE /issues/1/lock', ok: 204, need: 'issues', absent: '/issues/9/lock' },
  {
    name: 'issues.removeSubIssue',
    call: 'DELETE /issues/1/sub_issue',
    body: { sub_issue_id: 5 },
    ok: 404,
    need: 'issues',
    absent: '/issues/9/sub_issue',
  },

  { name: 'issues.listCommentsForRepo', call: 'GET /issues/comments', ok: 200, need: 'issues' },
  {
    name: 'issues.listComments',
    call: 'GET /issues/1/comments',
    ok: 200,
    need: 'issues',
    absent: '/issues/9/comments',
  },
  {
    name: 'issues.createComment',
    call: 'POST /issues/1/comments',
    body: words,
    ok: 201,
    need: 'issues',
    absent: '/issues/9/comments',
    wrong: wordless,
  },
  {
    name: 'issues.getComment',
    call: 'GET /issues/comments/{comment}',
    ok: 200,
    need: 'issues',
    absent: '/issues/comments/9',
  },
  {
    name: 'issues.updateComment',
    call: 'PATCH /issues/comments/{comment}',
    body: words,
    ok: 200,
    need: 'issues',
    absent: '/issues/comments/9',
    wrong: wordless,
  },
  {
    name: 'issues.deleteComment',
    call: 'DELETE /issues/comments/{comment}',
    ok: 204,
    need: 'issues',
    absent: '/issues/comments/9',
  },

  { name: 'issues.listLabelsForRepo', call: 'GET /labels', ok: 200, need: 'issues' },
  { name: 'issues.getLabel', call: 'GET /labels/bug', ok: 200, need: 'issues', absent: '/labels/none' },
  {
    name: 'issues.createLabel',
    call: 'POST /labels',
    body: { name: 'new' },
    ok: 201,
    need: 'issues',
    wrong: { body: { name: 'BUG' }, status: 422 },
  },
  {
    name: 'issues.listLabelsOnIssue',
    call: 'GET /issues/1/labels',
    ok: 200,
    need: 'issues',
    absent: '/issues/9/labels',
  },
  {
    name: 'issues.addLabels',
    call: 'POST /issues/1/labels',
    body: labels,
    ok: 200,
    need: 'issues',
    absent: '/issues/9/labels',
    wrong: unnamed,
  },
  {
    name: 'issues.setLabels',
    call: 'PUT /issues/1/labels',
    body: labels,
    ok: 200,
    need: 'issues',
    absent: '/issues/9/labels',
    wrong: unnamed,
  },
  {
    name: 'issues.removeAllLabels',
    call: 'DELETE /issues/1/labels',
    ok: 204,
    need: 'issues',
    absent: '/issues/9/labels',
  },
  {
    name: 'issues.removeLabel',
    call: 'DELETE /issues/1/labels/bug',
    ok: 200,
    need: 'issues',
    absent: '/issues/1/labels/none',
  },
]
