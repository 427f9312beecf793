/** The one GraphQL question that is understood: who am I? */
import { refusal } from '../refusal.ts'
import { fieldOf, type Spec } from './plan.ts'

const ONLY_VIEWER = /^\s*(?:query\s*\w*\s*)?\{\s*viewer\s*\{(?:\s|\blogin\b|\bdatabaseId\b)+\}\s*\}\s*$/

/** `POST /graphql`, for `query { viewer { login databaseId } }`. */
export const GRAPHQL_ROUTE: Spec = {
  name: 'graphql',
  method: 'POST',
  pattern: '/graphql',
  handle: ({ request, token }) => {
    if (token.kind === 'none') throw refusal(401, 'This endpoint requires you to be authenticated.')
    const query = fieldOf(request, 'query')
    if (typeof query !== 'string') throw refusal(400, 'A query attribute must be specified and must be a string.')
    if (!ONLY_VIEWER.test(query)) throw refusal(501, 'The emulated GitHub can only be asked for `viewer`.')
    const { login, id } = token.actor.person
    return { body: { data: { viewer: { login, databaseId: id } } } }
  },
}
