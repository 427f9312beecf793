/** The repository and its branches as the API shows them. */
import { commitId, nodeId } from '../identity.ts'
import { type Branch, fullName, type Repository, type Store } from '../store.ts'
import { renderAddresses } from './addresses.ts'
import { API, renderUser, SITE } from './user.ts'

/** The repository's address in the API. */
export function repositoryUrl(repository: Repository): string {
  return `${API}/repos/${fullName(repository)}`
}

/** The repository's page. */
export function repositoryPage(repository: Repository): string {
  return `${SITE}/${fullName(repository)}`
}

/** A repository as the API shows it inside pull requests. */
export function renderRepository(repository: Repository, openIssues: number) {
  const page = repositoryPage(repository)
  return {
    id: repository.id,
    node_id: nodeId('repository', repository.id),
    name: repository.name,
    full_name: fullName(repository),
    private: repository.private,
    owner: renderUser(repository.owner),
    html_url: page,
    description: 'Widgets, and what goes with them',
    fork: repository.fork,
    ...renderAddresses(repositoryUrl(repository)),
    created_at: repository.createdAt,
    updated_at: repository.createdAt,
    pushed_at: repository.createdAt,
    git_url: `git://github.com/${fullName(repository)}.git`,
    ssh_url: `git@github.com:${fullName(repository)}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    homepage: null,
    size: 108,
    language: 'TypeScript',
    ...SETTINGS,
    open_issues_count: openIssues,
    open_issues: openIssues,
    default_branch: repository.defaultBranch,
    visibility: repository.private ? ('private' as const) : ('public' as const),
  }
}

/** A repository as webhooks show it, wherever it stands in them. */
export function renderToldRepository(repository: Repository, openIssues: number) {
  return { ...renderRepository(repository, openIssues), custom_properties: {} }
}

/** The answer of `GET /repos/…`, which says a little more. */
export function renderFullRepository(store: Store, push: boolean) {
  return {
    ...renderRepository(store.repository, countOpen(store)),
    custom_properties: {},
    permissions: { admin: false, maintain: false, push, triage: push, pull: true },
    allow_squash_merge: true,
    allow_merge_commit: true,
    allow_rebase_merge: true,
    delete_branch_on_merge: false,
    organization: renderUser(store.repository.owner),
    network_count: 0,
    subscribers_count: 1,
  }
}

/** How many issues and pull requests are open. */
export function countOpen(store: Store): number {
  return store.threads.filter((thread) => thread.state === 'open' && !thread.deleted).length
}

/** A branch as a list shows it. */
export function renderShortBranch(repository: Repository, branch: Branch) {
  const url = repositoryUrl(repository)
  return {
    name: branch.name,
    commit: { sha: branch.sha, url: `${url}/commits/${branch.sha}` },
    protected: false,
  }
}

/** A branch on its own, with its newest commit. */
export function renderBranch(repository: Repository, branch: Branch) {
  const url = repositoryUrl(repository)
  const page = repositoryPage(repository)
  const signature = { name: 'Acme', email: 'acme@example.com', date: repository.createdAt }
  const tree = commitId('tree', branch.sha)
  const self = `${url}/branches/${branch.name}`
  return {
    name: branch.name,
    commit: {
      sha: branch.sha,
      node_id: `C_kwDO${branch.sha.slice(0, 12)}`,
      url: `${url}/commits/${branch.sha}`,
      html_url: `${page}/commit/${branch.sha}`,
      comments_url: `${url}/commits/${branch.sha}/comments`,
      commit: {
        url: `${url}/git/commits/${branch.sha}`,
        author: signature,
        committer: signature,
        message: `State of ${branch.name}`,
        comment_count: 0,
        tree: { sha: tree, url: `${url}/git/trees/${tree}` },
      },
      author: null,
      committer: null,
      parents: [],
    },
    _links: { self, html: `${page}/tree/${branch.name}` },
    protected: false,
    protection: { enabled: false },
    protection_url: `${self}/protection`,
  }
}

const SETTINGS = {
  stargazers_count: 0,
  watchers_count: 0,
  has_issues: true,
  has_projects: true,
  has_downloads: true,
  has_wiki: true,
  has_pages: false,
  has_discussions: false,
  forks_count: 0,
  mirror_url: null,
  archived: false,
  disabled: false,
  license: null,
  allow_forking: true,
  is_template: false,
  web_commit_signoff_required: false,
  topics: [],
  forks: 0,
  watchers: 0,
}
