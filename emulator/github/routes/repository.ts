/** The repository, its branches, who may do what in it, and who is asking. */
import { findBranch } from '../acts/pull.ts'
import type { Limits } from '../limits.ts'
import { canPush, READ_CONTENTS } from '../permission.ts'
import { atLeast, findPerson, type Person } from '../person.ts'
import { forbidden, refusal, unauthenticated } from '../refusal.ts'
import { renderBranch, renderFullRepository, renderShortBranch } from '../render/repository.ts'
import { renderOwnUser, renderUser } from '../render/user.ts'
import type { Store } from '../store.ts'
import { pageOf } from './page.ts'
import { REPOSITORY, type Spec, type Visit } from './plan.ts'

/** What can be asked about the repository itself. */
export const REPOSITORY_ROUTES: Spec[] = [
  {
    name: 'repos.get',
    method: 'GET',
    pattern: REPOSITORY,
    handle: ({ store, token }) => ({ body: renderFullRepository(store, canPush(token)) }),
  },
  {
    name: 'repos.listBranches',
    method: 'GET',
    pattern: `${REPOSITORY}/branches`,
    need: READ_CONTENTS,
    handle: ({ store, listed, request }) =>
      pageOf(request, listed().branches, (branch) => renderShortBranch(store.repository, branch)),
  },
  {
    name: 'repos.getBranch',
    method: 'GET',
    pattern: `${REPOSITORY}/branches/:branch*`,
    need: READ_CONTENTS,
    handle: ({ store, request }) => {
      const branch = findBranch(store, request.params.branch ?? '')
      if (branch === undefined) throw refusal(404, 'Branch not found')
      return { body: renderBranch(store.repository, branch) }
    },
  },
  {
    name: 'repos.getCollaboratorPermissionLevel',
    method: 'GET',
    pattern: `${REPOSITORY}/collaborators/:username/permission`,
    handle: permissionLevel,
  },
  { name: 'users.getAuthenticated', method: 'GET', pattern: '/user', handle: whoAmI },
]

/** How many calls are left. */
export function rateRoute(limits: Limits): Spec {
  return {
    name: 'rateLimit.get',
    method: 'GET',
    pattern: '/rate_limit',
    handle: ({ token }) => {
      const core = limits.status(token, 'core')
      const graphql = limits.status(token, 'graphql')
      const search = { limit: 30, used: 0, remaining: 30, reset: core.reset }
      return { body: { resources: { core, search, graphql }, rate: core } }
    },
  }
}

function permissionLevel({ store, request, token }: Visit) {
  if (token.kind === 'personal' && !atLeast(token.actor.person.permission, 'write'))
    throw refusal(403, 'Must have push access to view collaborator permission.')
  if (token.kind === 'none') throw unauthenticated()
  const login = request.params.username ?? ''
  const person = findPerson(store.people, login)
  if (person === undefined || person.type === 'Bot') throw refusal(404, `${login} is not a user`)
  const role = roleOf(store, person)
  const user = {
    ...renderUser(person),
    permissions: {
      pull: atLeast(role, 'read'),
      triage: atLeast(role, 'triage'),
      push: atLeast(role, 'write'),
      maintain: atLeast(role, 'maintain'),
      admin: atLeast(role, 'admin'),
    },
    role_name: role,
  }
  return { body: { permission: legacyName(role), role_name: role, user } }
}

function roleOf(store: Store, { permission }: Person): Person['permission'] {
  return permission === 'none' && !store.repository.private ? 'read' : permission
}

/** The older field knows four words only. */
function legacyName(permission: Person['permission']): string {
  if (permission === 'maintain') return 'write'
  return permission === 'triage' ? 'read' : permission
}

function whoAmI({ store, token }: Visit) {
  if (token.kind === 'none') throw unauthenticated()
  if (token.kind === 'installation') throw forbidden('Resource not accessible by integration', 'metadata=read')
  return { body: renderOwnUser(token.actor.person, store.repository.createdAt) }
}
