/** Reviews and the comments on lines of code, as GitHub has them now. */
import type { LineComment, Review } from '../../core/event/event.ts'
import { readLineComment, readReview } from '../../core/event/review.ts'
import { list } from '../../core/outside.ts'
import type { GitHubClient } from './client.ts'
import { unlessMissing } from './repository.ts'

const PAGE_SIZE = 100

/** pulls.getReview; undefined where there is none any more. */
export async function getReview(github: GitHubClient, pull: number, review: number): Promise<Review | undefined> {
  const { owner, repo } = github
  const found = github.repeatable('pulls.getReview', (octokit) =>
    octokit.rest.pulls.getReview({ owner, repo, pull_number: pull, review_id: review }),
  )
  return readReview((await unlessMissing(found))?.data)
}

/** pulls.listCommentsForReview: the first hundred, in the order of the page; none of a review that is gone. */
export async function listReviewLines(github: GitHubClient, pull: number, review: number): Promise<LineComment[]> {
  const { owner, repo } = github
  const lines = github.repeatable('pulls.listCommentsForReview', (octokit) =>
    octokit.rest.pulls.listCommentsForReview({
      owner,
      repo,
      pull_number: pull,
      review_id: review,
      per_page: PAGE_SIZE,
    }),
  )
  return list(await unlessMissing(lines), 'data')
    .map(readLineComment)
    .filter((line) => line !== undefined)
}

/** pulls.getReviewComment; undefined where there is none any more. */
export async function getLine(github: GitHubClient, comment: number): Promise<LineComment | undefined> {
  const { owner, repo } = github
  const line = github.repeatable('pulls.getReviewComment', (octokit) =>
    octokit.rest.pulls.getReviewComment({ owner, repo, comment_id: comment }),
  )
  return readLineComment((await unlessMissing(line))?.data)
}
