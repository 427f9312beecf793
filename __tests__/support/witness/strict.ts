/** The schemas of an OpenAPI description in the words of JSON Schema, and closed: what is not listed is wrong. */
import { isTree, type Tree } from '../../../scripts/openapi/lean.ts'

/** The same part with every schema in it made strict. */
export function strict(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(strict)
  if (!isTree(part)) return part
  const { nullable, ...rest } = part
  const schema = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, strictUnder(key, value)]))
  const closed = isTree(part.properties) ? { additionalProperties: false, ...schema } : schema
  return nullable === true ? orNull(closed) : closed
}

/** Names of properties may be words of a schema as well, and mean nothing there. */
function strictUnder(key: string, value: unknown): unknown {
  // What is put together of several parts has more properties than any of them.
  if (key === 'allOf' && Array.isArray(value)) return value.map((part) => opened(strict(part)))
  if (key !== 'properties' || !isTree(value)) return strict(value)
  return Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, strict(schema)]))
}

function opened(schema: unknown): unknown {
  if (!isTree(schema)) return schema
  const { additionalProperties: _, ...rest } = schema
  return rest
}

function orNull(schema: Tree): Tree {
  return typeof schema.type === 'string' && schema.enum === undefined
    ? { ...schema, type: [schema.type, 'null'] }
    : { anyOf: [schema, { type: 'null' }] }
}
