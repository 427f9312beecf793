/** What GitHub calls a person's relation to the repository. */
import { ACTIONS_BOT, atLeast, type Person } from './person.ts'
import type { Store } from './store.ts'

export type Association = 'OWNER' | 'MEMBER' | 'COLLABORATOR' | 'CONTRIBUTOR' | 'NONE'

/** What GitHub calls the author's relation to the repository. */
export function associationOf(store: Store, person: Person): Association {
  if (person.login === store.repository.owner.login) return 'OWNER'
  if (person.type === 'Bot') return person.login === ACTIONS_BOT ? 'NONE' : 'CONTRIBUTOR'
  const isMember = atLeast(person.permission, 'write')
  if (isMember && store.membership === 'public') return 'MEMBER'
  if (isMember) return hasContributed(store, person) ? 'CONTRIBUTOR' : 'NONE'
  return person.permission === 'triage' ? 'COLLABORATOR' : 'NONE'
}

/** All that shows of those who keep their membership to themselves. */
function hasContributed({ threads }: Store, { id }: Person): boolean {
  return threads.some((thread) => thread.kind === 'pull-request' && thread.mergedAt !== null && thread.author.id === id)
}
