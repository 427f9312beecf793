/** GitHub's own description of its API, as far as the emulated one serves it (`npm run openapi` writes it). */
import { readFileSync } from 'node:fs'
import type { Tree } from '../../../scripts/openapi/lean.ts'
import { corrected } from './corrections.ts'
import { GRAPHQL_OPERATION } from './graphql.ts'
import { strict } from './strict.ts'
import { makeValidate, type Validate } from './validator.ts'

type Reference = { $ref: string }

export type Parameter = { name: string; in: string; required?: boolean; schema: Tree }

export type Content = { 'application/json': { schema: Tree } }

export type Operation = {
  method: string
  path: string
  operationId: string
  parameters?: (Parameter | Reference)[]
  requestBody?: { required?: boolean; content: Content }
  responses: Record<string, Reply | Reference>
}

export type Reply = { content?: Content; headers?: Record<string, unknown> }

type Description = {
  operations: Record<string, Operation>
  components: { parameters: Record<string, Parameter>; responses: Record<string, Reply>; schemas: Record<string, Tree> }
}

const { operations: described, components }: Description = JSON.parse(
  readFileSync(new URL('../openapi/github.json', import.meta.url), 'utf8'),
)

/** By the name of the emulator's route. */
export const operations: Record<string, Operation> = { ...described, graphql: GRAPHQL_OPERATION }

/** Holds a value against the schema at a pointer into the description. */
export const validate: Validate = makeValidate(
  Object(strict({ operations, components: { ...components, schemas: corrected(components.schemas) } })),
)

/** Something of an operation, and where it stands. */
export type Found<T> = { it: T; at: string }

/** The parameters of a route. */
export function parametersOf(route: string): Found<Parameter>[] {
  return (operations[route]?.parameters ?? []).map((one, n) =>
    follow(components.parameters, one, `#/operations/${route}/parameters/${n}`),
  )
}

/** What a route answers with a status, if it says so. */
export function replyOf(route: string, status: number): Found<Reply> | undefined {
  const reply = operations[route]?.responses[status]
  return reply && follow(components.responses, reply, `#/operations/${route}/responses/${status}`)
}

/** The schema of the JSON in a body that stands at a pointer. */
export function schemaIn(at: string): string {
  return `${at}/content/application~1json/schema`
}

function follow<T extends object>(named: Record<string, T>, one: T | Reference, at: string): Found<T> {
  if (!('$ref' in one)) return { it: one, at }
  const it = named[one.$ref.slice(one.$ref.lastIndexOf('/') + 1)]
  if (it === undefined) throw new Error(`The description lacks ${one.$ref}. Write it anew with \`npm run openapi\`.`)
  return { it, at: one.$ref }
}
