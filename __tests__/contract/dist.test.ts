import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseSync } from '@swc/core'
import { ROOT, read } from './tree.ts'

const LARGEST = 1.75 * 1024 * 1024
const MOST_PACKAGES = 6

/** All files of a folder, the hidden ones too. */
function contents(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort()
}

/** Builds in another folder, with the production packages alone, as a clean machine would. */
function rebuild(folder: string): string {
  for (const name of ['src', 'package.json', 'tsconfig.json', 'tsconfig.build.json', ...packagesToBuild()])
    cpSync(join(ROOT, name), join(folder, name), { recursive: true })
  const run = (tool: string, ...given: string[]) =>
    execFileSync(process.execPath, [tool, ...given], { cwd: folder, stdio: 'pipe' })
  const types = ['--typeRoots', join(ROOT, 'node_modules/@types')]
  run(join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json', '--outDir', 'build', ...types)
  run(BUNDLER, 'build', 'build/index.js', '-o', 'dist', '--no-cache', '--quiet', '--license', 'licenses.txt')
  return join(folder, 'dist')
}

// The copy in the folder: where the bundler itself stands goes into the numbers of the modules.
const BUNDLER = 'node_modules/@vercel/ncc/dist/ncc/cli.js'

function packagesToBuild(): string[] {
  const { packages } = JSON.parse(read('package-lock.json'))
  const locked = Object.entries<{ dev?: boolean; devOptional?: boolean }>(packages)
  const production = locked.filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional)
  return [...production.map(([path]) => path), 'node_modules/@vercel/ncc']
}

test('T-150 dist is byte for byte what the source gives, with no file more or less', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rebuilt-'))
  try {
    const fresh = rebuild(folder)
    const dist = join(ROOT, 'dist')
    expect(contents(dist)).toEqual(contents(fresh))
    const different = contents(fresh).filter((name) => {
      return !readFileSync(join(fresh, name)).equals(readFileSync(join(dist, name)))
    })
    // Run `npm run build` and commit what it changes.
    expect(different).toEqual([])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('T-150 the bundle is at most 1.75 MiB, and can be read', () => {
  const bundle = read('dist/index.js')
  expect(Buffer.byteLength(bundle)).toBeLessThanOrEqual(LARGEST)
  // A minified bundle has a handful of lines.
  expect(bundle.split('\n').length).toBeGreaterThan(20_000)
})

test('T-156 the bundle loads nothing late, and only what Node itself has', () => {
  const loads = loadsIn(parseSync(read('dist/index.js'), { syntax: 'ecmascript', target: 'es2022' }))
  expect(loads.filter(({ how }) => how === 'late')).toEqual([])
  expect(loads.length).toBeGreaterThan(20)
  expect(loads.map(({ what }) => what).filter((what) => !isOfNode(what))).toEqual([])
})

test('the bundle does not know where it was built', () => {
  expect(contents(join(ROOT, 'dist')).filter((name) => read(`dist/${name}`).includes(resolve(ROOT)))).toEqual([])
})

test('T-150 the licences of all packages in the bundle lie beside it', () => {
  const licences = read('dist/licenses.txt').split('\n')
  const { dependencies } = JSON.parse(read('package.json'))
  expect(Object.keys(dependencies).filter((name) => !licences.includes(name))).toEqual([])
})

test(`T-154 there are at most ${MOST_PACKAGES} production packages, each in one exact version`, () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json'))
  expect(Object.keys(dependencies).length).toBeLessThanOrEqual(MOST_PACKAGES)
  const versions = Object.values<string>({ ...dependencies, ...devDependencies })
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
})

test('T-153 the lockfile names no place that packages come from, and proves each of them', () => {
  const { packages } = JSON.parse(read('package-lock.json'))
  const locked = Object.entries<{ resolved?: string; integrity?: string }>(packages).filter(([path]) => path !== '')
  expect(locked.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([])
  expect(locked.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path)).toEqual([])
})

/** `late`: an `import()`, which a bundle has no answer for once it stands alone. */
type Load = { how: 'late' | 'at once'; what: string }

/** Everything that the parsed program loads. */
function loadsIn(tree: unknown): Load[] {
  const loads: Load[] = []
  const open: unknown[] = [tree]
  while (open.length > 0) {
    const node = open.pop()
    if (typeof node !== 'object' || node === null) continue
    const load = loadOf(node)
    if (load !== undefined) loads.push(load)
    open.push(...Object.values(node))
  }
  return loads
}

/** The parts of a syntax tree that a load shows in. */
type Syntax = {
  type?: string
  value?: unknown
  source?: Syntax
  callee?: Syntax
  arguments?: { expression: Syntax }[]
}

function loadOf(node: Syntax): Load | undefined {
  if (node.type === 'ImportDeclaration') return { how: 'at once', what: String(node.source?.value) }
  if (node.type !== 'CallExpression') return undefined
  const what = String(node.arguments?.[0]?.expression.value)
  if (node.callee?.type === 'Import') return { how: 'late', what }
  const requires = node.callee?.value === 'require' || node.callee?.callee?.value === '__WEBPACK_EXTERNAL_createRequire'
  return requires ? { how: 'at once', what } : undefined
}

function isOfNode(name: string): boolean {
  return process.getBuiltinModule(name) !== undefined
}
