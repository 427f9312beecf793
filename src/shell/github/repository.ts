/** What is read of the repository itself, where its set-up is checked. */
import { list, text } from '../../core/outside.ts'
import { ServiceError } from '../service-error.ts'
import type { GitHubClient } from './client.ts'

/** issues.getLabel: does the repository have it? */
export async function hasLabel(github: GitHubClient, name: string): Promise<boolean> {
  const { owner, repo } = github
  const label = github.repeatable('issues.getLabel', (octokit) => octokit.rest.issues.getLabel({ owner, repo, name }))
  return (await unlessMissing(label)) !== undefined
}

const TEMPLATES = '.github/ISSUE_TEMPLATE'
const MOST_TEMPLATES = 30

/** repos.getContent: the issue templates and forms of the default branch. */
export async function readTemplates(github: GitHubClient): Promise<{ path: string; content: string }[]> {
  const folder = await readContent(github, TEMPLATES)
  const paths = list({ folder }, 'folder')
    .map((entry) => text(entry, 'path'))
    .filter((path) => /\.(?:md|ya?ml)$/i.test(path))
    .slice(0, MOST_TEMPLATES)
  return Promise.all(
    paths.map(async (path) => {
      const encoded = text(await readContent(github, path), 'content')
      return { path, content: Buffer.from(encoded, 'base64').toString() }
    }),
  )
}

async function readContent(github: GitHubClient, path: string): Promise<unknown> {
  const { owner, repo } = github
  const content = github.repeatable('repos.getContent', (octokit) =>
    octokit.rest.repos.getContent({ owner, repo, path }),
  )
  return (await unlessMissing(content))?.data
}

/** Undefined where GitHub knows no such thing, or says so. */
export async function unlessMissing<T>(reply: Promise<T>): Promise<T | undefined> {
  try {
    return await reply
  } catch (error) {
    if (error instanceof ServiceError && error.facts.status === 404) return undefined
    throw error
  }
}
