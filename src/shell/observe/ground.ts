/** Where a session would start: the source of the repository, and a branch that is there. */
import { near } from '../../core/decision/near.ts'
import type { Ground, Request, ThreadSeen } from '../../core/decision/observed.ts'
import { hasBranch, readBranches, readDefaultBranch } from '../github/branch.ts'
import { getSource, listSources } from '../jules/read.ts'
import type { Source } from '../jules/schema.ts'
import type { Parties } from '../parties.ts'
import { toTrouble } from '../problem.ts'
import { ServiceError } from '../service-error.ts'

export async function readGround(
  parties: Parties,
  thread: ThreadSeen | undefined,
  request: Request | undefined,
  earlierBranch: string,
): Promise<Ground> {
  const source = await findSource(parties)
  if (source === undefined) return { kind: 'source-not-connected' }
  const flags = request !== undefined && 'flags' in request.command ? request.command.flags : {}
  const named = flags.branch ?? parties.config.startingBranch
  if (named !== '') return checked(parties, source, named)
  // What is started in place of another session starts where that one did.
  if (earlierBranch !== '') return checked(parties, source, earlierBranch)
  const branch = thread?.head?.branch || parties.run.defaultBranch || (await readDefaultBranch(parties.github))
  return { kind: 'ready', source: source.name, branch }
}

/** The documents show two forms of the name; neither is assumed, and the list has the last word. */
export async function findSource(parties: Parties): Promise<Source | undefined> {
  const { jules, run, config } = parties
  if (config.source !== '') return getSource(jules, config.source)
  for (const name of sourceNames(run.repository)) {
    const source = await getSource(jules, name)
    if (source !== undefined && isOf(source, run.repository)) return source
  }
  return (await listSources(jules)).find((source) => isOf(source, run.repository))
}

/** `sources/github/owner/repo` is what the service uses; some of its documents show the other one. */
export function sourceNames(repository: string): [string, string] {
  return [`sources/github/${repository}`, `sources/github-${repository.replace('/', '-')}`]
}

export function isOf({ owner, repo }: Source, repository: string): boolean {
  return `${owner}/${repo}`.toLowerCase() === repository.toLowerCase()
}

async function checked(parties: Parties, source: Source, branch: string): Promise<Ground> {
  try {
    if (await hasBranch(parties.github, branch)) return { kind: 'ready', source: source.name, branch }
    return { kind: 'branch-not-found', branch, near: near(branch, await readBranches(parties.github)) }
  } catch (error) {
    const trouble = toTrouble(error)
    if (!(error instanceof ServiceError) || trouble.passing || trouble.refusal !== undefined) throw error
    return { kind: 'unreadable', trouble }
  }
}
