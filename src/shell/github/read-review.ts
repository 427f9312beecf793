/** Reviews and the comments on lines of code, as GitHub has them now. */
import type { LineComment, Review } from '../../core/event/event.ts'
import { readLineComment, readReview } from '../../core/event/review.ts'
import { list } from '../../core/outside.ts'
import type { GitHubClient } from './client.ts'

const PAGE_SIZE = 100

/** pulls.getReview; undefined for an answer that is no review. */
export async function getReview(github: GitHubClient, pull: number, review: number): Promise<Review | undefined> {
  const { owner, repo } = github
  const { data } = await github.repeatable('pulls.getReview', (octokit) =>
    octokit.rest.pulls.getReview({ owner, repo, pull_number: pull, review_id: review }),
  )
  return readReview(data)
}

/** pulls.listCommentsForReview: the first hundred, in the order of the page. */
export async function listReviewLines(github: GitHubClient, pull: number, review: number): Promise<LineComment[]> {
  const { owner, repo } = github
  const { data } = await github.repeatable('pulls.listCommentsForReview', (octokit) =>
    octokit.rest.pulls.listCommentsForReview({
      owner,
      repo,
      pull_number: pull,
      review_id: review,
      per_page: PAGE_SIZE,
    }),
  )
  return list({ data }, 'data')
    .map(readLineComment)
    .filter((line) => line !== undefined)
}

/** pulls.getReviewComment; undefined for an answer that is no comment. */
export async function getLine(github: GitHubClient, comment: number): Promise<LineComment | undefined> {
  const { owner, repo } = github
  const { data } = await github.repeatable('pulls.getReviewComment', (octokit) =>
    octokit.rest.pulls.getReviewComment({ owner, repo, comment_id: comment }),
  )
  return readLineComment(data)
}
