/** One account of Jules: its sources, its sessions, and the passing of time over them. */
import type { Clock } from '../clock.ts'
import { dueAt, fail, takeStep } from './play.ts'
import { addPullRequest, type PullRequestRequest, pullRequestToOpen, refreshPullRequest } from './publish.ts'
import { notFound } from './refusal.ts'
import type { SourceResource } from './resource.ts'
import type { Session } from './session.ts'

export type Account = {
  sources: SourceResource[]
  /** Newest first. */
  sessions: Session[]
  /** When sessions were created, deleted ones too: they count for the daily quota. */
  creations: number[]
  now(): number
  /** The session, or the refusal that Jules gives for one that is not there. */
  find(id: string): Session
  /** Does everything that is due at the present time. */
  catchUp(): void
  settled(): Promise<void>
  stop(): void
}

export type AccountOptions = {
  clock: Clock
  sources: SourceResource[]
  openPullRequest?: ((request: PullRequestRequest) => Promise<{ url: string }>) | undefined
}

export function openAccount({ clock, sources, openPullRequest }: AccountOptions): Account {
  const sessions: Session[] = []
  const pending = new Set<Promise<void>>()
  let invented = 0
  let takeBack = () => {}
  let stopped = false

  function catchUp(): void {
    const now = clock.now()
    for (let next = earliest(sessions); next !== undefined && next.at <= now; next = earliest(sessions)) {
      takeStep(next.session, next.at, publish)
    }
    sleep()
  }

  function sleep(): void {
    takeBack()
    const next = earliest(sessions)
    if (next === undefined || stopped) return
    takeBack = clock.at(next.at, catchUp)
  }

  function publish(session: Session, at: number): void {
    if (refreshPullRequest(session, at)) return
    const request = pullRequestToOpen(session)
    if (request === undefined) return
    if (openPullRequest === undefined) {
      invented += 1
      addPullRequest(session, request, `https://github.com/${request.owner}/${request.repo}/pull/${invented}`, at)
    } else {
      session.publishing = true
      follow(session, request, at, openPullRequest(request))
    }
  }

  function follow(session: Session, request: PullRequestRequest, at: number, opened: Promise<{ url: string }>): void {
    const opening = opened
      .then(({ url }) => addPullRequest(session, request, url, at))
      .catch((error: unknown) => fail(session, at, `The pull request could not be opened: ${String(error)}`))
      .finally(() => {
        session.publishing = false
        pending.delete(opening)
        sleep()
      })
    pending.add(opening)
  }

  return {
    sources,
    sessions,
    creations: [],
    now: clock.now,
    find: (id) => {
      const session = sessions.find((candidate) => candidate.id === id)
      if (session === undefined) throw notFound()
      return session
    },
    catchUp,
    settled: async () => {
      catchUp()
      while (pending.size > 0) {
        await Promise.all(pending)
        catchUp()
      }
    },
    stop: () => {
      stopped = true
      takeBack()
    },
  }
}

function earliest(sessions: Session[]): { session: Session; at: number } | undefined {
  let found: { session: Session; at: number } | undefined
  for (const session of sessions) {
    const at = dueAt(session)
    if (at !== undefined && (found === undefined || at < found.at)) found = { session, at }
  }
  return found
}
