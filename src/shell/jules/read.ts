/** What is read from Jules: sources, sessions, activities. */
import type { Activity, Session } from '../../core/session.ts'
import { ServiceError } from '../service-error.ts'
import type { JulesClient } from './client.ts'
import { eachPage, type PageQuery, type Pages } from './pages.ts'
import { readActivity, readPage, readSession, readSource, type Source } from './schema.ts'

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

export type SessionQuery = {
  /** `either`: archived ones too; without it, only those that are not. */
  archived?: 'only' | 'either'
  /** How many pages of 100 are read at most. */
  pages?: number
}

const ARCHIVED = { only: 'archived = true', either: 'archived = true OR archived = false' }

/** sessions.list: the sessions of the account, newest first. */
export async function listSessions(client: JulesClient, { archived, pages }: SessionQuery = {}): Promise<Session[]> {
  const filter = archived === undefined ? '' : ARCHIVED[archived]
  const read = (query: PageQuery) => client.read('sessions.list', 'sessions', { ...query, filter })
  return everyItem(async (query) => readPage(await read(query), 'sessions', readSession), pages)
}

/** Some accounts hold thousands. */
const MOST_SESSION_PAGES = 10

/** sessions.list: page by page, the newest first, at most a thousand. */
export async function eachSession(
  client: JulesClient,
  listener: Pick<Pages<Session>, 'take' | 'isEnough'>,
): Promise<void> {
  const read = async (query: PageQuery) =>
    readPage(await client.read('sessions.list', 'sessions', query), 'sessions', readSession)
  await eachPage({ ...listener, read, leaveOut: () => {} }, MOST_SESSION_PAGES)
}

/** sessions.list: the newest sessions of the account, at most 100. */
export async function newestSessions(client: JulesClient): Promise<Session[]> {
  return (await listSessions(client, { pages: 1 })).filter(({ id }) => id !== '')
}

/** Gets the activities page by page, in the order in which they are served, and is told of those too large to be read. */
export type Listener = Pick<Pages<Activity>, 'take' | 'leaveOut'>

/**
 * activities.list from a time on (RFC 3339; '' for all). A session that was just created may be unknown to it for a while:
 * nothing is heard then. Where the service refuses the filter, or the token of a page, everything is heard, some of it perhaps
 * twice.
 */
export async function listActivities(
  client: JulesClient,
  session: string,
  since: string,
  listener: Listener,
): Promise<void> {
  const path = `sessions/${encodeURIComponent(session)}/activities`
  const filter = since === '' ? '' : `create_time > "${since}"`
  await unlessMissing(everything(filter).catch(onceMore))

  function everything(filter: string): Promise<void> {
    return eachPage({
      ...listener,
      read: async (query) =>
        readPage(await client.read('activities.list', path, { ...query, filter }), 'activities', readActivity),
    })
  }

  async function onceMore(error: unknown): Promise<void> {
    if (!(error instanceof ServiceError) || error.facts.status !== 400) throw error
    return everything('')
  }
}

/** activities.get; undefined where Jules knows no such activity. */
export async function getActivity(client: JulesClient, session: string, id: string): Promise<Activity | undefined> {
  const path = `sessions/${encodeURIComponent(session)}/activities/${encodeURIComponent(id)}`
  const reply = await unlessMissing(client.read('activities.get', path))
  return reply === undefined ? undefined : readActivity(reply)
}

/** sources.get; undefined where Jules knows no such source, or finds that no source can have such a name. */
export async function getSource(client: JulesClient, name: string): Promise<Source | undefined> {
  const reply = await unlessMissing(client.read('sources.get', name), [404, 400])
  return reply === undefined ? undefined : readSource(reply)
}

/** sources.list, one source only: does Jules accept the key? */
export async function tryKey(client: JulesClient): Promise<void> {
  await client.read('sources.list', 'sources', { pageSize: '1' })
}

/** sources.list: every source of the account, or those of these names. */
export async function listSources(client: JulesClient, names: readonly string[] = []): Promise<Source[]> {
  const filter = names.map((name) => `name=${name}`).join(' OR ')
  const read = (query: PageQuery) => client.read('sources.list', 'sources', { ...query, filter })
  return everyItem(async (query) => readPage(await read(query), 'sources', readSource))
}

/** Those that are too large to be read are missing. */
async function everyItem<T>(read: Pages<T>['read'], pages?: number): Promise<T[]> {
  const all: T[] = []
  await eachPage({ read, take: (items) => all.push(...items), leaveOut: () => {} }, pages)
  return all
}

/** Undefined where Jules knows no such thing. */
export async function unlessMissing<T>(reply: Promise<T>, statuses: readonly number[] = [404]): Promise<T | undefined> {
  try {
    return await reply
  } catch (error) {
    if (error instanceof ServiceError && statuses.includes(error.facts.status)) return undefined
    throw error
  }
}
