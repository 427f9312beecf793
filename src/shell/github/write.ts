/** What is changed at GitHub. Only apply.ts may call it. */
import { text, whole } from '../../core/outside.ts'
import { ServiceError } from '../service-error.ts'
import type { GitHubClient } from './client.ts'
import { isHere } from './here.ts'
import { moved, notStored } from './refusal.ts'

export type Written = { id: number; url: string; author: number; written: number }

/** Posts a comment. Not safe to repeat. */
export async function createComment(github: GitHubClient, number: number, body: string): Promise<Written> {
  const { owner, repo } = github
  return github.once('issues.createComment', async (octokit) => {
    const { data } = await octokit.rest.issues.createComment({ owner, repo, issue_number: number, body })
    return written(github, 'issues.createComment', data)
  })
}

export async function updateComment(github: GitHubClient, comment: number, body: string): Promise<Written> {
  const { owner, repo } = github
  const { kept, ...stands } = await github.repeatable('issues.updateComment', async (octokit) => {
    const { data } = await octokit.rest.issues.updateComment({ owner, repo, comment_id: comment, body })
    return { kept: text(data, 'body'), ...written(github, 'issues.updateComment', data) }
  })
  if (plain(kept) !== plain(body)) throw notStored('issues.updateComment')
  return stands
}

/** Line ends, and blanks at the end, are GitHub's own business. */
function plain(body: string): string {
  return body.replaceAll('\r\n', '\n').trim()
}

/** An answer that is not a comment says nothing about whether the comment stands. */
function written(github: GitHubClient, call: string, data: unknown): Written {
  const id = whole(data, 'id')
  if (id === undefined) {
    const facts = { party: 'github', call, status: 200, code: 'not-json', said: '' } as const
    throw new ServiceError({ ...facts, passing: true, unsure: true })
  }
  if (!isHere(github, text(data, 'html_url'))) throw moved(call)
  const time = Date.parse(text(data, 'updated_at'))
  return {
    id,
    url: text(data, 'html_url'),
    author: whole(data, 'user', 'id') ?? 0,
    written: Number.isNaN(time) ? github.now() : time,
  }
}

/** One that is gone already is as good as deleted. */
export async function deleteComment(github: GitHubClient, comment: number): Promise<void> {
  const { owner, repo } = github
  await unlessMissing(
    github.repeatable('issues.deleteComment', (octokit) =>
      octokit.rest.issues.deleteComment({ owner, repo, comment_id: comment }),
    ),
  )
}

/** GitHub makes a label that the repository does not have. */
export async function addLabel(github: GitHubClient, number: number, name: string): Promise<void> {
  const { owner, repo } = github
  await github.repeatable('issues.addLabels', (octokit) =>
    octokit.rest.issues.addLabels({ owner, repo, issue_number: number, labels: [name] }),
  )
}

export async function removeLabel(github: GitHubClient, number: number, name: string): Promise<void> {
  const { owner, repo } = github
  await unlessMissing(
    github.repeatable('issues.removeLabel', (octokit) =>
      octokit.rest.issues.removeLabel({ owner, repo, issue_number: number, name }),
    ),
  )
}

/** The same reaction twice is one reaction. */
export async function reactToComment(github: GitHubClient, comment: number, content: 'eyes' | 'rocket' | 'confused') {
  const { owner, repo } = github
  await github.once('reactions.createForIssueComment', (octokit) =>
    octokit.rest.reactions.createForIssueComment({ owner, repo, comment_id: comment, content }),
  )
}

export async function reactToLine(github: GitHubClient, comment: number, content: 'eyes' | 'rocket' | 'confused') {
  const { owner, repo } = github
  await github.once('reactions.createForPullRequestReviewComment', (octokit) =>
    octokit.rest.reactions.createForPullRequestReviewComment({ owner, repo, comment_id: comment, content }),
  )
}

export async function reactToThread(github: GitHubClient, number: number, content: 'eyes' | 'rocket' | 'confused') {
  const { owner, repo } = github
  await github.once('reactions.createForIssue', (octokit) =>
    octokit.rest.reactions.createForIssue({ owner, repo, issue_number: number, content }),
  )
}

/**
 * Finds out whether the token has a permission, which no read tells: 403 where it is missing, most often 404 where it is there.
 * There is no issue, no comment and no pull request 0, so none of these calls can change anything.
 */
export async function probe(github: GitHubClient, permission: 'issues' | 'pull-requests'): Promise<void> {
  const { owner, repo } = github
  if (permission === 'pull-requests')
    return unlessThere(
      github.repeatable('pulls.update', (octokit) => octokit.rest.pulls.update({ owner, repo, pull_number: 0 })),
    )
  // One of the few calls that `pull-requests: write` does not open as well; a server that lacks it is asked by a comment.
  const subIssue = github.once('issues.removeSubIssue', (octokit) =>
    octokit.rest.issues.removeSubIssue({ owner, repo, issue_number: 0, sub_issue_id: 0 }),
  )
  const known = await subIssue.then(() => true, isAnswer)
  if (known) return unlessThere(subIssue)
  await unlessThere(
    github.repeatable('issues.updateComment', (octokit) =>
      octokit.rest.issues.updateComment({ owner, repo, comment_id: 0, body: '' }),
    ),
  )
}

/** With the permission, it is the nothing that is complained of. */
const THERE = [404, 410, 422]

function isAnswer(error: unknown): boolean {
  return error instanceof ServiceError && [401, 403, ...THERE].includes(error.facts.status)
}

async function unlessThere(act: Promise<unknown>): Promise<void> {
  try {
    await act
  } catch (error) {
    if (!(error instanceof ServiceError) || !THERE.includes(error.facts.status)) throw error
  }
}

async function unlessMissing(act: Promise<unknown>): Promise<void> {
  try {
    await act
  } catch (error) {
    if (!(error instanceof ServiceError) || error.facts.status !== 404) throw error
  }
}
