/** Threads, their comments, labels and reactions as the API shows them. */

import { associationOf } from '../association.ts'
import { nodeId } from '../identity.ts'
import {
  type Comment,
  findLabel,
  type Label,
  REACTIONS,
  type Reaction,
  type Repository,
  type Store,
  type Subject,
  type Thread,
} from '../store.ts'
import { renderApp } from './app.ts'
import { repositoryUrl } from './repository.ts'
import { renderUser } from './user.ts'

/** A thread as webhooks show it. */
export function renderIssue(store: Store, thread: Thread) {
  const repository = repositoryUrl(store.repository)
  const url = `${repository}/issues/${thread.number}`
  return {
    url,
    repository_url: repository,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: thread.url,
    id: thread.id,
    node_id: nodeId(thread.kind === 'issue' ? 'issue' : 'pull', thread.id),
    number: thread.number,
    title: thread.title,
    user: renderUser(thread.author),
    labels: renderLabels(store, thread),
    state: thread.state,
    locked: thread.locked,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: store.comments.filter((comment) => comment.number === thread.number).length,
    created_at: thread.createdAt,
    updated_at: thread.updatedAt,
    closed_at: thread.closedAt,
    author_association: associationOf(store, thread.author),
    active_lock_reason: thread.lockReason,
    ...pullLinks(repository, thread),
    body: thread.body,
    reactions: countReactions(store, { kind: 'issue', id: thread.id }, `${url}/reactions`),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: renderApp(thread.author),
    state_reason: thread.stateReason,
  }
}

/** A thread as the REST API shows it: with the one who closed it. */
export function renderRestIssue(store: Store, thread: Thread) {
  return { ...renderIssue(store, thread), closed_by: thread.closedBy === null ? null : renderUser(thread.closedBy) }
}

function pullLinks(repository: string, thread: Thread) {
  if (thread.kind === 'issue') return {}
  return {
    draft: thread.draft,
    pull_request: {
      url: `${repository}/pulls/${thread.number}`,
      html_url: thread.url,
      diff_url: `${thread.url}.diff`,
      patch_url: `${thread.url}.patch`,
      merged_at: thread.mergedAt,
    },
  }
}

/** A comment in a thread's conversation. */
export function renderComment(store: Store, comment: Comment) {
  const repository = repositoryUrl(store.repository)
  const url = `${repository}/issues/comments/${comment.id}`
  return {
    url,
    html_url: comment.url,
    issue_url: `${repository}/issues/${comment.number}`,
    id: comment.id,
    node_id: nodeId('comment', comment.id),
    user: renderUser(comment.author),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: associationOf(store, comment.author),
    body: comment.body,
    reactions: countReactions(store, { kind: 'comment', id: comment.id }, `${url}/reactions`),
    performed_via_github_app: renderApp(comment.author),
  }
}

/** A label of the repository. */
export function renderLabel(repository: Repository, label: Label) {
  return {
    id: label.id,
    node_id: nodeId('label', label.id),
    url: `${repositoryUrl(repository)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: false,
    description: label.description,
  }
}

/** The labels of a thread. */
export function renderLabels(store: Store, thread: Thread) {
  return thread.labels.flatMap((name) => {
    const label = findLabel(store, name)
    return label === undefined ? [] : [renderLabel(store.repository, label)]
  })
}

/** One reaction. */
export function renderReaction(reaction: Reaction) {
  return {
    id: reaction.reaction,
    node_id: nodeId('reaction', reaction.reaction),
    user: renderUser(reaction.author),
    content: reaction.content,
    created_at: reaction.createdAt,
  }
}

/** How often a thing was reacted to, by kind of reaction. */
export function countReactions(store: Store, subject: Subject, url: string) {
  const here = store.reactions.filter(({ kind, id }) => kind === subject.kind && id === subject.id)
  const count = (content: Reaction['content']) => here.filter((reaction) => reaction.content === content).length
  const [up, down, laugh, confused, heart, hooray, rocket, eyes] = REACTIONS
  return {
    url,
    total_count: here.length,
    '+1': count(up),
    '-1': count(down),
    laugh: count(laugh),
    hooray: count(hooray),
    confused: count(confused),
    heart: count(heart),
    rocket: count(rocket),
    eyes: count(eyes),
  }
}
