/** The one question over GraphQL, described by hand in the form of the others: GitHub's description has the REST API only. */
import type { Operation } from './description.ts'

const viewer = {
  type: 'object',
  properties: { login: { type: 'string', minLength: 1 }, databaseId: { type: 'integer' } },
  required: ['login', 'databaseId'],
}

const error = {
  type: 'object',
  properties: { message: { type: 'string' }, type: { type: 'string' } },
  required: ['message'],
}

/** `POST /graphql`, for `query { viewer { login databaseId } }`: what fails is answered with 200 as well. */
export const GRAPHQL_OPERATION: Operation = {
  method: 'POST',
  path: '/graphql',
  operationId: 'graphql',
  requestBody: {
    required: true,
    content: json({
      type: 'object',
      properties: {
        query: { type: 'string', pattern: '^\\s*(query\\s*\\w*\\s*)?\\{\\s*viewer\\s*\\{[\\s\\w]*\\}\\s*\\}\\s*$' },
        variables: { type: 'object' },
        operationName: { type: 'string' },
      },
      required: ['query'],
    }),
  },
  responses: {
    200: {
      content: json({
        oneOf: [
          {
            type: 'object',
            properties: { data: { type: 'object', properties: { viewer }, required: ['viewer'] } },
            required: ['data'],
          },
          {
            type: 'object',
            properties: { errors: { type: 'array', items: error, minItems: 1 } },
            required: ['errors'],
          },
        ],
      }),
    },
  },
}

function json(schema: Record<string, unknown>) {
  return { 'application/json': { schema } }
}
