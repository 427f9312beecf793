/** Calls about reactions, pull requests and reviews. */
import { WRONG } from '../support/witness/on-purpose.ts'
import type { Row } from './github-calls.ts'

const words = { body: 'Hello' }
const eyes = { content: 'eyes' }
const shrug = { body: { content: 'shrug' }, status: 422, headers: WRONG }
const garbage = { body: '{', status: 400, headers: WRONG }

export const PULL_ROWS: Row[] = [
  {
    name: 'reactions.listForIssue',
    call: 'GET /issues/1/reactions',
    ok: 200,
    need: 'issues',
    absent: '/issues/9/reactions',
  },
  {
    name: 'reactions.createForIssue',
    call: 'POST /issues/1/reactions',
    body: eyes,
    ok: 201,
    need: 'issues',
    absent: '/issues/9/reactions',
    wrong: shrug,
  },
  {
    name: 'reactions.deleteForIssue',
    call: 'DELETE /issues/1/reactions/{ofIssue}',
    ok: 204,
    need: 'issues',
    absent: '/issues/1/reactions/9',
  },
  {
    name: 'reactions.listForIssueComment',
    call: 'GET /issues/comments/{comment}/reactions',
    ok: 200,
    need: 'issues',
    absent: '/issues/comments/9/reactions',
  },
  {
    name: 'reactions.createForIssueComment',
    call: 'POST /issues/comments/{comment}/reactions',
    body: eyes,
    ok: 201,
    need: 'issues',
    absent: '/issues/comments/9/reactions',
    wrong: shrug,
  },
  {
    name: 'reactions.deleteForIssueComment',
    call: 'DELETE /issues/comments/{comment}/reactions/{ofComment}',
    ok: 204,
    need: 'issues',
    absent: '/issues/comments/{comment}/reactions/9',
  },
  {
    name: 'reactions.listForPullRequestReviewComment',
    call: 'GET /pulls/comments/{line}/reactions',
    ok: 200,
    need: 'pull_requests',
    absent: '/pulls/comments/9/reactions',
  },
  {
    name: 'reactions.createForPullRequestReviewComment',
    call: 'POST /pulls/comments/{line}/reactions',
    body: eyes,
    ok: 201,
    need: 'pull_requests',
    absent: '/pulls/comments/9/reactions',
    wrong: shrug,
  },

  { name: 'pulls.list', call: 'GET /pulls', ok: 200, need: 'pull_requests' },
  { name: 'pulls.get', call: 'GET /pulls/2', ok: 200, need: 'pull_requests', absent: '/pulls/1' },
  {
    name: 'pulls.update',
    call: 'PATCH /pulls/2',
    body: { title: 'Newer' },
    ok: 200,
    need: 'pull_requests',
    absent: '/pulls/1',
    wrong: { body: { state: 'merged' }, status: 422, headers: WRONG },
  },
  { name: 'pulls.listFiles', call: 'GET /pulls/2/files', ok: 200, need: 'pull_requests', absent: '/pulls/1/files' },
  {
    name: 'pulls.listReviews',
    call: 'GET /pulls/2/reviews',
    ok: 200,
    need: 'pull_requests',
    absent: '/pulls/1/reviews',
  },
  {
    name: 'pulls.getReview',
    call: 'GET /pulls/2/reviews/{review}',
    ok: 200,
    need: 'pull_requests',
    absent: '/pulls/2/reviews/9',
  },
  {
    name: 'pulls.listCommentsForReview',
    call: 'GET /pulls/2/reviews/{review}/comments',
    ok: 200,
    need: 'pull_requests',
    absent: '/pulls/2/reviews/9/comments',
  },
  {
    name: 'pulls.listReviewComments',
    call: 'GET /pulls/2/comments',
    ok: 200,
    need: 'pull_requests',
    absent: '/pulls/1/comments',
  },
  {
    name: 'pulls.getReviewComment',
    call: 'GET /pulls/comments/{line}',
    ok: 200,
    need: 'pull_requests',
    absent: '/pulls/comments/9',
  },
  {
    name: 'pulls.createReplyForReviewComment',
    call: 'POST /pulls/2/comments/{line}/replies',
    body: words,
    ok: 201,
    need: 'pull_requests',
    absent: '/pulls/2/comments/9/replies',
    wrong: garbage,
  },
]
