/** Lists come in pages. Pages that are too large are asked for again in smaller ones, until only one item is missing. */
import { ServiceError } from '../service-error.ts'
import type { Page } from './schema.ts'

const LARGEST = 100
const MOST_PAGES = 200

export type PageQuery = { pageSize: string; pageToken: string; fields?: string }

export type Pages<T> = {
  read(query: PageQuery): Promise<Page<T>>
  /** Gets the items of each page, in order. */
  take(items: T[]): void
  /** Are no more wanted? */
  isEnough?(): boolean
  /** Where one item alone is too large to be read; `place` names it for as long as the list stays as it is. */
  leaveOut(place: string): void
}

/** Follows the tokens until there is none, one comes again, or `most` pages have been read. */
export async function eachPage<T>(pages: Pages<T>, most = MOST_PAGES): Promise<void> {
  const seen = new Set<string>()
  let token = ''
  do {
    seen.add(token)
    token = await readAt(pages, token, LARGEST)
  } while (token !== '' && !seen.has(token) && seen.size < most)
}

/** Reads so many items, however many pages that takes. Returns the token that leads on. */
async function readAt<T>(pages: Pages<T>, token: string, size: number): Promise<string> {
  const page = await unlessTooLarge(pages.read({ pageSize: String(size), pageToken: token }))
  if (page !== undefined) {
    pages.take(page.items)
    return pages.isEnough?.() ? '' : page.next
  }
  if (size === 1) {
    pages.leaveOut(token)
    return tokenBehind(pages, token)
  }
  let next = token
  for (let part = 0; part < 10 && (part === 0 || next !== ''); part += 1) next = await readAt(pages, next, size / 10)
  return next
}

/** Where the list goes on behind an item that cannot be read. A service that shows no part of a page ends it here. */
async function tokenBehind<T>({ read }: Pages<T>, token: string): Promise<string> {
  try {
    return (await read({ pageSize: '1', pageToken: token, fields: 'nextPageToken' })).next
  } catch (error) {
    if (isTooLarge(error) || (error instanceof ServiceError && error.facts.status === 400)) return ''
    throw error
  }
}

async function unlessTooLarge<T>(page: Promise<T>): Promise<T | undefined> {
  try {
    return await page
  } catch (error) {
    if (isTooLarge(error)) return undefined
    throw error
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof ServiceError && error.facts.code === 'too-large'
}
