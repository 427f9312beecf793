/** Which session made a pull request? Its branch and its text only say where to look; the API has to prove it. */
import { lastLine } from '../../core/decision/activities/digest.ts'
import { readCorrelation } from '../../core/decision/prompt/prompt.ts'
import type { PullSeen } from '../github/read-pull.ts'
import { getSession } from '../jules/read.ts'
import type { Parties } from '../parties.ts'

export type Maker = { session: string; thread: number | undefined }

/** The session, proven by its own output, and the thread that it was asked for on. */
export async function findMaker(parties: Parties, pull: PullSeen): Promise<Maker | undefined> {
  for (const id of candidates(pull)) {
    const session = await getSession(parties.jules, id)
    const correlation = readCorrelation(lastLine(session?.prompt ?? ''), parties.run.repository)
    if (session !== undefined && correlation !== undefined && session.pullRequest?.url === pull.url)
      return { session: session.id, thread: correlation.thread }
  }
  return undefined
}

function candidates({ body, branch }: PullSeen): string[] {
  const found = [
    /jules\.google\.com\/(?:task|session)\/(\d{1,40})/.exec(body)?.[1],
    /^jules-(\d{1,40})-[0-9a-f]{8}$/.exec(branch)?.[1],
    /-(\d{10,40})$/.exec(branch)?.[1],
  ]
  return [...new Set(found.filter((id) => id !== undefined))]
}
