/** What is done to issues, and to pull requests in their quality as threads. */
import { labelChanged, threadChanged } from '../payload.ts'
import type { Actor } from '../person.ts'
import { repositoryPage } from '../render/repository.ts'
import {
  findLabel,
  type Issue,
  type Label,
  type LockReason,
  type StateReason,
  type Store,
  type Thread,
} from '../store.ts'
import type { World } from '../world.ts'

export type NewIssue = { title: string; body?: string; labels?: string[] }

/** Opens an issue; labels that come with it have events of their own, after it. */
export function openIssue(world: World, actor: Actor, { title, body, labels = [] }: NewIssue): Issue {
  const { store } = world
  const issue: Issue = { kind: 'issue', ...newThread(world, actor, 'issues', title, body) }
  store.threads.push(issue)
  for (const name of labels) attachLabel(store, issue, name)
  world.deliver(actor, threadChanged(store, issue, 'opened'))
  for (const name of issue.labels) world.deliver(actor, labelChanged(store, issue, 'labeled', name))
  return issue
}

/** What a new issue and a new pull request have in common. */
export function newThread(world: World, actor: Actor, path: 'issues' | 'pull', title: string, body?: string) {
  const { store } = world
  const number = Math.max(0, ...store.threads.map((thread) => thread.number)) + 1
  return {
    id: store.ids('issue'),
    number,
    title,
    body: body ?? null,
    author: actor.person,
    labels: [],
    state: 'open' as const,
    stateReason: null,
    closedBy: null,
    locked: false,
    lockReason: null,
    deleted: false,
    createdAt: world.now(),
    updatedAt: world.now(),
    closedAt: null,
    url: `${repositoryPage(store.repository)}/${path}/${number}`,
  }
}

/** Changes title or body; the same words again are no event. */
export function editThread(world: World, actor: Actor, thread: Thread, to: { title?: string; body?: string }): void {
  const title = to.title === undefined || to.title === thread.title ? {} : { title: { from: thread.title } }
  const body = to.body === undefined || to.body === thread.body ? {} : { body: { from: thread.body ?? '' } }
  const changes = { ...title, ...body }
  if (Object.keys(changes).length === 0) return
  Object.assign(thread, to)
  touch(world, thread)
  world.deliver(actor, threadChanged(world.store, thread, 'edited', { changes }))
}

/** Puts a label on; nothing happens if it is there. */
export function addLabel(world: World, actor: Actor, thread: Thread, name: string): void {
  if (hasLabel(thread, name)) return
  const label = attachLabel(world.store, thread, name)
  touch(world, thread)
  world.deliver(actor, labelChanged(world.store, thread, 'labeled', label.name))
}

/** Takes a label off; false if it was not there. */
export function removeLabel(world: World, actor: Actor, thread: Thread, name: string): boolean {
  if (!hasLabel(thread, name)) return false
  thread.labels = thread.labels.filter((label) => label.toLowerCase() !== name.toLowerCase())
  touch(world, thread)
  world.deliver(actor, labelChanged(world.store, thread, 'unlabeled', name))
  return true
}

/** Makes a label of the repository, grey unless told. */
export function createLabel(store: Store, label: Omit<Label, 'id'>): Label {
  const created = { id: store.ids('label'), ...label }
  store.labels.push(created)
  return created
}

/** Closes a thread, without a word to anyone. */
export function settle(world: World, actor: Actor, thread: Thread, reason: StateReason = 'completed'): void {
  touch(world, thread)
  thread.state = 'closed'
  thread.closedAt = thread.updatedAt
  thread.closedBy = actor.person
  if (thread.kind === 'issue') thread.stateReason = reason
}

/** Closes an issue; nothing happens if it is closed. */
export function closeIssue(world: World, actor: Actor, issue: Issue, reason?: StateReason): void {
  if (issue.state === 'closed') return
  settle(world, actor, issue, reason)
  world.deliver(actor, threadChanged(world.store, issue, 'closed'))
}

/** Opens a closed thread again; nothing happens if it is open. */
export function reopen(world: World, actor: Actor, thread: Thread): void {
  if (thread.state === 'open') return
  if (thread.kind === 'pull-request' && thread.mergedAt !== null)
    throw new Error(`#${thread.number} is merged, and stays closed. Open another pull request.`)
  touch(world, thread)
  thread.state = 'open'
  thread.closedAt = null
  thread.closedBy = null
  if (thread.kind === 'issue') thread.stateReason = 'reopened'
  world.deliver(actor, threadChanged(world.store, thread, 'reopened'))
}

/** Locks or unlocks the conversation; nothing happens if it is so already. */
export function setLock(world: World, actor: Actor, thread: Thread, locked: boolean, reason?: LockReason): void {
  if (thread.locked === locked) return
  thread.locked = locked
  thread.lockReason = reason ?? null
  touch(world, thread)
  world.deliver(actor, threadChanged(world.store, thread, locked ? 'locked' : 'unlocked'))
}

/** Deletes an issue for good; the API answers 410 from then on. */
export function deleteIssue(world: World, actor: Actor, issue: Issue): void {
  issue.deleted = true
  world.deliver(actor, threadChanged(world.store, issue, 'deleted'))
}

/** Notes that a thread has changed now. */
export function touch(world: World, thread: Thread): void {
  thread.updatedAt = world.now()
}

function hasLabel(thread: Thread, name: string): boolean {
  return thread.labels.some((label) => label.toLowerCase() === name.toLowerCase())
}

function attachLabel(store: Store, thread: Thread, name: string): Label {
  const label = findLabel(store, name) ?? createLabel(store, { name, color: 'ededed', description: null })
  thread.labels.push(label.name)
  return label
}
