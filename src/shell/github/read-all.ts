/** Lists of the whole repository: what the threads and their comments are like, without a look at each of them. */
import { text } from '../../core/outside.ts'
import { listIn } from './answer.ts'
import type { GitHubClient } from './client.ts'
import { isHere } from './here.ts'
import { type CommentSeen, PAGE_SIZE, readComment, type ThreadRead, threadIn } from './read.ts'

const MOST_LABELED_PAGES = 10
const MOST_COMMENT_PAGES = 40

/** issues.listForRepo: the threads that carry a label, open or closed, those first that have changed longest ago. */
export async function readLabeled(github: GitHubClient, label: string): Promise<ThreadRead[]> {
  const { owner, repo } = github
  const of = { owner, repo, labels: label, state: 'all', sort: 'updated', direction: 'asc' } as const
  const seen: ThreadRead[] = []
  await eachPage(MOST_LABELED_PAGES, async (page) => {
    const { data } = await github.repeatable('issues.listForRepo', (octokit) =>
      octokit.rest.issues.listForRepo({ ...of, per_page: PAGE_SIZE, page }),
    )
    const threads = listIn('issues.listForRepo', data)
    const here = threads.filter((thread) => isHere(github, text(thread, 'html_url')))
    const read = here.map(threadIn)
    seen.push(...read.filter(({ number }) => number > 0))
    return threads.length === PAGE_SIZE
  })
  return seen
}

/** `thread`: the number of the one that it stands in. */
export type CommentListed = CommentSeen & { thread: number }

/** issues.listCommentsForRepo: page by page, those first that were changed last, for as long as `take` wants more. */
export async function eachComment(github: GitHubClient, take: (page: CommentListed[]) => boolean): Promise<void> {
  const { owner, repo } = github
  const of = { owner, repo, sort: 'updated', direction: 'desc' } as const
  await eachPage(MOST_COMMENT_PAGES, async (page) => {
    const { data } = await github.repeatable('issues.listCommentsForRepo', (octokit) =>
      octokit.rest.issues.listCommentsForRepo({ ...of, per_page: PAGE_SIZE, page }),
    )
    const comments = listIn('issues.listCommentsForRepo', data)
    return take(comments.flatMap((comment) => listed(github, comment))) && comments.length === PAGE_SIZE
  })
}

function listed(github: GitHubClient, value: unknown): CommentListed[] {
  const comment = readComment(value)
  const thread = Number(/\/issues\/(\d{1,10})$/.exec(text(value, 'issue_url'))?.[1] ?? 0)
  return comment === undefined || thread === 0 || !isHere(github, comment.url) ? [] : [{ ...comment, thread }]
}

/** `read` says whether there is more. */
async function eachPage(most: number, read: (page: number) => Promise<boolean>): Promise<void> {
  for (let page = 1; page <= most; page += 1) if (!(await read(page))) return
}
