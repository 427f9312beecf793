/** Who did something, as payloads and the API both show it. */
import { text, whole } from '../outside.ts'
import type { Person } from './event.ts'

/** Logins go into addresses and mentions. */
const LOGIN = /^[\w.-]{1,100}(\[bot\])?$/

/** Undefined for an account that was deleted, and for what is none. */
export function readPerson(value: unknown): Person | undefined {
  const id = whole(value, 'id')
  const login = text(value, 'login')
  if (id === undefined || !LOGIN.test(login)) return undefined
  return { login, id, bot: text(value, 'type') === 'Bot' || login.endsWith('[bot]') }
}
