/** Checks a request body against a message's fields, as strictly as Google's JSON transcoding does. */
import type { Request } from '../server.ts'
import { badField, invalidArgument } from './refusal.ts'

/** The kind of each field; `output` fields may be sent and are not looked at. */
export type Shape = { [field: string]: FieldKind }
export type FieldKind = 'string' | 'boolean' | 'output' | { enum: string; values: string[] } | { message: Shape }

type Values = Record<string, unknown>

/** The body as an object whose fields have the right kinds; `{}` where there is none. */
export function readBody(request: Request, shape: Shape, path = ''): Values {
  if (request.text === '') return {}
  if (request.body === undefined) throw invalidArgument('Invalid JSON payload received. Unexpected token.')
  return readMessage(request.body, shape, path)
}

/** A field of a checked message as text; "" where it is absent. */
export function textOf(values: Values, field: string): string {
  const value = values[field]
  return typeof value === 'string' ? value : ''
}

/** A field of a checked message as a message; undefined where it is absent. */
export function messageOf(values: Values, field: string): Values | undefined {
  const value = values[field]
  return isObject(value) ? value : undefined
}

function readMessage(value: unknown, shape: Shape, path: string): Values {
  if (!isObject(value)) throw path === '' ? invalidArgument() : badField(path, `Invalid value at '${path}'.`)
  for (const [name, inner] of Object.entries(value)) checkField(name, inner, shape, path)
  return value
}

function checkField(name: string, value: unknown, shape: Shape, path: string): void {
  const kind = Object.hasOwn(shape, name) ? shape[name] : undefined
  if (kind === undefined) {
    const where = path === '' ? '' : ` at '${path}'`
    throw badField(path, `Invalid JSON payload received. Unknown name "${name}"${where}: Cannot find field.`)
  }
  if (kind === 'output' || value === null) return
  const at = path === '' ? snake(name) : `${path}.${snake(name)}`
  const refuse = (type: string) => badField(at, `Invalid value at '${at}' (${type}), ${JSON.stringify(value)}`)
  if (kind === 'string' || kind === 'boolean') {
    if (typeof value !== kind) throw refuse(kind === 'string' ? 'TYPE_STRING' : 'TYPE_BOOL')
  } else if ('message' in kind) {
    readMessage(value, kind.message, at)
  } else if (typeof value !== 'string' || !kind.values.includes(value)) {
    throw refuse(`type.googleapis.com/${kind.enum}`)
  }
}

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
