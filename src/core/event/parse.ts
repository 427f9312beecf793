/** (event name, payload) → Event. Any JSON whatever gives an Event; what does not fit is `other`. */
import { at, commit, flag, has, text, whole } from '../outside.ts'
import type { Comment, Event, News, Subject, Thread, What } from './event.ts'
import { readPerson } from './person.ts'
import { readLineComment, readReview } from './review.ts'

export function parseEvent(name: string, payload: unknown): Event {
  const action = text(payload, 'action')
  return {
    name,
    action,
    repository: text(payload, 'repository', 'full_name'),
    // A workflow_run is sent by whoever started the first workflow's latest attempt.
    sender: readPerson(at(payload, ...(name === 'workflow_run' ? ['workflow_run', 'triggering_actor'] : ['sender']))),
    fork: isFork(name, payload),
    what: what(name, action, payload) ?? { kind: 'other' },
  }
}

function what(name: string, action: string, payload: unknown): What | undefined {
  const thread = threadOf(payload)
  if (thread === undefined) return undefined
  const subject = subjectOf(payload)
  const comment = commentOf(at(payload, 'comment'))
  const time = updatedAt(payload)
  switch (`${name}.${action}`) {
    case 'issues.labeled':
    case 'pull_request.labeled':
      if (time === undefined) return undefined
      return { kind: 'labeled', thread, subject, label: text(payload, 'label', 'name'), at: time }
    case 'issue_comment.created':
      return comment && { kind: 'commented', thread, subject, comment }
    case 'issue_comment.edited':
      return comment && { kind: 'comment-edited', thread, subject, comment, ...editOf(payload) }
    case 'pull_request_review_comment.created':
      return reviewCommented(thread, subject, payload)
    case 'pull_request_review.submitted':
      return reviewed(thread, subject, payload)
    case 'issues.closed':
      return { kind: 'issue-closed', thread }
    case 'pull_request.opened':
    case 'pull_request.reopened':
      return pullRequestNews(thread, payload, action === 'opened' ? 'opened' : 'reopened')
    case 'pull_request.closed':
      return pullRequestNews(thread, payload, flag(payload, 'pull_request', 'merged') ? 'merged' : 'closed')
    default:
      return undefined
  }
}

function editOf(payload: unknown): { before: string; at: string } {
  return { before: text(payload, 'changes', 'body', 'from'), at: text(payload, 'comment', 'updated_at') }
}

function reviewCommented(thread: Thread, subject: Subject, payload: unknown): What | undefined {
  const comment = readLineComment(at(payload, 'comment'))
  return comment && { kind: 'review-commented', thread, subject, comment }
}

function reviewed(thread: Thread, subject: Subject, payload: unknown): What | undefined {
  const review = readReview(at(payload, 'review'))
  return review && { kind: 'reviewed', thread, subject, review }
}

function pullRequestNews(thread: Thread, payload: unknown, news: News): What {
  const pull = at(payload, 'pull_request')
  return { kind: 'pull-request-news', thread, branch: text(pull, 'head', 'ref'), body: text(pull, 'body'), news }
}

function threadOf(payload: unknown): Thread | undefined {
  const pull = whole(payload, 'pull_request', 'number')
  if (pull !== undefined && pull > 0) return { number: pull, kind: 'pull-request' }
  const issue = whole(payload, 'issue', 'number')
  if (issue === undefined || issue <= 0) return undefined
  return { number: issue, kind: has(payload, 'issue', 'pull_request') ? 'pull-request' : 'issue' }
}

function subjectOf(payload: unknown): Subject {
  const thread = at(payload, 'pull_request') ?? at(payload, 'issue')
  return {
    title: text(thread, 'title'),
    body: text(thread, 'body'),
    author: readPerson(at(thread, 'user')),
    commit: commit(thread, 'head', 'sha') || undefined,
  }
}

/** Tells one labeling from all others, in a name that our record has to hold. */
function updatedAt(payload: unknown): string | undefined {
  const time = text(payload, 'issue', 'updated_at') || text(payload, 'pull_request', 'updated_at')
  return /^[\dTZ:.+-]{1,40}$/.test(time) ? time : undefined
}

function commentOf(value: unknown): Comment | undefined {
  const id = whole(value, 'id')
  if (id === undefined) return undefined
  return { id, body: text(value, 'body'), author: readPerson(at(value, 'user')), url: text(value, 'html_url') }
}

/** A head without a repository is a fork that was deleted: still not ours. */
function isFork(name: string, payload: unknown): boolean {
  const run = name === 'workflow_run'
  if (!run && !has(payload, 'pull_request')) return false
  const head = run
    ? whole(payload, 'workflow_run', 'head_repository', 'id')
    : whole(payload, 'pull_request', 'head', 'repo', 'id')
  const ours = run ? whole(payload, 'repository', 'id') : whole(payload, 'pull_request', 'base', 'repo', 'id')
  return head === undefined || head !== ours
}
