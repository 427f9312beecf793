/** The sessions of this repository's threads, as far as one list tells of them. */
import { lastLine, millis } from '../../core/decision/activities/digest.ts'
import { readCorrelation } from '../../core/decision/prompt/prompt.ts'
import type { Standing } from '../../core/decision/untold.ts'
import { pullRequestLink } from '../../core/report/markdown.ts'
import type { Session } from '../../core/session.ts'
import { eachSession } from '../jules/read.ts'
import type { Parties } from '../parties.ts'

/** `pull`: the number of its pull request; 0 where there is none. */
export type SessionListed = {
  id: string
  key: string
  thread: number
  created: number
  pull: number
  standing: Standing
}

/** A pull request that is published by hand comes within this time, or with an event of its own. */
const RECENT_MS = 7 * 24 * 60 * 60_000

/**
 * Those of the last days that say that they are ours, and older ones while there is none of some thread that has one at work.
 * Little is kept of each; whoever is told of one looks again.
 */
export async function recentSessions(
  { jules, run, github }: Parties,
  atWork: readonly number[],
): Promise<SessionListed[]> {
  const missing = new Set(atWork)
  const seen: SessionListed[] = []
  let oldest = github.now()
  await eachSession(jules, {
    take: (page) => {
      oldest = Math.min(oldest, ...page.map(({ created }) => millis(created)))
      const ours = page.flatMap((session) => listed(session, run.repository))
      for (const { thread } of ours) missing.delete(thread)
      seen.push(...ours)
    },
    isEnough: () => missing.size === 0 && github.now() - oldest > RECENT_MS,
  })
  return seen
}

function listed(session: Session, repository: string): SessionListed[] {
  const { thread, key } = readCorrelation(lastLine(session.prompt), repository) ?? {}
  if (thread === undefined || key === undefined || session.id === '') return []
  const pull = pullRequestLink(session.pullRequest?.url ?? '', repository)?.number ?? 0
  const created = millis(session.created)
  return [{ id: session.id, key, thread, created, pull, standing: standingOf(session, repository) }]
}

/** What one session has come to. */
export function standingOf({ state, updated, pullRequest }: Session, repository: string): Standing {
  const pull = pullRequestLink(pullRequest?.url ?? '', repository)?.url ?? ''
  return { state, pull, latest: millis(updated) }
}
