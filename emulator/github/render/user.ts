/** Accounts as the API shows them. */
import { nodeId } from '../identity.ts'
import type { Account } from '../person.ts'

/** Where the API says it lives. */
export const API = 'https://api.github.com'

/** Where the site says it lives. */
export const SITE = 'https://github.com'

/** A person, a bot or an organization, in the short form that stands in everything they made. */
export function renderUser({ login, id, type }: Account) {
  const url = `${API}/users/${encodeURIComponent(login)}`
  const page = type === 'Bot' ? `apps/${login.replace(/\[bot\]$/, '')}` : login
  return {
    login,
    id,
    node_id: nodeId(type === 'Organization' ? 'organization' : 'user', id),
    avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
    gravatar_id: '',
    url,
    html_url: `${SITE}/${page}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    site_admin: false,
  }
}

/** The one who is asking, as a token without a look at the private part of the profile sees it. */
export function renderOwnUser(account: Account, since: string) {
  return {
    ...renderUser(account),
    user_view_type: 'public',
    name: null,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: since,
    updated_at: since,
  }
}

/** The owner as webhooks show it beside the repository. */
export function renderOrganization({ login, id }: Account) {
  const url = `${API}/orgs/${login}`
  return {
    login,
    id,
    node_id: nodeId('organization', id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
    description: '',
  }
}
