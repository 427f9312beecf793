/** Tokens: who they speak for, and what they may do. */
import type { Clock } from '../clock.ts'
import { commitId } from './identity.ts'
import { type Actor, atLeast, type Permission } from './person.ts'
import { badCredentials, forbidden, notAllowed, notFound, unauthenticated } from './refusal.ts'
import type { Store } from './store.ts'

export type Level = 'read' | 'write'

export type Grants = Record<string, Level>

/** `none`: nobody has shown one. */
export type Token = { value: string; kind: 'installation' | 'personal' | 'none'; actor: Actor; grants: Grants }

/** Ways to be allowed, any of which is enough; none at all: everybody is. */
export type Need = Grants[]

export const READ_CONTENTS: Need = [{ contents: 'read' }]
export const READ_THREAD: Need = [{ issues: 'read' }, { pull_requests: 'read' }]
export const READ_PULL: Need = [{ pull_requests: 'read' }]
export const WRITE_ISSUE: Need = [{ issues: 'write' }]
export const WRITE_PULL: Need = [{ pull_requests: 'write' }]
export const WRITE_LABELS: Need = [{ issues: 'write' }, { pull_requests: 'write' }]

/** All that a token can be given here. */
export const EVERYTHING: Grants = { contents: 'write', issues: 'write', pull_requests: 'write' }

export type NewToken = Omit<Token, 'value'> & {
  /** How long it lives; without end if left out. */
  minutes?: number | undefined
  prefix: 'ghs' | 'ghp' | 'github_pat'
}

export type Tokens = {
  mint(token: NewToken): string
  revoke(value: string): void
  /** From now on the token may do exactly this. */
  regrant(value: string, grants: Grants): void
  /** The token of a request; refuses with 401 what is none, or none any more. */
  of(headers: Record<string, string>): Token
}

const NOBODY: Token = {
  value: '',
  kind: 'none',
  actor: { person: { login: '', id: 0, type: 'User', permission: 'none' }, cause: 'user' },
  grants: {},
}

/** All tokens that were given out and not taken back. */
export function makeTokens(clock: Clock): Tokens {
  const known = new Map<string, { token: Token; until: number }>()
  let minted = 0
  return {
    mint: ({ minutes = Infinity, prefix, ...token }) => {
      checkNames(token.grants)
      minted += 1
      const value = `${prefix}_${commitId('token', minted).slice(0, 36)}`
      const whole = { ...token, value, grants: { ...token.grants } }
      known.set(value, { token: whole, until: clock.now() + minutes * 60_000 })
      return value
    },
    revoke: (value) => {
      known.delete(value)
    },
    regrant: (value, grants) => {
      const found = known.get(value)
      if (found !== undefined) found.token.grants = { ...grants }
    },
    of: ({ authorization }) => {
      if (authorization === undefined) return NOBODY
      const found = known.get(authorization.replace(/^(bearer|token)\s+/i, ''))
      if (found === undefined || clock.now() >= found.until) throw badCredentials()
      return found.token
    },
  }
}

/** A workflow's spelling would give a token that may nothing, and tell much later. */
function checkNames(grants: Grants): void {
  const wrong = Object.keys(grants).find((name) => name.includes('-'))
  if (wrong !== undefined)
    throw new Error(`There is no permission "${wrong}" here. The API spells it "${wrong.replaceAll('-', '_')}".`)
}

/** A private repository is not there for those who may not see it. */
export function demandSight(store: Store, { kind, actor }: Token): void {
  if (!store.repository.private || kind === 'installation') return
  if (kind === 'none' || actor.person.permission === 'none') throw notFound()
}

/** Refuses unless the token has what is needed; a public repository may be read by all. */
export function demand(store: Store, token: Token, need: Need): void {
  if (need.length === 0) return
  const met = (level: Level, name: string) => {
    if (level === 'read') return !store.repository.private || token.grants[name] !== undefined
    return token.grants[name] === 'write'
  }
  if (need.some((grants) => Object.entries(grants).every(([name, level]) => met(level, name)))) return
  if (token.kind === 'none') throw unauthenticated()
  const what = token.kind === 'installation' ? 'integration' : 'personal access token'
  throw forbidden(`Resource not accessible by ${what}`, accepted(need))
}

/** A person's own token can do no more than the person; what an app may do is in its token. */
export function demandRole({ kind, actor }: Token, role: Permission): void {
  if (kind === 'personal' && !atLeast(actor.person.permission, role)) throw notAllowed()
}

/** Authors may change what is theirs; what is another's takes a role. */
export function demandAuthor(token: Token, author: { id: number }, role: Permission): void {
  if (token.actor.person.id !== author.id) demandRole(token, role)
}

/** The need in the spelling of the header `x-accepted-github-permissions`. */
export function accepted(need: Need): string {
  const spell = (grants: Grants) => Object.entries(grants).map(([name, level]) => `${name}=${level}`)
  return need.length === 0 ? 'metadata=read' : need.map((grants) => spell(grants).join(',')).join('; ')
}

/** What it takes to label or change a thread: a pull request can be changed with either permission. */
export function writeThread(store: Store, number: number | undefined): Need {
  return isPull(store, number) ? WRITE_LABELS : WRITE_ISSUE
}

/** What it takes to comment or react. On a pull request the permission for issues is not enough, whatever is documented. */
export function converse(store: Store, number: number | undefined): Need {
  return isPull(store, number) ? WRITE_PULL : WRITE_ISSUE
}

function isPull(store: Store, number: number | undefined): boolean {
  return store.threads.find((candidate) => candidate.number === number)?.kind === 'pull-request'
}

/** True if the token speaks for somebody who may push, to whom locked conversations are open; apps are no collaborators. */
export function isCollaborator({ kind, actor }: Token): boolean {
  return kind === 'personal' && atLeast(actor.person.permission, 'write')
}

/** True if the token may push. */
export function canPush({ kind, actor, grants }: Token): boolean {
  return kind === 'personal' ? atLeast(actor.person.permission, 'write') : grants.contents === 'write'
}

/** True if the token may make labels that the repository does not have. */
export function canMakeLabels({ kind, actor, grants }: Token): boolean {
  return kind === 'personal' ? atLeast(actor.person.permission, 'write') : grants.issues === 'write'
}
