/** Who acts on GitHub: people and bots, and what the repository lets them do. */
import type { Ids } from './identity.ts'

/** What a person may do in the repository, weakest first. */
export const PERMISSIONS = ['none', 'read', 'triage', 'write', 'maintain', 'admin'] as const

export type Permission = (typeof PERMISSIONS)[number]

export type Account = { login: string; id: number; type: 'User' | 'Bot' | 'Organization' }

export type Person = { login: string; id: number; type: 'User' | 'Bot'; permission: Permission }

/** Which token stands behind an act; those of `github-token` start no workflow. */
export type Cause = 'user' | 'app' | 'github-token'

export type Actor = { person: Person; cause: Cause }

/** The login of everything that is done with a workflow's own token. */
export const ACTIONS_BOT = 'github-actions[bot]'

const KNOWN: Record<string, number> = {
  [ACTIONS_BOT]: 41_898_282,
  'google-labs-jules[bot]': 161_369_871,
  'dependabot[bot]': 49_699_333,
}

/** Finds a person by login, ignoring case. */
export function findPerson(people: Person[], login: string): Person | undefined {
  return people.find((person) => person.login.toLowerCase() === login.toLowerCase())
}

/** Finds a person or lets one in; a permission that is given replaces the old one. */
export function meetPerson(
  people: Person[],
  ids: Ids,
  who: { login: string; permission?: Permission | undefined; type?: Person['type'] | undefined },
): Person {
  if (who.permission !== undefined && !PERMISSIONS.includes(who.permission))
    throw new Error(`There is no permission "${who.permission}". There are: ${PERMISSIONS.join(', ')}.`)
  const found = findPerson(people, who.login)
  if (found !== undefined) {
    if (who.permission !== undefined) found.permission = who.permission
    return found
  }
  const person: Person = {
    login: who.login,
    id: KNOWN[who.login] ?? ids('user'),
    type: who.type ?? (who.login.endsWith('[bot]') ? 'Bot' : 'User'),
    permission: who.permission ?? 'none',
  }
  people.push(person)
  return person
}

/** A person acting with their own rights: people through the site, bots through their app. */
export function actingAs(person: Person, cause?: Cause): Actor {
  return { person, cause: cause ?? (person.type === 'Bot' ? 'app' : 'user') }
}

/** True for a permission that is at least as strong as another. */
export function atLeast(permission: Permission, needed: Permission): boolean {
  return PERMISSIONS.indexOf(permission) >= PERMISSIONS.indexOf(needed)
}
