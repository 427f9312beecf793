/** What is read from Jules: sources, sessions, activities. */
import { lighten } from '../../core/decision/media.ts'
import type { Activity, Session } from '../../core/session.ts'
import { ServiceError } from '../service-error.ts'
import type { JulesClient } from './client.ts'
import { type Page, readActivity, readPage, readSession, readSource, type Source } from './schema.ts'

const PAGE_SIZE = '100'
const MOST_PAGES = 200

/** sessions.get; undefined where Jules knows no such session. */
export async function getSession(client: JulesClient, id: string): Promise<Session | undefined> {
  const reply = await unlessMissing(client.read('sessions.get', `sessions/${encodeURIComponent(id)}`))
  if (reply === undefined) return undefined
  const session = readSession(reply)
  // An answer that names no session says nothing about this one.
  if (session.id === '') throw new ServiceError({ ...NO_SESSION, passing: true, unsure: false })
  return session
}

const NO_SESSION = { party: 'jules', call: 'sessions.get', status: 200, code: 'no-session', said: '' } as const

/** sessions.list: the newest sessions of the account, at most 100. */
export async function newestSessions(client: JulesClient): Promise<Session[]> {
  const reply = await client.read('sessions.list', 'sessions', { pageSize: PAGE_SIZE })
  return readPage(reply, 'sessions', readSession).items.filter(({ id }) => id !== '')
}

/**
 * activities.list from a time on (RFC 3339; '' for all), in the order in which they are served. A session that was just
 * created may be unknown to it for a while: undefined.
 */
export async function listActivities(
  client: JulesClient,
  session: string,
  since: string,
): Promise<Activity[] | undefined> {
  const path = `sessions/${encodeURIComponent(session)}/activities`
  const read = (token: string, filter: string) =>
    client.read('activities.list', path, { pageSize: PAGE_SIZE, pageToken: token, filter })
  const filter = since === '' ? '' : `create_time > "${since}"`
  const found = await unlessMissing(everything(filter).catch(withoutFilter))
  return found

  /** Patches and media weigh so much that those of all pages together could not be held. */
  function everything(filter: string): Promise<Activity[]> {
    return allPages((token) => read(token, filter), readActivities, lighten)
  }

  /** A service that refuses the filter still lists everything. */
  async function withoutFilter(error: unknown): Promise<Activity[]> {
    if (filter === '' || !(error instanceof ServiceError) || error.facts.status !== 400) throw error
    return everything('')
  }
}

function readActivities(reply: unknown): Page<Activity> {
  return readPage(reply, 'activities', readActivity)
}

/** sources.get; undefined where Jules knows no such source. */
export async function getSource(client: JulesClient, name: string): Promise<Source | undefined> {
  const reply = await unlessMissing(client.read('sources.get', name))
  return reply === undefined ? undefined : readSource(reply)
}

/** sources.list, one source only: does Jules accept the key? */
export async function tryKey(client: JulesClient): Promise<void> {
  await client.read('sources.list', 'sources', { pageSize: '1' })
}

/** sources.list: every source of the account. */
export async function listSources(client: JulesClient): Promise<Source[]> {
  return allPages(
    (token) => client.read('sources.list', 'sources', { pageSize: PAGE_SIZE, pageToken: token }),
    (reply) => readPage(reply, 'sources', readSource),
  )
}

/** Follows the tokens until there is none, or one comes again. `lighten` says what is kept of the items so far. */
async function allPages<T>(
  read: (token: string) => Promise<unknown>,
  page: (reply: unknown) => Page<T>,
  lighten = (items: T[]) => items,
): Promise<T[]> {
  let all: T[] = []
  const seen = new Set<string>()
  for (let token = ''; seen.size < MOST_PAGES && !seen.has(token); ) {
    seen.add(token)
    const { items, next } = page(await read(token))
    all = lighten([...all, ...items])
    if (next === '') return all
    token = next
  }
  return all
}

/** Undefined where Jules knows no such thing. */
export async function unlessMissing<T>(reply: Promise<T>): Promise<T | undefined> {
  try {
    return await reply
  } catch (error) {
    if (error instanceof ServiceError && error.facts.status === 404) return undefined
    throw error
  }
}
