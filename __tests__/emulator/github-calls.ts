/** Every call that the emulated GitHub answers, and what each is answered where something is wrong with it. */
import { WRONG } from '../support/witness/on-purpose.ts'

export type Row = {
  name: string
  /** Without `/repos/acme/widgets`, unless it stands under no repository. In braces: an id that the test knows. */
  call: string
  body?: unknown
  ok: number
  /** The permission without which it is refused; for reads, in a private repository. */
  need?: 'issues' | 'pull_requests' | 'contents'
  /** Without a token; where left out, as `ok` says for reads and 401 for writes. */
  anonymous?: number
  /** The same call of something that is not there. */
  absent?: string
  /** What is sent instead, and how that is answered. */
  wrong?: { body: unknown; status: number; headers?: Record<string, string> }
}

export const REPOSITORY_ROWS: Row[] = [
  { name: 'repos.get', call: 'GET ', ok: 200 },
  { name: 'repos.listBranches', call: 'GET /branches', ok: 200, need: 'contents' },
  { name: 'repos.getBranch', call: 'GET /branches/main', ok: 200, need: 'contents', absent: '/branches/none' },
  { name: 'repos.getContent', call: 'GET /contents/README.md', ok: 200, need: 'contents', absent: '/contents/none.md' },
  {
    name: 'repos.getCollaboratorPermissionLevel',
    call: 'GET /collaborators/alice/permission',
    ok: 200,
    anonymous: 401,
    absent: '/collaborators/nobody/permission',
  },
  {
    name: 'repos.listPullRequestsAssociatedWithCommit',
    call: 'GET /commits/{sha}/pulls',
    ok: 200,
    need: 'pull_requests',
  },
  { name: 'git.getRef', call: 'GET /git/ref/heads/main', ok: 200, need: 'contents', absent: '/git/ref/heads/none' },
  { name: 'git.listMatchingRefs', call: 'GET /git/matching-refs/heads', ok: 200, need: 'contents' },
  { name: 'users.getAuthenticated', call: 'GET /user', ok: 403, anonymous: 401 },
  { name: 'rateLimit.get', call: 'GET /rate_limit', ok: 200 },
  {
    name: 'graphql',
    call: 'POST /graphql',
    body: { query: '{ viewer { login } }' },
    ok: 200,
    wrong: { body: {}, status: 400, headers: WRONG },
  },
]
