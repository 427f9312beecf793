/** Where things stand in the API, as far as the path of a request tells. */
import type { Request } from '../../server.ts'

/** The part of the path that names the repository. */
export function placeOf({ path }: Request): string {
  return /^\/(?:repos\/[^/]+\/[^/]+|repositories\/[^/]+)/.exec(path)?.[0] ?? ''
}

/** The request's own address with its beginning replaced. */
export function addressOf({ headers, path, query }: Request, place: string, before: string): string {
  const search = query.size === 0 ? '' : `?${query}`
  return `http://${headers.host}/${place}${path.slice(before.length)}${search}`
}

/** The request as if it had named the repository by its id, as `Link` and redirects do. */
export function byId(request: Request, id: number): Request {
  const place = placeOf(request)
  return place === '' ? request : { ...request, path: `/repositories/${id}${request.path.slice(place.length)}` }
}
