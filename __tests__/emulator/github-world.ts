/** A small GitHub for tests: an issue and a pull request, with something of everything. */
import { Octokit } from '@octokit/rest'
import { type Clock, startClock } from '../../emulator/clock.ts'
import { type GitHub, type GitHubOptions, type Person, startGitHub } from '../../emulator/github/index.ts'

export const at = { owner: 'acme', repo: 'widgets' }

/** The permissions that a workflow of ours asks for. */
export const USUAL = { issues: 'write', pull_requests: 'write', contents: 'read' } as const

export type Small = { clock: Clock; github: GitHub; alice: Person; issue: number; pull: number }

/** Issue 1 and pull request 2, both by alice, who may write. */
export async function small(options: Partial<GitHubOptions> = {}): Promise<Small> {
  const clock = options.clock ?? startClock({ epoch: Date.parse('2026-08-24T10:00:41Z') })
  const github = await startGitHub({ repository: 'acme/widgets', ...options, clock })
  const alice = github.person('alice', 'write')
  const issue = github.openIssue(alice, { title: 'Dates are flaky', body: 'Since May', labels: ['bug'] }).number
  const pull = github.openPullRequest(alice, { title: 'Fix dates', head: 'fix-dates' }).number
  return { clock, github, alice, issue, pull }
}

/** GitHub's own client, silent. */
export function client({ url }: GitHub, auth?: string): Octokit {
  const log = { debug() {}, info() {}, warn() {}, error() {} }
  return new Octokit({ ...(auth !== undefined && { auth }), baseUrl: url, log })
}

export type Told = { status: number; headers: Headers; json: unknown; text: string }

/** One call as it is, redirects included. */
export async function call(
  { url }: GitHub,
  token: string | undefined,
  line: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Told> {
  const [method = '', path = ''] = line.split(' ')
  const answer = await fetch(`${url}${path}`, {
    method,
    redirect: 'manual',
    headers: { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await answer.text()
  const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true
  return { status: answer.status, headers: answer.headers, json: isJson ? JSON.parse(text) : undefined, text }
}
