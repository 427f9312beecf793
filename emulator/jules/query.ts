/** Query parameters: which are known, how large a page is, and how lists are cut into pages. */
import { badField, invalidArgument } from './refusal.ts'

/** Standard parameters of every Google API that change nothing here; of the formats there is only JSON. */
const STANDARD = ['alt', '$alt', 'prettyPrint']
const LARGEST_PAGE = 100
const SPELLINGS: Record<string, string> = { page_size: 'pageSize', page_token: 'pageToken' }

/** Refuses parameters that the method does not have. */
export function allowParameters(query: URLSearchParams, names: string[]): void {
  for (const name of query.keys()) {
    if (name.endsWith('alt') && query.get(name) !== 'json' && STANDARD.includes(name)) throw invalidArgument()
    if (names.includes(name) || STANDARD.includes(name)) continue
    const why = `Cannot bind query parameter. Field '${name}' could not be found in request message.`
    throw badField('', `Invalid JSON payload received. Unknown name "${name}": ${why}`)
  }
}

/** The parameters as methods know them: names may come as in the definition of the request, such as `page_size`. */
export function readQuery(query: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...query].map(([name, value]) => [SPELLINGS[name] ?? name, value]))
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
  /** Where in the list the first item after what the token stands for is; undefined: the token is not one of ours. */
  start(token: string): number | undefined
}

/** Cuts one page out of the items of an ordered list that match. */
export function cutPage<T>(all: T[], matches: (item: T) => boolean, paging: Paging<T>): Page<T> {
  const size = pageSize(paging.query, paging.usual)
  const token = paging.query.get('pageToken') ?? ''
  const start = token === '' ? 0 : paging.start(token)
  if (start === undefined) throw invalidArgument()
  const items: T[] = []
  for (const item of all.slice(start)) {
    if (!matches(item)) continue
    const last = items.at(-1)
    if (items.length === size && last !== undefined) return { items, nextPageToken: paging.token(last, item) }
    items.push(item)
  }
  return { items, nextPageToken: '' }
}
