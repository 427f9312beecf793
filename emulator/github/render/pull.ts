/** Pull requests and what was said about their code, as the API shows them. */

import { associationOf } from '../association.ts'
import { commitId, nodeId } from '../identity.ts'
import type { PullFile, PullRequest, Repository, Store } from '../store.ts'
import { renderLabels } from './issue.ts'
import { countOpen, renderRepository, repositoryPage, repositoryUrl } from './repository.ts'
import { renderUser } from './user.ts'

/** A pull request as lists and review webhooks show it. */
export function renderSimplePull(store: Store, pull: PullRequest) {
  const repository = repositoryUrl(store.repository)
  const links = linksOf(repository, pull)
  return {
    url: links.self,
    id: pull.pullId,
    node_id: nodeId('pull', pull.pullId),
    html_url: links.html,
    diff_url: `${pull.url}.diff`,
    patch_url: `${pull.url}.patch`,
    issue_url: links.issue,
    number: pull.number,
    state: pull.state,
    locked: pull.locked,
    title: pull.title,
    user: renderUser(pull.author),
    body: pull.body,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeCommit ?? testMerge(pull),
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    labels: renderLabels(store, pull),
    milestone: null,
    draft: pull.draft,
    commits_url: links.commits,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    comments_url: links.comments,
    statuses_url: links.statuses,
    head: renderEnd(pull.head.repository, pull.head, 0),
    base: renderEnd(store.repository, pull.base, countOpen(store)),
    _links: {
      self: { href: links.self },
      html: { href: links.html },
      issue: { href: links.issue },
      comments: { href: links.comments },
      review_comments: { href: links.review_comments },
      review_comment: { href: links.review_comment },
      commits: { href: links.commits },
      statuses: { href: links.statuses },
    },
    author_association: associationOf(store, pull.author),
    auto_merge: null,
    active_lock_reason: pull.lockReason,
  }
}

/** A pull request on its own, and in its own webhooks. */
export function renderPull(store: Store, pull: PullRequest) {
  const sum = (of: (file: PullFile) => number) => pull.files.reduce((total, file) => total + of(file), 0)
  const mergeable = pull.state === 'open' && pull.looked ? !pull.conflicting : null
  return {
    ...renderSimplePull(store, pull),
    merged: pull.mergedAt !== null,
    mergeable,
    rebaseable: mergeable,
    mergeable_state: mergeable === null ? 'unknown' : mergeStateOf(pull),
    merged_by: pull.mergedBy === null ? null : renderUser(pull.mergedBy),
    comments: store.comments.filter((comment) => comment.number === pull.number).length,
    review_comments: store.reviewComments.filter((comment) => comment.number === pull.number).length,
    maintainer_can_modify: pull.head.repository.fork,
    commits: 1,
    additions: sum((file) => file.additions),
    deletions: sum((file) => file.deletions),
    changed_files: pull.files.length,
  }
}

function mergeStateOf({ conflicting, draft }: PullRequest): string {
  if (conflicting) return 'dirty'
  return draft ? 'draft' : 'clean'
}

/** The commit on which workflows run; there is none until somebody looks, nor with conflicts. */
function testMerge({ state, looked, conflicting, number, head }: PullRequest): string | null {
  return state === 'open' && looked && !conflicting ? commitId('test merge', number, head.sha) : null
}

/** A file that a pull request changes. */
export function renderFile(repository: Repository, pull: PullRequest, file: PullFile) {
  const page = repositoryPage(repository)
  const path = encodeURIComponent(file.filename)
  return {
    sha: nodeId('blob', file.additions).slice(-12),
    filename: file.filename,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${page}/blob/${pull.head.sha}/${path}`,
    raw_url: `${page}/raw/${pull.head.sha}/${path}`,
    contents_url: `${repositoryUrl(repository)}/contents/${path}?ref=${pull.head.sha}`,
    patch: file.patch,
  }
}

function linksOf(repository: string, pull: PullRequest) {
  const self = `${repository}/pulls/${pull.number}`
  const issue = `${repository}/issues/${pull.number}`
  return {
    self,
    html: pull.url,
    issue,
    comments: `${issue}/comments`,
    review_comments: `${self}/comments`,
    review_comment: `${repository}/pulls/comments{/number}`,
    commits: `${self}/commits`,
    statuses: `${repository}/statuses/${pull.head.sha}`,
  }
}

function renderEnd(repository: Repository, { ref, sha }: { ref: string; sha: string }, openIssues: number) {
  return {
    label: `${repository.owner.login}:${ref}`,
    ref,
    sha,
    user: renderUser(repository.owner),
    repo: renderRepository(repository, openIssues),
  }
}
