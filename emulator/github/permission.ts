/** Tokens: who they speak for, and what they may do. */
import { commitId } from './identity.ts'
import { type Actor, atLeast, type Person } from './person.ts'
import { badCredentials, forbidden } from './refusal.ts'
import type { Store } from './store.ts'

export type Level = 'read' | 'write'

export type Grants = Record<string, Level>

export type Token = { value: string; kind: 'installation' | 'personal'; actor: Actor; grants: Grants }

/** Ways to be allowed, any of which is enough; none at all: everybody is. */
export type Need = Grants[]

export const READ_CONTENTS: Need = [{ contents: 'read' }]
export const READ_THREAD: Need = [{ issues: 'read' }, { pull_requests: 'read' }]
export const READ_PULL: Need = [{ pull_requests: 'read' }]
export const WRITE_PULL: Need = [{ pull_requests: 'write' }]
export const WRITE_LABELS: Need = [{ issues: 'write' }, { pull_requests: 'write' }]

export type Tokens = {
  mint(kind: Token['kind'], actor: Actor, grants: Grants): string
  revoke(value: string): void
  /** The token of a request; refuses with 401. */
  of(headers: Record<string, string>): Token
}

/** All tokens that were given out and not taken back. */
export function makeTokens(): Tokens {
  const known = new Map<string, Token>()
  let minted = 0
  return {
    mint: (kind, actor, grants) => {
      minted += 1
      const value = `${kind === 'installation' ? 'ghs' : 'ghp'}_${commitId('token', minted).slice(0, 36)}`
      known.set(value, { value, kind, actor, grants: { ...grants } })
      return value
    },
    revoke: (value) => {
      known.delete(value)
    },
    of: ({ authorization = '' }) => {
      const token = known.get(authorization.replace(/^(bearer|token)\s+/i, ''))
      if (token === undefined) throw badCredentials()
      return token
    },
  }
}

/** What a person's own token may do here. */
export function grantsOf(person: Person): Grants {
  if (atLeast(person.permission, 'write')) return { contents: 'write', issues: 'write', pull_requests: 'write' }
  return { contents: 'read', issues: 'write', pull_requests: 'write' }
}

/** Refuses with 403 unless the token has what is needed; a public repository may be read by all. */
export function demand(store: Store, token: Token, need: Need): void {
  const met = (level: Level, name: string) => {
    if (level === 'read') return !store.repository.private || token.grants[name] !== undefined
    return token.grants[name] === 'write'
  }
  if (need.length === 0) return
  if (need.some((grants) => Object.entries(grants).every(([name, level]) => met(level, name)))) return
  const what = token.kind === 'installation' ? 'integration' : 'personal access token'
  throw forbidden(`Resource not accessible by ${what}`, accepted(need))
}

/** The need in the spelling of the header `x-accepted-github-permissions`. */
export function accepted(need: Need): string {
  const spell = (grants: Grants) => Object.entries(grants).map(([name, level]) => `${name}=${level}`)
  return need.length === 0 ? 'metadata=read' : need.map((grants) => spell(grants).join(',')).join('; ')
}

/** What it takes to write to a thread: a pull request can be written to with either permission. */
export function writeThread(store: Store, number: number | undefined): Need {
  const thread = store.threads.find((candidate) => candidate.number === number)
  return thread?.kind === 'pull-request' ? [{ issues: 'write' }, { pull_requests: 'write' }] : [{ issues: 'write' }]
}

/** True if the token may push, which opens locked conversations to it. */
export function canPush(token: Token): boolean {
  return token.grants.contents === 'write'
}
