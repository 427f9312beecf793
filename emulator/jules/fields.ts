/** The mask of the standard parameter `fields`: `sessions(id,state),nextPageToken`, also `sessions/id` and `*`. */
import { badField } from './refusal.ts'

/** What of an object is shown, by name; with nothing inside, all of it. */
type Mask = Map<string, Mask>

/** Reads a mask, or refuses it; answers what the mask leaves of a body. */
export function readMask(text: string): (body: unknown) => unknown {
  const tokens = text.match(/[\w*-]+|\S/g) ?? []
  const mask = readList(tokens, text)
  if (tokens.length > 0) throw malformed(text)
  return (body) => show(body, mask)
}

/** Takes its tokens off the front. */
function readList(tokens: string[], text: string): Mask {
  const mask: Mask = new Map()
  do {
    const names = [readName(tokens, text)]
    while (take(tokens, '/') || take(tokens, '.')) names.push(readName(tokens, text))
    let inner = mask
    for (const name of names) {
      const next: Mask = inner.get(name) ?? new Map()
      inner.set(name, next)
      inner = next
    }
    if (take(tokens, '(')) {
      for (const [name, rest] of readList(tokens, text)) inner.set(name, rest)
      if (!take(tokens, ')')) throw malformed(text)
    }
  } while (take(tokens, ','))
  return mask
}

function readName(tokens: string[], text: string): string {
  const name = tokens.shift() ?? ''
  if (!/^[\w*-]+$/.test(name)) throw malformed(text)
  return name
}

function take(tokens: string[], wanted: string): boolean {
  if (tokens[0] !== wanted) return false
  tokens.shift()
  return true
}

function show(value: unknown, mask: Mask): unknown {
  if (mask.size === 0 || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => show(item, mask))
  const shown = Object.entries(value).flatMap(([name, inner]) => {
    const wanted = mask.get(name) ?? mask.get('*')
    return wanted === undefined ? [] : [[name, show(inner, wanted)]]
  })
  return Object.fromEntries(shown)
}

function malformed(text: string) {
  return badField('fields', `Error expanding 'fields' parameter. Cannot find matching fields for path '${text}'.`)
}
