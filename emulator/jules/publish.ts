/** Turns what a session has changed into a pull request. */
import type { PullRequestOutput } from './resource.ts'
import { bringOutputsUpToDate, pullRequestOf, type Session, touch } from './session.ts'

export type PullRequestRequest = {
  owner: string
  repo: string
  base: string
  head: string
  title: string
  body: string
  session: string
  patch: string
}

/** More for a pull request that is open: the whole patch once more, on the same branch. */
export type PullRequestUpdate = PullRequestRequest & { url: string }

/** A pull request to open, with the output that is to tell of it; undefined: the session publishes nothing. */
export function pullRequestToOpen(session: Session): PullRequestRequest | undefined {
  const { change, source } = session
  if (change === undefined || source === undefined || !session.createsPullRequest) return undefined
  const { owner, repo } = source.githubRepo
  return {
    owner,
    repo,
    base: session.context?.githubRepoContext?.startingBranch ?? source.githubRepo.defaultBranch.displayName,
    head: `${change.branch}-${session.id}`,
    title: change.title,
    body: `${descriptionOf(session)}\n\n${footer(session, owner)}`,
    session: session.id,
    patch: change.patch,
  }
}

/** Puts a pull request that was opened into the session's outputs. */
export function addPullRequest(session: Session, request: PullRequestRequest, url: string, at: number): void {
  const { title, base, head } = request
  session.source?.githubRepo.branches.push({ displayName: head })
  showPullRequest(session, { url, title, description: descriptionOf(session), baseRef: base, headRef: head }, at)
}

/** What a later turn pushes to the pull request that is open; undefined: there is none. */
export function pullRequestToUpdate(session: Session): PullRequestUpdate | undefined {
  const [open, request] = [pullRequestOf(session), pullRequestToOpen(session)]
  return open && request && { ...request, url: open.url, title: open.title, head: open.headRef ?? request.head }
}

/** Brings the open pull request's output up to date after a later turn; false: there is none. */
export function refreshPullRequest(session: Session, at: number): boolean {
  const open = pullRequestOf(session)
  if (open === undefined) return false
  showPullRequest(session, { ...open, description: descriptionOf(session) }, at)
  return true
}

function showPullRequest(session: Session, pullRequest: PullRequestOutput, at: number): void {
  bringOutputsUpToDate(session, pullRequest)
  touch(session, at)
}

/** The agent does as the prompt asks and names the issue that the pull request fixes. */
function descriptionOf(session: Session): string {
  const description = session.change?.description ?? ''
  const fixes = /\b(?:fixes|closes|resolves) #\d+/i.exec(session.prompt)
  return fixes === null ? description : `${description}\n\n${fixes[0]}`
}

function footer(session: Session, user: string): string {
  const task = `[${session.id}](https://jules.google.com/task/${session.id})`
  return `---\n*PR created automatically by Jules for task ${task} started by @${user}*`
}
