/** Branches, as GitHub tells of them. */
import { list, text } from '../../core/outside.ts'
import { ServiceError } from '../service-error.ts'
import type { GitHubClient } from './client.ts'

const PAGE_SIZE = 100
const MOST_PAGES = 10

/** repos.get: the default branch. */
export async function readDefaultBranch(github: GitHubClient): Promise<string> {
  const { owner, repo } = github
  const { data } = await github.repeatable('repos.get', (octokit) => octokit.rest.repos.get({ owner, repo }))
  return text(data, 'default_branch')
}

/** 409: the repository is empty. */
const NO_BRANCH = [404, 409]

/** A branch that was renamed answers with a redirect: by this name there is none. */
function isAbsent({ facts }: ServiceError): boolean {
  return NO_BRANCH.includes(facts.status) || facts.code === 'moved'
}

/** repos.getBranch: is it there? */
export async function hasBranch(github: GitHubClient, branch: string): Promise<boolean> {
  const { owner, repo } = github
  try {
    await github.repeatable('repos.getBranch', (octokit) => octokit.rest.repos.getBranch({ owner, repo, branch }))
    return true
  } catch (error) {
    if (error instanceof ServiceError && isAbsent(error)) return false
    throw error
  }
}

/** repos.listBranches: the first thousand names; fewer where GitHub refuses, for they are advice only. */
export async function readBranches(github: GitHubClient): Promise<string[]> {
  const { owner, repo } = github
  const names: string[] = []
  try {
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const { data } = await github.repeatable('repos.listBranches', (octokit) =>
        octokit.rest.repos.listBranches({ owner, repo, per_page: PAGE_SIZE, page }),
      )
      names.push(...list({ data }, 'data').map((branch) => text(branch, 'name')))
      if (names.length < page * PAGE_SIZE) break
    }
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
  }
  return names
}
