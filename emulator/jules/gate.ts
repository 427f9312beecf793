/** What every call of the API passes: its key, the time, the standard parameters, and the form of a refusal. */
import type { Answer, Request, Route } from '../server.ts'
import { readMask } from './fields.ts'
import { readQuery } from './query.ts'
import { notFound, Refusal, unauthenticated } from './refusal.ts'
import type { Settings } from './settings.ts'

/** Lets the time pass before a call, sets the timer after it, and turns refusals into answers. */
export function handling(route: Route, settings: Settings, catchUp: () => void): (request: Request) => Promise<Answer> {
  return async (request) => {
    catchUp()
    const query = readQuery(request.query)
    const fields = query.get('fields')
    if (settings.fields !== 'refused') query.delete('fields')
    try {
      const shown = settings.fields === 'honoured' && fields ? readMask(fields) : undefined
      const answer = await route.handle({ ...request, query })
      return shown === undefined ? answer : { ...answer, body: shown(answer.body) }
    } catch (error) {
      if (error instanceof Refusal) return error.answer
      throw error
    } finally {
      catchUp()
    }
  }
}

/** Refuses calls without the key; a bare name, which some documents show, stands for nothing. */
export function guard(request: Request, route: Route | undefined, key: string | undefined): Answer | undefined {
  const isBareName = route === undefined && /^\/v1alpha\/\d+$/.test(request.path)
  if ((route === undefined && !isBareName) || route?.name.startsWith('emulator')) return undefined
  const given = request.headers['x-goog-api-key'] ?? ''
  const name = route?.name ?? 'sessions.get'
  if (given === '') return unauthenticated('missing', name).answer
  if (key !== undefined && given !== key) return unauthenticated('unknown', name).answer
  return isBareName ? notFound().answer : undefined
}
