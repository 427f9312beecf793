/** A part of an OpenAPI description without its prose: what a machine needs to check by it, and nothing else. */

export type Tree = { [key: string]: unknown }

const PROSE = new Set([
  'default',
  'deprecated',
  'description',
  // It only says which of several forms to try first.
  'discriminator',
  'example',
  'examples',
  'title',
])

/** Under these keys stand names that somebody chose, and none of them is prose. */
const NAMED = new Set(['properties', 'responses', 'headers'])

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The part with the prose taken out, at every depth; of several media types only JSON stays. */
export function lean(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(lean)
  if (!isTree(part)) return part
  const kept = Object.entries(part).filter(([key]) => !PROSE.has(key) && !key.startsWith('x-'))
  return Object.fromEntries(kept.map(([key, value]) => [key, leanUnder(key, value)]))
}

function leanUnder(key: string, value: unknown): unknown {
  if (!isTree(value)) return lean(value)
  if (key === 'content') return { 'application/json': lean(value['application/json']) }
  if (!NAMED.has(key)) return lean(value)
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, lean(one)]))
}

/** Every `#/components/…` that a part points to. */
export function pointers(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(pointers)
  if (!isTree(part)) return []
  return Object.entries(part).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string' ? [value] : pointers(value),
  )
}
