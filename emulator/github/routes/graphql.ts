/** The one GraphQL question that is understood: who am I? */
import { refusal } from '../refusal.ts'
import { fieldOf, type Spec } from './plan.ts'

/** `POST /graphql`, for `query { viewer { login databaseId } }`. */
export const GRAPHQL_ROUTE: Spec = {
  name: 'graphql',
  method: 'POST',
  pattern: '/graphql',
  handle: ({ request, token }) => {
    if (token.kind === 'none') throw refusal(401, 'This endpoint requires you to be authenticated.')
    const query = fieldOf(request, 'query')
    if (typeof query !== 'string') throw refusal(400, 'A query attribute must be specified and must be a string.')
    if (!/\bviewer\b/.test(query)) return { body: { errors: [{ message: 'Only `viewer` can be asked for here.' }] } }
    const { login, id } = token.actor.person
    return { body: { data: { viewer: { login, databaseId: id } } } }
  },
}
