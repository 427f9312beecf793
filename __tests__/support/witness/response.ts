/** Is an answer one that GitHub describes: its status, its body and the headers that lead on? */
import type { Answer, Request } from '../../../emulator/server.ts'
import { ALSO_ANSWERED } from './also-answered.ts'
import { type Found, type Reply, replyOf, schemaIn, validate } from './description.ts'

/** What is wrong with an answer of a route, in words. */
export function faultsOfResponse(route: string, request: Request, answer: Answer): string[] {
  const status = answer.status ?? 200
  const described = replyOf(route, status)
  if (described === undefined && ALSO_ANSWERED[status] === undefined) return [`${status} is not described`]
  const reply = described ?? { it: {}, at: '' }
  return [
    ...faultsOfBody(reply, ALSO_ANSWERED[status]?.body, answer),
    ...faultsOfLink(reply.it, request, answer.headers?.link),
    ...faultsOfLocation(reply.it, answer.headers?.location),
  ]
}

function faultsOfBody({ it, at }: Found<Reply>, otherwise: string | undefined, answer: Answer): string[] {
  // Who does not say what program they are is turned away in plain words.
  if (answer.status === 403 && answer.text?.includes('User-Agent') === true) return []
  if (answer.text !== undefined && answer.text !== '') return ['the answer is text, not JSON']
  const pointer = it.content === undefined ? otherwise : schemaIn(at)
  if (pointer === undefined) return answer.body === undefined ? [] : ['the answer has a body, and none is described']
  if (answer.body === undefined) return ['the answer has no body']
  const sent: unknown = JSON.parse(JSON.stringify(answer.body))
  return validate(pointer, sent).map((fault) => `the body of the answer: ${fault}`)
}

const LINK = /^<(http[^>]+)>; rel="(prev|next|last|first)"$/

function faultsOfLink({ headers }: Reply, request: Request, link: string | undefined): string[] {
  if (link === undefined) return []
  if (headers?.Link === undefined) return ['the answer has a header Link, and none is described']
  return link.split(', ').flatMap((part) => {
    const address = LINK.exec(part)?.[1]
    if (address === undefined) return [`the header Link is not of GitHub’s form: ${part}`]
    const { pathname, searchParams } = new URL(address)
    const leadsOn =
      inRepository(pathname) === inRepository(request.path) && /^[1-9]\d*$/.test(searchParams.get('page') ?? '')
    return leadsOn ? [] : [`the header Link leads to no page of the same list: ${part}`]
  })
}

/** The path behind the repository's name or id. */
function inRepository(path: string): string {
  return path.replace(/^\/(?:repos\/[^/]+\/[^/]+|repositories\/[^/]+)/, '')
}

function faultsOfLocation({ headers }: Reply, location: string | undefined): string[] {
  return headers?.Location === undefined || location !== undefined ? [] : ['the answer lacks the header Location']
}
