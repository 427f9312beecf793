/** May this person ask? Fails closed: whatever is not known to be enough is not enough. */
import type { Config, Permission } from '../config.ts'
import type { Person } from '../event/event.ts'
import type { Access } from './observed.ts'

/** What the collaborator permission API said of a person, or that it said nothing usable. */
export type PermissionSeen =
  | { kind: 'known'; id: number; permission: string; role: string }
  | { kind: 'unknown'; moved?: boolean }

/** Bots are known by name or id alone: the permission API does not know them. */
export function judgeBot(bot: Person, config: Pick<Config, 'allowedBots'>): Access {
  const named = config.allowedBots.includes(bot.login.toLowerCase()) || config.allowedBots.includes(String(bot.id))
  return named ? { allowed: true } : { allowed: false, reason: 'bot-not-allowed' }
}

export function judgePerson(person: Person, seen: PermissionSeen, config: Pick<Config, 'minimumPermission'>): Access {
  if (seen.kind === 'unknown' && seen.moved) return { allowed: false, reason: 'other-repository' }
  // A login can be given up and registered by somebody else; the id cannot.
  if (seen.kind === 'unknown' || seen.id !== person.id) return { allowed: false, reason: 'permission-unknown' }
  if (!['admin', 'write', 'read', 'none'].includes(seen.permission))
    return { allowed: false, reason: 'permission-unknown' }
  return isEnough(config.minimumPermission, seen) ? { allowed: true } : { allowed: false, reason: 'permission-too-low' }
}

/** The API folds maintain into write, and triage into read; `role` still tells them apart. */
function isEnough(minimum: Permission, seen: { permission: string; role: string }): boolean {
  const { permission, role } = seen
  switch (minimum) {
    case 'admin':
      return permission === 'admin'
    case 'maintain':
      return permission === 'admin' || (permission === 'write' && role === 'maintain')
    case 'write':
      return permission === 'admin' || permission === 'write'
    case 'triage':
      return permission === 'admin' || permission === 'write' || (permission === 'read' && role === 'triage')
  }
}
