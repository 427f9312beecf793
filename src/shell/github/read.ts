/** What is read from GitHub: the thread and its comments, and who may ask. */
import type { PermissionSeen } from '../../core/decision/access.ts'
import type { Said, ThreadSeen } from '../../core/decision/observed.ts'
import type { Person } from '../../core/event/event.ts'
import { readPerson } from '../../core/event/person.ts'
import { at, flag, list, text, whole } from '../../core/outside.ts'
import { ServiceError } from '../service-error.ts'
import { listIn, strange } from './answer.ts'
import type { GitHubClient } from './client.ts'
import { isHere } from './here.ts'
import { readPull } from './read-pull.ts'
import { moved } from './refusal.ts'

/** A comment as the thread shows it now. */
export type CommentSeen = Said

/** The most that GitHub puts on a page. */
export const PAGE_SIZE = 100
const MOST_PAGES = 50

/** With what tells how new it is: how many comments it has, and when it was changed last (milliseconds). */
export type ThreadRead = ThreadSeen & { comments: number; updated: number }

/** issues.get, and pulls.get for the branch of a pull request. */
export async function readThread(github: GitHubClient, number: number): Promise<ThreadRead> {
  const { owner, repo } = github
  const { data } = await github.repeatable('issues.get', (octokit) =>
    octokit.rest.issues.get({ owner, repo, issue_number: number }),
  )
  if (whole(data, 'number') !== number) throw strange('issues.get')
  if (!isHere(github, text(data, 'html_url'))) throw moved('issues.get')
  const thread = threadIn(data)
  return { ...thread, head: thread.kind === 'issue' ? undefined : await readPull(github, number) }
}

/** A thread as lists show it: without the branch of a pull request. */
export function threadIn(data: unknown): ThreadRead {
  const isPull = at(data, 'pull_request') !== undefined && at(data, 'pull_request') !== null
  return {
    number: whole(data, 'number') ?? 0,
    kind: isPull ? 'pull-request' : 'issue',
    title: text(data, 'title'),
    body: text(data, 'body'),
    author: readPerson(at(data, 'user')),
    locked: flag(data, 'locked'),
    closed: text(data, 'state') === 'closed',
    labels: list(data, 'labels').map((label) =>
      (typeof label === 'string' ? label : text(label, 'name')).toLowerCase(),
    ),
    head: undefined,
    comments: whole(data, 'comments') ?? 0,
    updated: Date.parse(text(data, 'updated_at')) || 0,
  }
}

/** issues.listComments, oldest first; `since` (milliseconds) leaves out what was not changed after it. */
export async function readComments(github: GitHubClient, number: number, since?: number): Promise<CommentSeen[]> {
  const { owner, repo } = github
  const seen: CommentSeen[] = []
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { data } = await github.repeatable('issues.listComments', (octokit) =>
      octokit.rest.issues.listComments({
        owner,
        repo,
        issue_number: number,
        per_page: PAGE_SIZE,
        page,
        ...(since !== undefined && { since: new Date(since).toISOString().replace(/\.\d+Z$/, 'Z') }),
      }),
    )
    const comments: unknown[] = listIn('issues.listComments', data)
    if (comments.some((comment) => !isHere(github, text(comment, 'html_url')))) throw moved('issues.listComments')
    seen.push(...comments.map(readComment).filter((comment) => comment !== undefined))
    if (comments.length < PAGE_SIZE) break
  }
  return seen
}

/** issues.getComment: by its id it is shown as it is, where lists may lag behind. Undefined where it is gone. */
export async function readOneComment(github: GitHubClient, comment: number): Promise<CommentSeen | undefined> {
  const { owner, repo } = github
  try {
    const { data } = await github.repeatable('issues.getComment', (octokit) =>
      octokit.rest.issues.getComment({ owner, repo, comment_id: comment }),
    )
    return readComment(data)
  } catch (error) {
    if (error instanceof ServiceError && error.facts.status === 404) return undefined
    throw error
  }
}

/** A comment of a list; undefined for what is none. */
export function readComment(value: unknown): CommentSeen | undefined {
  const id = whole(value, 'id')
  if (id === undefined) return undefined
  return {
    id,
    body: text(value, 'body'),
    author: readPerson(at(value, 'user')),
    url: text(value, 'html_url'),
    created: Date.parse(text(value, 'created_at')),
    updated: Date.parse(text(value, 'updated_at')),
  }
}

/** repos.getCollaboratorPermissionLevel. Whatever goes wrong, the answer is that nothing is known; only a token that is none is an error. */
export async function readPermission(github: GitHubClient, person: Person): Promise<PermissionSeen> {
  const { owner, repo } = github
  try {
    const { data } = await github.repeatable(
      'repos.getCollaboratorPermissionLevel',
      (octokit) => octokit.rest.repos.getCollaboratorPermissionLevel({ owner, repo, username: person.login }),
      3,
    )
    const id = whole(data, 'user', 'id')
    if (id === undefined) return { kind: 'unknown' }
    return { kind: 'known', id, permission: text(data, 'permission'), role: text(data, 'role_name') }
  } catch (error) {
    if (error instanceof ServiceError && error.facts.status !== 401)
      return { kind: 'unknown', moved: error.facts.code === 'moved' }
    throw error
  }
}

/** The account of every GITHUB_TOKEN, `github-actions[bot]`. */
const ACTIONS_BOT = 41898282

/** Who we are, by GraphQL: `GET /user` is refused to installation tokens. */
export async function readIdentity(github: GitHubClient): Promise<number> {
  try {
    const reply: unknown = await github.repeatable(
      'graphql',
      (octokit) => octokit.graphql('query { viewer { databaseId } }'),
      2,
    )
    return whole(reply, 'viewer', 'databaseId') ?? ACTIONS_BOT
  } catch {
    return ACTIONS_BOT
  }
}
