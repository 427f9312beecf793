/** Query parameters: which are known, how large a page is, and how lists are cut into pages. */
import { badField, invalidArgument } from './refusal.ts'

/** Standard parameters of every Google API that change nothing here. */
const STANDARD = ['alt', '$alt', 'prettyPrint']
const LARGEST_PAGE = 100

/** Refuses parameters that the method does not have. */
export function allowParameters(query: URLSearchParams, names: string[]): void {
  for (const name of query.keys()) {
    if (names.includes(name) || STANDARD.includes(name)) continue
    const why = `Cannot bind query parameter. Field '${name}' could not be found in request message.`
    throw badField('', `Invalid JSON payload received. Unknown name "${name}": ${why}`)
  }
}

/** The size of a page: too large ones are cut to 100, as the API does. */
export function pageSize(query: URLSearchParams, usual: number): number {
  const text = query.get('pageSize') ?? ''
  if (text === '') return usual
  if (!/^-?\d{1,9}$/.test(text)) throw badField('page_size', `Invalid value at 'page_size' (TYPE_INT32), "${text}"`)
  const size = Number(text)
  if (size < 0) throw invalidArgument()
  return size === 0 ? usual : Math.min(size, LARGEST_PAGE)
}

export type Page<T> = { items: T[]; nextPageToken: string }

export type Paging<T> = {
  query: URLSearchParams
  usual: number
  /** The token that leads on behind `last`, whose next one is `next`. */
  token(last: T, next: T): string
  /** Tells whether an item comes after what the token stands for; undefined: the token is not one of ours. */
  follows(token: string): ((item: T) => boolean) | undefined
}

/** Cuts one page out of a list that is in order. */
export function cutPage<T>(all: T[], paging: Paging<T>): Page<T> {
  const size = pageSize(paging.query, paging.usual)
  const token = paging.query.get('pageToken') ?? ''
  const follows = token === '' ? () => true : paging.follows(token)
  if (follows === undefined) throw invalidArgument()
  const rest = all.filter(follows)
  const items = rest.slice(0, size)
  const [last, next] = [items.at(-1), rest[size]]
  return { items, nextPageToken: last !== undefined && next !== undefined ? paging.token(last, next) : '' }
}
