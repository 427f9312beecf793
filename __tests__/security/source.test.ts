/** What the source does not even know how to do, and what no text can make slow. */
import { parseSync } from '@swc/core'
import { code, importsOf, sources } from '../contract/imports.ts'
import { read } from '../contract/tree.ts'
import { REPEATED } from '../support/hostile/text.ts'

const src = sources('src/')
const using = (pattern: RegExp) => src.filter((file) => pattern.test(code(file)))

test('T-102 no process is started, and no text is run as a program', () => {
  expect(using(/\beval\b|\bnew Function\b|\bFunction\(|\bWorker\b|\bspawn|\bexec(?:File)?(?:Sync)?\(['"`]/)).toEqual([])
  const ofNode = importsOf(src).filter(({ to }) => to.startsWith('node:'))
  const known = ['node:crypto', 'node:fs', 'node:inspector', 'node:path', 'node:string_decoder', 'node:zlib']
  expect(ofNode.filter(({ to }) => !known.includes(to))).toEqual([])
  // Loaded late, and by a name that stands there.
  expect(using(/\bimport\((?!\s*'@actions\/github'\))/)).toEqual([])
})

test('T-38 T-39 the checkout is never read: no file of the repository can say how the action behaves', () => {
  expect(using(/\breadFile|\bcreateReadStream\b|\breaddir/)).toEqual(['src/shell/runner/event-file.ts'])
  const environment = new Set(
    src.flatMap((file) => [...read(file).matchAll(/process\.env\.(\w+)/g)].map(([, name = '']) => name)),
  )
  expect([...environment].sort()).toEqual([
    'GITHUB_EVENT_NAME',
    'GITHUB_EVENT_PATH',
    'GITHUB_OUTPUT',
    'GITHUB_REPOSITORY',
    'GITHUB_REPOSITORY_ID',
    'GITHUB_RUN_ID',
    'GITHUB_TRIGGERING_ACTOR',
    'NODE_TLS_REJECT_UNAUTHORIZED',
    // Where files are put.
    'RUNNER_TEMP',
  ])
})

test('T-41 T-110 there is one way out to the network, and no redirect is followed', () => {
  expect(using(/\bfetch\(/)).toEqual(['src/shell/network.ts'])
  expect(code('src/shell/network.ts')).toMatch(/redirect: 'manual'/)
  expect(importsOf(src).filter(({ to }) => /^node:(?:https?|http2|net|tls|dgram|dns)$/.test(to))).toEqual([])
})

test('T-85 of all that can be changed at GitHub, it knows comments, labels and reactions', () => {
  const calls = [...code('src/shell/github/write.ts').matchAll(/octokit\.rest\.(\w+\.\w+)/g)].map(([, name]) => name)
  expect([...new Set(calls)].sort()).toEqual([
    'issues.addLabels',
    'issues.createComment',
    'issues.deleteComment',
    // Two probes, which name nothing that there is.
    'issues.removeLabel',
    'issues.removeSubIssue',
    'issues.updateComment',
    'pulls.update',
    'reactions.createForIssue',
    'reactions.createForIssueComment',
    'reactions.createForPullRequestReviewComment',
  ])
})

test('T-92 T-95 one file writes to the log, one masks, one sets outputs, and none touches the environment of later steps', () => {
  expect(using(/\bconsole\b|\bstderr\b/)).toEqual([])
  expect(using(/\bstdout\b/)).toEqual(['src/index.ts'])
  expect(using(/\bsetSecret\(/)).toEqual(['src/shell/runner/inputs.ts'])
  expect(using(/\bsetOutput\(/)).toEqual(['src/shell/runner/outputs.ts'])
  expect(using(/\bexportVariable\b|\baddPath\b|\bsaveState\b|\bsetFailed\b|\bissueCommand\b/)).toEqual([])
  // The texts of annotations are ours: sentences of a table, never what a service said.
  expect(using(/\blog\.(?:error|warning|notice)\([^)]*\b(?:said|message|body|why)\b/)).toEqual([])
})

test('T-131 T-135 no parser of Markdown or YAML is in the bundle', () => {
  const { packages } = JSON.parse(read('package-lock.json'))
  const production = Object.entries<{ dev?: boolean }>(packages).filter(([path, { dev }]) => path !== '' && !dev)
  expect(production.length).toBeGreaterThan(5)
  const parsers = /markdown|mdast|micromark|marked|commonmark|remark|yaml|toml|xml|sanitize-html|parse5/
  expect(production.map(([path]) => path).filter((path) => parsers.test(path))).toEqual([])
})

test('T-134 nothing from outside is merged into an object of ours', () => {
  expect(using(/__proto__|\bObject\.assign\(|\bstructuredClone\(|\bfor \((?:const|let) \w+ in\b/)).toEqual([])
})

describe('T-130 no regular expression can be made slow', () => {
  const LENGTH = 8 * 1024
  /** The square of the length would cost fifty milliseconds and more. */
  const LIMIT_MS = 15

  const all = src.flatMap((file) => expressionsIn(file).map(({ pattern, flags }) => ({ file, pattern, flags })))

  test('they are all found', () => {
    expect(all.length).toBeGreaterThan(80)
  })

  test.each([...new Map(all.map((one) => [`${one.pattern}/${one.flags}`, one])).values()])(
    '$file /$pattern/$flags',
    ({ pattern, flags }) => {
      const expression = new RegExp(pattern, flags)
      // Its own letters are what it can be slow with.
      const own = [...new Set(pattern.match(/[\w\-<>&;:/@.!#="'`~|,[\](){}*+?^$\\ ]/g) ?? [])].slice(0, 40)
      const words = pattern.match(/[A-Za-z-]{3,}/g) ?? []
      const slow: string[] = []
      for (const piece of [...REPEATED, ...own, ...words, ...own.map((letter) => ` ${letter}`), ' \n', '\n ']) {
        const hostile = piece.repeat(Math.ceil(LENGTH / piece.length)).slice(0, LENGTH)
        for (const given of [`${hostile}\u0001`, `${words[0] ?? ''}${hostile}\u0001`]) {
          const took = timeOf(expression, given)
          if (took > LIMIT_MS && timeOf(expression, given) > LIMIT_MS) slow.push(`${JSON.stringify(piece)}: ${took} ms`)
        }
      }
      expect(slow).toEqual([])
    },
  )
})

function timeOf(expression: RegExp, given: string): number {
  const from = performance.now()
  expression.lastIndex = 0
  if (expression.global) given.replace(expression, '')
  else expression.exec(given)
  return Math.round(performance.now() - from)
}

type Expression = { pattern: string; flags: string }

/** Every literal of a file. */
function expressionsIn(file: string): Expression[] {
  const found: Expression[] = []
  const open: unknown[] = [parseSync(read(file), { syntax: 'typescript', target: 'es2022' })]
  while (open.length > 0) {
    const node = open.pop()
    if (typeof node !== 'object' || node === null) continue
    if (isExpression(node)) found.push({ pattern: node.pattern, flags: node.flags })
    open.push(...Object.values(node))
  }
  return found
}

function isExpression(node: object): node is Expression {
  return Reflect.get(node, 'type') === 'RegExpLiteral'
}
