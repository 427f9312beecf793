/** Is a request one that GitHub describes: the values in its path and query, and its body? */
import type { Request } from '../../../emulator/server.ts'
import { type Found, operations, type Parameter, parametersOf, schemaIn, validate } from './description.ts'

/** What is wrong with a request to a route, in words. */
export function faultsOfRequest(route: string, request: Request): string[] {
  return [...faultsOfPath(route, request), ...faultsOfQuery(route, request), ...faultsOfBody(route, request)]
}

function faultsOfPath(route: string, { path, params }: Request): string[] {
  const names = [...(operations[route]?.path.matchAll(/\{(\w+)\}/g) ?? [])].map(([, name]) => name)
  // The emulator has its own words for them, in the same order.
  const given = Object.values(params)
  const values = isById(path) ? ['owner', 'name', ...given.slice(1)] : given
  return parametersOf(route)
    .filter(({ it }) => it.in === 'path')
    .flatMap((parameter) => faultsOfValue(parameter, values[names.indexOf(parameter.it.name)] ?? ''))
}

/** `Link` and redirects name the repository by its id, and GitHub describes its routes by the name only. */
export function isById(path: string): boolean {
  return path.startsWith('/repositories/')
}

function faultsOfQuery(route: string, { query }: Request): string[] {
  const known = parametersOf(route).filter(({ it }) => it.in === 'query')
  const strangers = [...new Set(query.keys())].filter((name) => !known.some(({ it }) => it.name === name))
  return [
    ...strangers.map((name) => `the query has ${name}, which is not described`),
    ...known.flatMap((parameter) => {
      const given = query.getAll(parameter.it.name)
      if (given.length > 1) return [`the query has ${parameter.it.name} ${given.length} times`]
      if (given.length === 0 && parameter.it.required === true) return [`the query lacks ${parameter.it.name}`]
      return given.flatMap((text) => faultsOfValue(parameter, text))
    }),
  ]
}

function faultsOfValue({ it, at }: Found<Parameter>, text: string): string[] {
  return validate(`${at}/schema`, spelled(text, it)).map((fault) => `${it.name} is ${text || 'empty'}: ${fault}`)
}

/** Everything in an address is text; a text that is no number stays one, and is found wrong. */
function spelled(text: string, { schema }: Parameter): unknown {
  if (schema.type === 'integer' && /^-?\d+$/.test(text)) return Number(text)
  if (schema.type === 'boolean' && /^(?:true|false)$/.test(text)) return text === 'true'
  return schema.type === 'array' ? text.split(',') : text
}

function faultsOfBody(route: string, { text, body }: Request): string[] {
  const described = operations[route]?.requestBody
  if (text === '') return described?.required === true ? ['the request has no body'] : []
  if (described === undefined) return ['the request has a body, and none is described']
  if (body === undefined) return ['the body of the request is not JSON']
  const faults = validate(schemaIn(`#/operations/${route}/requestBody`), body)
  return faults.map((fault) => `the body of the request: ${fault}`)
}
