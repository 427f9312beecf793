/** Checks a request body against a message's fields, as strictly as Google's JSON transcoding does. */
import type { Request } from '../server.ts'
import { badField, badFields, type Violation } from './refusal.ts'

/** The kind of each field; `output` fields may be sent and are not looked at. */
export type Shape = { [field: string]: FieldKind }
export type FieldKind = 'string' | 'boolean' | 'output' | { enum: string; values: string[] } | { message: Shape }

type Values = Record<string, unknown>

/** The body as an object whose fields have the right kinds and camelCase names; `{}` where there is none. */
export function readBody(request: Request, shape: Shape, path = ''): Values {
  if (request.text === '') return {}
  refuseForm(request)
  if (request.body === undefined) throw badField('', `Invalid JSON payload received. ${syntaxError(request.text)}`)
  if (!isObject(request.body)) {
    throw badField('', 'Invalid JSON payload received. Unknown name "": Root element must be a message.')
  }
  const violations: Violation[] = []
  const values = readMessage(request.body, shape, { path, violations })
  if (violations.length > 0) throw badFields(violations)
  return values
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

/** What curl sends when nobody tells it the type of the body: its names are taken for query parameters. */
function refuseForm({ headers, text }: Request): void {
  if (!/^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '')) return
  const names = [...new Set(new URLSearchParams(text).keys())].map((name) => JSON.stringify(name).slice(1, -1))
  const why = (name: string) =>
    `Unknown name "${name}": Cannot bind query parameter. Field '${name}' could not be found in request message.`
  throw badFields(names.map((name) => ({ field: '', description: `Invalid JSON payload received. ${why(name)}` })))
}

function syntaxError(text: string): string {
  try {
    JSON.parse(text)
    return 'Unexpected token.'
  } catch (error) {
    return /end of JSON|Unterminated/.test(String(error)) ? 'Unexpected end of string.' : 'Unexpected token.'
  }
}

type Place = { path: string; violations: Violation[] }

/** Names may be written as in the definition of the message, too: `starting_branch`. */
function readMessage(message: Values, shape: Shape, { path, violations }: Place): Values {
  const read: Values = {}
  for (const [name, value] of Object.entries(message)) {
    const field = camel(name)
    const kind = Object.hasOwn(shape, field) ? shape[field] : undefined
    const at = path === '' ? snake(field) : `${path}.${snake(field)}`
    const wrong = kind === undefined ? 'Cannot find field.' : wrongForm(kind, value)
    if (kind === undefined || wrong !== undefined) {
      const where = path === '' ? '' : ` at '${path}'`
      const description = `Invalid JSON payload received. Unknown name "${name}"${where}: ${wrong}`
      violations.push({ field: path, description })
    } else if (kind !== 'output' && value !== null) {
      read[field] = readField(value, kind, { path: at, violations })
    }
  }
  return read
}

/** Lists and objects where a single value belongs; no field of Jules that a client may set is a list. */
function wrongForm(kind: FieldKind, value: unknown): string | undefined {
  if (kind === 'output') return undefined
  if (Array.isArray(value)) return 'Proto field is not repeating, cannot start list.'
  const isScalar = typeof kind === 'string' || 'enum' in kind
  return isScalar && isObject(value) ? 'Starting an object on a scalar field.' : undefined
}

function readField(value: unknown, kind: FieldKind, place: Place): unknown {
  const refuse = (type: string) => {
    const description = `Invalid value at '${place.path}' (${type}), ${JSON.stringify(value)}`
    place.violations.push({ field: place.path, description })
  }
  if (kind === 'string' || kind === 'boolean') {
    return typeof value === kind ? value : refuse(kind === 'string' ? 'TYPE_STRING' : 'TYPE_BOOL')
  }
  if (kind === 'output') return undefined
  if ('message' in kind) return isObject(value) ? readMessage(value, kind.message, place) : refuse(typeAt(place.path))
  const chosen = typeof value === 'number' ? kind.values[value] : value
  return typeof chosen === 'string' && kind.values.includes(chosen)
    ? chosen
    : refuse(`type.googleapis.com/${kind.enum}`)
}

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `session.source_context` → the name of the message that belongs there. */
function typeAt(path: string): string {
  const name = camel(`_${path.split('.').at(-1)}`)
  return `type.googleapis.com/google.labs.jules.v1alpha.${name}`
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function camel(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
