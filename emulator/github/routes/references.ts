/** Names that git has for commits, and the pull requests that a commit belongs to. */
import { READ_CONTENTS, READ_PULL } from '../permission.ts'
import { notFound, refusal } from '../refusal.ts'
import { type Reference, renderReference } from '../render/reference.ts'
import type { PullRequest, Store } from '../store.ts'
import { pageOf } from './page.ts'
import { REPOSITORY, type Spec, type Visit } from './plan.ts'
import { renderListedPull } from './pulls.ts'

/** Looking up references and commits. */
export const REFERENCE_ROUTES: Spec[] = [
  {
    name: 'git.getRef',
    method: 'GET',
    pattern: `${REPOSITORY}/git/ref/:ref*`,
    need: READ_CONTENTS,
    handle: ({ store, request }) => {
      const found = referencesOf(store).find(({ ref }) => ref === `refs/${request.params.ref}`)
      if (found === undefined) throw notFound()
      return { body: renderReference(store.repository, found) }
    },
  },
  {
    name: 'git.listMatchingRefs',
    method: 'GET',
    pattern: `${REPOSITORY}/git/matching-refs/:ref*`,
    need: READ_CONTENTS,
    handle: ({ store, listed, request }) => {
      const found = referencesOf(listed()).filter(({ ref }) => ref.startsWith(`refs/${request.params.ref}`))
      return { body: found.map((one) => renderReference(store.repository, one)) }
    },
  },
  {
    name: 'repos.listPullRequestsAssociatedWithCommit',
    method: 'GET',
    pattern: `${REPOSITORY}/commits/:sha/pulls`,
    need: READ_PULL,
    handle: listPulls,
  },
]

function referencesOf({ branches, threads }: Store): Reference[] {
  const heads = branches.map(({ name, sha }) => ({ ref: `refs/heads/${name}`, sha }))
  const pulls = threads.filter(isPull).map(({ number, head }) => ({ ref: `refs/pull/${number}/head`, sha: head.sha }))
  return [...heads, ...pulls].sort((a, b) => (a.ref < b.ref ? -1 : 1))
}

function isPull(thread: Store['threads'][number]): thread is PullRequest {
  return thread.kind === 'pull-request'
}

function listPulls({ store, listed, request }: Visit) {
  const sha = request.params.sha ?? ''
  const known = [...store.branches, ...referencesOf(store)].some((one) => one.sha === sha)
  const seen = listed()
  const found = seen.threads.filter(isPull).filter((pull) => [pull.head.sha, pull.mergeCommit].includes(sha))
  if (!known && found.length === 0) throw refusal(422, `No commit found for SHA: ${sha}`)
  return pageOf(request, found, (pull) => renderListedPull(seen, pull))
}
