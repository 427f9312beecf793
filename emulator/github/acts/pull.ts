/** What is done to pull requests. */
import { commitId } from '../identity.ts'
import { threadChanged } from '../payload.ts'
import type { Actor, Cause } from '../person.ts'
import {
  type Branch,
  findThread,
  fullName,
  type PullFile,
  type PullRequest,
  type Repository,
  type Store,
} from '../store.ts'
import type { World } from '../world.ts'
import { closeIssue, newThread, settle, touch } from './thread.ts'

export type NewPullRequest = {
  title: string
  body?: string
  head: string
  base?: string
  /** The head branch lives in a fork that belongs to the author. */
  fork?: boolean
  cause?: Exclude<Cause, 'github-token'>
  files?: PullFile[]
  draft?: boolean
  /** It can't be merged as it is, so GitHub starts no `pull_request` workflow for it. */
  conflicting?: boolean
}

/** Opens a pull request; its head branch is pushed first if it is not there. */
export function openPullRequest(world: World, actor: Actor, what: NewPullRequest): PullRequest {
  const { store } = world
  const base = findBranch(store, what.base ?? store.repository.defaultBranch)
  if (base === undefined) throw new Error(`There is no branch ${what.base} to merge into. Name one that exists.`)
  const repository = what.fork === true ? forkOf(store, actor) : store.repository
  const head = repository.fork ? newBranch(what.head, actor.person.login) : pushBranch(store, what.head)
  const pull: PullRequest = {
    kind: 'pull-request',
    ...newThread(world, actor, 'pull', what.title, what.body),
    pullId: store.ids('pull'),
    head: { ref: head.name, sha: head.sha, repository },
    base: { ref: base.name, sha: base.sha },
    draft: what.draft ?? false,
    mergedAt: null,
    mergedBy: null,
    mergeCommit: null,
    conflicting: what.conflicting ?? false,
    looked: false,
    files: what.files ?? [],
  }
  store.threads.push(pull)
  world.deliver(actor, threadChanged(store, pull, 'opened'))
  return pull
}

/** Pushes to the head branch of an open pull request; `files` is all that it changes from then on. */
export function pushToPullRequest(world: World, actor: Actor, pull: PullRequest, files: PullFile[]): void {
  const before = pull.head.sha
  const after = commitId(pull.head.ref, before)
  const branch = pull.head.repository.fork ? undefined : findBranch(world.store, pull.head.ref)
  if (branch !== undefined) branch.sha = after
  pull.head = { ...pull.head, sha: after }
  pull.files = files
  pull.looked = false
  touch(world, pull)
  world.deliver(actor, threadChanged(world.store, pull, 'synchronize', { before, after }))
}

/** Closes or merges; a merge into the default branch closes the issues that the body says it fixes. */
export function closePullRequest(world: World, actor: Actor, pull: PullRequest, merged: boolean): void {
  if (pull.state === 'closed') return
  settle(world, actor, pull)
  if (merged) merge(world, actor, pull)
  world.deliver(actor, threadChanged(world.store, pull, 'closed'))
  if (!merged || pull.base.ref !== world.store.repository.defaultBranch) return
  for (const number of fixedBy(world.store, pull.body ?? '')) {
    const issue = findThread(world.store, number)
    if (issue?.kind === 'issue' && !issue.deleted) closeIssue(world, actor, issue)
  }
}

/** Says whether it can be merged; GitHub works that out anew when somebody looks next. */
export function setConflict(world: World, pull: PullRequest, conflicting: boolean): void {
  pull.conflicting = conflicting
  pull.looked = false
  world.changed()
}

/** Makes a draft of it, or takes it out of that state; nothing happens if it is so already. */
export function setDraft(world: World, actor: Actor, pull: PullRequest, draft: boolean): void {
  if (pull.draft === draft) return
  pull.draft = draft
  touch(world, pull)
  world.deliver(actor, threadChanged(world.store, pull, draft ? 'converted_to_draft' : 'ready_for_review'))
}

/** A branch of the repository by its exact name. */
export function findBranch(store: Store, name: string): Branch | undefined {
  return store.branches.find((branch) => branch.name === name)
}

function merge(world: World, actor: Actor, pull: PullRequest): void {
  const sha = commitId('merge', pull.number, pull.head.sha)
  pull.mergedAt = pull.updatedAt
  pull.mergedBy = actor.person
  pull.mergeCommit = sha
  const base = findBranch(world.store, pull.base.ref)
  if (base !== undefined) base.sha = sha
}

function pushBranch(store: Store, name: string): Branch {
  const found = findBranch(store, name)
  if (found !== undefined) return found
  const branch = newBranch(name, store.repository.owner.login)
  store.branches.push(branch)
  return branch
}

function newBranch(name: string, owner: string): Branch {
  return { name, sha: commitId(owner, name) }
}

function forkOf(store: Store, { person }: Actor): Repository {
  const id = store.ids('repository')
  return { ...store.repository, id, owner: person, fork: true }
}

const FIXES =
  /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+(?:https:\/\/github\.com\/)?([\w.-]+\/[\w.-]+)?(?:#|\/issues\/)(\d+)/gi

/** `Fixes #4`, `Fixes acme/widgets#4`, or with the whole address; what is fixed elsewhere is not closed here. */
function fixedBy({ repository }: Store, body: string): number[] {
  const here = fullName(repository).toLowerCase()
  return [...body.matchAll(FIXES)]
    .filter(([, place]) => place === undefined || place.toLowerCase() === here)
    .map(([, , number]) => Number(number))
}
