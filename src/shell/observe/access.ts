/** May they ask? Asked once per person and run. */
import { judgeBot, judgePerson } from '../../core/decision/access.ts'
import type { Access } from '../../core/decision/observed.ts'
import type { Person } from '../../core/event/event.ts'
import { readPermission } from '../github/read.ts'
import type { Parties } from '../parties.ts'
import type { Memory } from './memory.ts'

/** The sender and, where somebody else has started the run again, that person too. */
export async function accessOfIntent(parties: Parties, memory: Memory): Promise<Access> {
  const { asker } = parties.intent
  if (asker === undefined) return { allowed: true }
  const access = await accessOf(parties, memory, asker)
  const { triggeringActor, attempt } = parties.run
  if (!access.allowed || attempt === 1 || triggeringActor === '' || triggeringActor === asker.login) return access
  return accessOfName(parties, triggeringActor)
}

export async function accessOf(parties: Parties, memory: Pick<Memory, 'access'>, person: Person): Promise<Access> {
  const known = memory.access.get(person.id)
  if (known !== undefined) return known
  const access = person.bot
    ? judgeBot(person, parties.config)
    : judgePerson(person, await readPermission(parties.github, person), parties.config)
  memory.access.set(person.id, access)
  return access
}

/** Of the triggering actor the runner tells the name alone. */
async function accessOfName(parties: Parties, login: string): Promise<Access> {
  const bot = login.endsWith('[bot]')
  if (bot) return judgeBot({ login, id: 0, bot }, parties.config)
  const seen = await readPermission(parties.github, { login, id: 0, bot })
  const id = seen.kind === 'known' ? seen.id : 0
  return judgePerson({ login, id, bot }, seen, parties.config)
}
