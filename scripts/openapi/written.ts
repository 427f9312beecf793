/** The text of an excerpt: a line for every operation and component, in a fixed order, so that changes can be read. */
import type { Excerpt } from './excerpt.ts'
import { isTree, type Tree } from './lean.ts'

/** Everything sorted by name, whatever order it was found in. */
export function written({ from, operations, components }: Excerpt): string {
  const kinds = entries(components).map(
    ([kind, named]) => `    ${kind}: ${block(isTree(named) ? named : {}, '      ')}`,
  )
  return [
    '{',
    `  "from": ${JSON.stringify(from)},`,
    `  "operations": ${block(operations, '    ')},`,
    `  "components": {\n${kinds.join(',\n')}\n  }`,
    '}\n',
  ].join('\n')
}

function block(named: Tree, margin: string): string {
  const lines = entries(named).map(([name, value]) => `${margin}${name}: ${JSON.stringify(value)}`)
  return `{\n${lines.join(',\n')}\n${margin.slice(2)}}`
}

function entries(named: Tree): [string, unknown][] {
  return Object.entries(named)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => [JSON.stringify(name), value])
}
