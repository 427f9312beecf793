/** What is read of a pull request as such. */
import { commit, text, whole } from '../../core/outside.ts'
import type { GitHubClient } from './client.ts'
import { isHere } from './here.ts'
import { moved } from './refusal.ts'

export type PullSeen = { branch: string; commit: string; ofThisRepository: boolean; body: string; url: string }

/** pulls.get: where it comes from, and what it says of itself. */
export async function readPull(github: GitHubClient, number: number): Promise<PullSeen> {
  const { owner, repo } = github
  const { data } = await github.repeatable('pulls.get', (octokit) =>
    octokit.rest.pulls.get({ owner, repo, pull_number: number }),
  )
  if (!isHere(github, text(data, 'html_url'))) throw moved('pulls.get')
  const head = whole(data, 'head', 'repo', 'id')
  return {
    branch: text(data, 'head', 'ref'),
    commit: commit(data, 'head', 'sha'),
    ofThisRepository: head !== undefined && head === whole(data, 'base', 'repo', 'id'),
    body: text(data, 'body'),
    url: text(data, 'html_url'),
  }
}
