/** Brings what sessions publish to the repository, which may take its time. */
import { fail } from './play.ts'
import {
  addPullRequest,
  type PullRequestRequest,
  type PullRequestUpdate,
  pullRequestToOpen,
  pullRequestToUpdate,
  refreshPullRequest,
} from './publish.ts'
import type { Session } from './session.ts'

/** Who opens and updates the pull requests; without them their addresses are invented. */
export type Publishing = {
  openPullRequest?: ((request: PullRequestRequest) => Promise<{ url: string }>) | undefined
  updatePullRequest?: ((update: PullRequestUpdate) => Promise<void>) | undefined
}

export type Publisher = {
  publish(session: Session, at: number): void
  /** Waits for what is on its way; false: nothing was. */
  published(): Promise<boolean>
  reset(): void
}

export function makePublisher(given: Publishing & { onPublished(): void }): Publisher {
  const { openPullRequest, updatePullRequest, onPublished } = given
  const pending = new Set<Promise<void>>()
  let invented = 0

  function publish(session: Session, at: number): void {
    const update = updatePullRequest === undefined ? undefined : pullRequestToUpdate(session)
    if (update !== undefined) {
      const pushed = updatePullRequest?.(update).then(() => void refreshPullRequest(session, at))
      follow(session, at, pushed ?? Promise.resolve())
      return
    }
    if (refreshPullRequest(session, at)) return
    const request = pullRequestToOpen(session)
    if (request === undefined) return
    const add = ({ url }: { url: string }) => addPullRequest(session, request, url, at)
    if (openPullRequest === undefined) add({ url: inventedUrl(request) })
    else follow(session, at, openPullRequest(request).then(add))
  }

  function inventedUrl({ owner, repo }: PullRequestRequest): string {
    invented += 1
    return `https://github.com/${owner}/${repo}/pull/${invented}`
  }

  /** Until it is done nothing else happens in the session. */
  function follow(session: Session, at: number, published: Promise<void>): void {
    session.publishing = true
    const publishing = published
      .catch((error: unknown) => fail(session, at, `The pull request could not be published: ${String(error)}`))
      .finally(() => {
        session.publishing = false
        pending.delete(publishing)
        onPublished()
      })
    pending.add(publishing)
  }

  return {
    publish,
    published: async () => {
      if (pending.size === 0) return false
      await Promise.all(pending)
      return true
    },
    reset: () => {
      invented = 0
    },
  }
}
