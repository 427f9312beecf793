/** Does an answer speak of this repository? A thread or a repository that has moved is answered for from where it is now. */
import type { GitHubClient } from './client.ts'

/** `page`: the `html_url` of a thread or a comment. */
export function isHere({ owner, repo }: Pick<GitHubClient, 'owner' | 'repo'>, page: string): boolean {
  return page.toLowerCase().startsWith(`https://github.com/${owner}/${repo}/`.toLowerCase())
}
