/** The parts of a parsed program that the checks look at. */
export type Syntax = {
  type?: unknown
  value?: unknown
  pattern?: string
  flags?: string
  callee?: Syntax
}

/** Every node of the tree, in no order. */
export function nodesOf(tree: unknown): Syntax[] {
  const nodes: Syntax[] = []
  const open: unknown[] = [tree]
  while (open.length > 0) {
    const node = open.pop()
    if (typeof node !== 'object' || node === null) continue
    if ('type' in node) nodes.push(node)
    open.push(...Object.values(node))
  }
  return nodes
}
