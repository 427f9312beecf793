/** The part of an OpenAPI description that concerns some routes, with everything it points to. */
import { isTree, lean, pointers, type Tree } from './lean.ts'

export type Excerpt = {
  /** Where it comes from, with its version. */
  from: string
  /** By the name of the route. */
  operations: Record<string, Tree>
  /** By kind, then by name. */
  components: Record<string, Tree>
}

type Asked = { name: string; method: string; pattern: string }

/** Not part of the REST API, so GitHub describes it elsewhere. */
export const GRAPHQL = 'graphql'

/** What GitHub leaves out of its description: the same routes by the repository's id, and those that it does not have. */
const isUndescribed = ({ name, pattern }: Asked) =>
  name === GRAPHQL || name === 'absent' || pattern.startsWith('/repositories/')

/** Keeps the operations of these routes; a route that GitHub does not have is an error. */
export function excerpt(description: unknown, routes: Asked[], from: string): Excerpt {
  const operations = Object.fromEntries(
    routes.filter((route) => !isUndescribed(route)).map((route) => [route.name, operationOf(description, route)]),
  )
  return { from, operations, components: componentsOf(description, operations) }
}

function operationOf(description: unknown, { name, method, pattern }: Asked): Tree {
  const path = Object.keys(treeAt(description, 'paths')).find((one) => shapeOf(one) === shapeOf(pattern))
  const operation = path === undefined ? undefined : treeAt(description, 'paths', path)[method.toLowerCase()]
  if (path === undefined || !isTree(operation))
    throw new Error(`GitHub describes no ${method} ${pattern}. Correct the route ${name}.`)
  const { operationId, parameters, requestBody, responses } = operation
  return { method, path, operationId, ...treeOf(lean({ parameters, requestBody, responses })) }
}

/** `/repos/:owner/labels/:name*` and `/repos/{owner}/labels/{name}` are alike. */
export function shapeOf(path: string): string {
  return path.replace(/\{\w+\}|:\w+\*?/g, '{}')
}

function componentsOf(description: unknown, operations: Tree): Record<string, Tree> {
  const kept: Record<string, Tree> = {}
  const ahead = pointers(operations)
  for (let pointer = ahead.pop(); pointer !== undefined; pointer = ahead.pop()) {
    const [, , kind = '', name = ''] = pointer.split('/')
    if (kept[kind]?.[name] !== undefined) continue
    const component = lean(treeAt(description, 'components', kind)[name])
    kept[kind] = { ...kept[kind], [name]: component }
    ahead.push(...pointers(component))
  }
  return kept
}

function treeAt(tree: unknown, ...keys: string[]): Tree {
  return treeOf(keys.reduce((at, key) => treeOf(at)[key], tree))
}

function treeOf(value: unknown): Tree {
  if (isTree(value)) return value
  throw new Error('This is not an OpenAPI description. Name the archive of the package, or none.')
}
