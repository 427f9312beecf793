/** The GitHub app behind a bot, as it stands in what the bot has written. */
import { nodeId } from '../identity.ts'
import { ACTIONS_BOT, type Person } from '../person.ts'
import { renderUser, SITE } from './user.ts'

/** GitHub's own, which stands behind every `GITHUB_TOKEN`. */
const ACTIONS = {
  id: 15_368,
  name: 'GitHub Actions',
  owner: { login: 'github', id: 9_919, type: 'Organization' },
  description: 'Automate your workflow from idea to production',
  external_url: 'https://help.github.com/en/actions',
} as const

/** null for people. */
export function renderApp(author: Person) {
  if (author.type === 'User') return null
  const slug = author.login.replace(/\[bot\]$/, '')
  const owner = { login: `${slug}-makers`, id: author.id + 1, type: 'Organization' } as const
  const other = { id: author.id % 1_000_000, name: slug, owner, description: '', external_url: `${SITE}/apps/${slug}` }
  const app = author.login === ACTIONS_BOT ? ACTIONS : other
  return {
    id: app.id,
    slug,
    node_id: nodeId('app', app.id),
    owner: renderUser(app.owner),
    name: app.name,
    description: app.description,
    external_url: app.external_url,
    html_url: `${SITE}/apps/${slug}`,
    created_at: '2018-07-30T09:30:17Z',
    updated_at: '2024-04-10T20:33:16Z',
    permissions: { contents: 'write', issues: 'write', metadata: 'read', pull_requests: 'write' },
    events: [],
  }
}
