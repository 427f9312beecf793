/** Lists in pages, with the `Link` header that leads through them. */
import type { Answer, Request } from '../../server.ts'

/** One page of a list: 30 things unless asked for others, never more than 100. */
export function pageOf<T>(request: Request, all: T[], render: (thing: T) => unknown): Answer {
  const size = Math.min(100, positive(request.query.get('per_page'), 30))
  const page = positive(request.query.get('page'), 1)
  const last = Math.max(1, Math.ceil(all.length / size))
  const links: Record<string, number> = {}
  if (page > 1) Object.assign(links, { prev: Math.min(page - 1, last) })
  if (page < last) Object.assign(links, { next: page + 1, last })
  if (page > 1) Object.assign(links, { first: 1 })
  const body = all.slice((page - 1) * size, page * size).map(render)
  const link = Object.entries(links).map(([rel, to]) => `<${addressOf(request, to)}>; rel="${rel}"`)
  return { body, headers: link.length === 0 ? {} : { link: link.join(', ') } }
}

function positive(text: string | null, otherwise: number): number {
  const value = Number(text)
  return Number.isInteger(value) && value > 0 ? value : otherwise
}

function addressOf(request: Request, page: number): string {
  const query = new URLSearchParams(request.query)
  query.set('page', String(page))
  return `http://${request.headers.host}${request.path}?${query}`
}
