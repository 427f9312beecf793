/** Whatever a stranger writes, no regular expression of ours takes more than linear time for it. */
import { parseSync } from '@swc/core'
import { checkSync } from 'recheck'
import { files, read } from '../contract/tree.ts'
import { nodesOf, type Syntax } from './syntax.ts'

/** Milliseconds that the proof for one of them may take. */
const PATIENCE = 50_000
/** Counted in steps, so that a busy machine changes nothing. In the short run fewer attacks are tried. */
const EFFORT = {
  attackTimeout: null,
  incubationTimeout: null,
  ...(process.env.FULL === undefined && { maxIteration: 1, maxInitialGenerationSize: 100 }),
}

const nodes = files('src/', '.ts').flatMap((file) =>
  nodesOf(parseSync(read(file), { syntax: 'typescript', target: 'es2024' })).map((node) => ({ file, node })),
)
const found = nodes
  .filter(({ node }) => node.type === 'RegExpLiteral')
  .map(({ file, node: { pattern = '', flags = '' } }) => ({ file, pattern, flags }))
const each = [...new Map(found.map((one) => [`/${one.pattern}/${one.flags}`, one])).values()]

test('there is something to look at', () => {
  expect(each.length).toBeGreaterThan(80)
})

test('T-130 the check finds what is slow', () => {
  expect(checkSync('^(a+)+$', '', EFFORT).status).toBe('vulnerable')
  expect(checkSync('\\[([^\\]]*)\\]\\(([^)]*)\\)', '', EFFORT).status).toBe('vulnerable')
})

test.each(each)('T-130 $file: /$pattern/$flags is safe', ({ pattern, flags }) => {
  expect(checkSync(pattern, flags, { ...EFFORT, timeout: PATIENCE }).status).toBe('safe')
})

test('T-130 none is put together at run time, where nobody could check it', () => {
  const makes = ({ type, callee }: Syntax) =>
    (type === 'NewExpression' || type === 'CallExpression') && callee?.value === 'RegExp'
  expect(nodes.filter(({ node }) => makes(node)).map(({ file }) => file)).toEqual([])
})
