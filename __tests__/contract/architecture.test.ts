import { code, type Import, importsOf, sources } from './imports.ts'
import { read } from './tree.ts'

/** The core from left to right, and what each part sees of those on its left. A part that is not named sees nothing. */
const CORE: Record<string, readonly string[]> = {
  outside: [],
  clean: [],
  inputs: [],
  outcome: [],
  session: [],
  input: ['outside', 'inputs'],
  config: ['input'],
  record: [],
  'record-text': ['outside', 'record'],
  event: ['outside'],
  intent: ['outside', 'outcome', 'session', 'record', 'record-text', 'event'],
  effect: ['outcome', 'session', 'record', 'intent'],
  decision: ['outside', 'clean', 'outcome', 'session', 'config', 'record', 'event', 'intent', 'effect'],
  report: ['outside', 'inputs', 'outcome', 'intent', 'effect'],
}

/** Files that alone may import a package: what the world outside looks like is known in one place. */
const PACKAGES: Record<string, readonly string[]> = {
  '@actions/core': ['src/shell/runner/inputs.ts', 'src/shell/runner/log.ts', 'src/shell/runner/outputs.ts'],
  '@actions/github': ['src/shell/runner/environment.ts'],
  '@actions/http-client': ['src/shell/network.ts'],
  '@octokit/rest': ['src/shell/github/client.ts'],
  'parse-diff': ['src/shell/patch.ts'],
  undici: ['src/shell/network.ts'],
}

const PARTIES = ['runner', 'github', 'jules']

const IMPURE = [
  /\bprocess\b/,
  /\bglobalThis\b/,
  /\bDate\.now\b/,
  /\bDate\(\)/,
  /\bMath\.random\b/,
  /\bperformance\b/,
  /\bcrypto\b/,
  /\bconsole\b/,
  /\bfetch\b/,
  /\bset(?:Timeout|Interval|Immediate)\b/,
  /\bqueueMicrotask\b/,
  /\basync\b/,
  /\bawait\b/,
  /\bPromise\b/,
]

const src = sources('src/')
const core = src.filter((file) => file.startsWith('src/core/'))
const shell = src.filter((file) => file.startsWith('src/shell/'))
const imports = importsOf(src)

const inSource = ({ to }: Import): boolean => to.startsWith('src/')
const arrow = ({ from, to }: Import): string => `${from} -> ${to}`
/** `src/core/decision/act.ts` → `decision`. */
const partOf = (file: string): string => file.split('/')[2]?.replace(/\.ts$/, '') ?? ''

test('the parts of the core stand in an order in which each sees only what is left of it', () => {
  const order = Object.keys(CORE)
  const backwards = Object.entries(CORE).flatMap(([part, seen]) =>
    seen.filter((other) => order.indexOf(other) >= order.indexOf(part)).map((other) => `${part} -> ${other}`),
  )
  expect(backwards).toEqual([])
})

test('the core imports exactly what its order allows, and nothing that stands outside of it', () => {
  const seen = Object.fromEntries(Object.keys(CORE).map((part) => [part, new Set<string>()]))
  const strange: string[] = []
  for (const one of imports.filter(({ from }) => from.startsWith('src/core/'))) {
    const [part, other] = [partOf(one.from), partOf(one.to)]
    if (part === other) continue
    if (one.to.startsWith('src/core/') && CORE[part]?.includes(other)) seen[part]?.add(other)
    else strange.push(arrow(one))
  }
  expect(strange).toEqual([])
  const wanted = Object.entries(CORE).map(([part, others]) => [part, [...others].sort()])
  // What is allowed and not used is taken out of the table.
  expect(Object.fromEntries(Object.entries(seen).map(([part, others]) => [part, [...others].sort()]))).toEqual(
    Object.fromEntries(wanted),
  )
})

test('the core knows no clock, chance, environment, network or waiting', () => {
  const wrong = core.flatMap((file) => IMPURE.filter((word) => word.test(code(file))).map((word) => `${file}: ${word}`))
  expect(wrong).toEqual([])
})

test('the source imports nothing from the emulator, the scripts or the tests', () => {
  expect(imports.filter((one) => /^(emulator|scripts|bench|playground|__tests__)\//.test(one.to)).map(arrow)).toEqual(
    [],
  )
})

test('the emulated world, the demo and the measurements import nothing from the source', () => {
  const world = sources('emulator/', 'playground/', 'bench/', 'scripts/')
  // This one only reads the tables that it writes down.
  const wrong = importsOf(world).filter((one) => inSource(one) && one.from !== 'scripts/readme.ts')
  expect(wrong.map(arrow)).toEqual([])
})

test('the three parties never see each other', () => {
  const partyOf = (file: string) => PARTIES.find((party) => file.startsWith(`src/shell/${party}/`))
  const wrong = imports.filter(({ from, to }) => {
    const [one, other] = [partyOf(from), partyOf(to)]
    return one !== undefined && other !== undefined && one !== other
  })
  expect(wrong.map(arrow)).toEqual([])
})

test('a party imports nothing of the shell that deals with parties', () => {
  const tools = ['network', 'retry', 'service-error', 'bulk', 'sweep', ...PARTIES]
  const wrong = imports.filter(
    ({ from, to }) =>
      PARTIES.some((party) => from.startsWith(`src/shell/${party}/`)) &&
      to.startsWith('src/shell/') &&
      !tools.includes(partOf(to)),
  )
  expect(wrong.map(arrow)).toEqual([])
})

test('only apply.ts reaches what changes GitHub or Jules', () => {
  for (const party of ['github', 'jules']) {
    const users = imports.filter(({ to }) => to === `src/shell/${party}/write.ts`).map(({ from }) => from)
    expect(users).toEqual(['src/shell/apply.ts'])
  }
})

test('observing and reading never write', () => {
  const readers = shell.filter((file) => /\/(observe|observe\/.*|read)\.ts$/.test(file))
  expect(readers.length).toBeGreaterThan(5)
  const wrong = readers.filter((file) => /\.write\(|\.(?:create|update|delete|add|remove)[A-Z]\w*\(/.test(code(file)))
  expect(wrong).toEqual([])
})

test('every production package is imported in its one place, and there is no other', () => {
  const { dependencies } = JSON.parse(read('package.json'))
  expect(Object.keys(dependencies).sort()).toEqual(Object.keys(PACKAGES).sort())
  const used = imports.filter((one) => !inSource(one) && !one.to.startsWith('node:'))
  for (const [name, places] of Object.entries(PACKAGES))
    expect(used.filter(({ to }) => to === name).map(({ from }) => from)).toEqual(places)
  expect(used.filter(({ to }) => !Object.hasOwn(PACKAGES, to)).map(arrow)).toEqual([])
})

test('the environment is read by the runner party alone', () => {
  const wrong = src.filter((file) => /\bprocess\.env\b/.test(code(file)) && !file.startsWith('src/shell/runner/'))
  expect(wrong).toEqual([])
})

test('index.ts alone starts something when it is loaded', () => {
  const loose = src.filter((file) => /^(?:await |void )?[\w.]+\(.*/m.test(code(file)))
  expect(loose).toEqual(['src/index.ts'])
})

test('nothing switches the checks of a type or of a lint rule off without saying why', () => {
  const all = sources('src/', 'emulator/', 'playground/', 'bench/', 'scripts/', '__tests__/')
  const others = all.filter((file) => !file.endsWith('contract/architecture.test.ts'))
  // Biome refuses `any` itself; here is the rest.
  expect(others.filter((file) => /\bas any\b|\bas unknown as\b/.test(code(file)))).toEqual([])
  expect(others.filter((file) => /@ts-(?:ignore|nocheck|expect-error)|(?:es|ox)lint-disable/.test(read(file)))).toEqual(
    [],
  )
  const silent = others.flatMap((file) =>
    (read(file).match(/biome-ignore.*/g) ?? []).filter((line) => !/^biome-ignore(?:-\w+)? [\w/]+: \w.{8,}/.test(line)),
  )
  expect(silent).toEqual([])
})

test('modules have named exports only', () => {
  expect(src.filter((file) => /^export default\b/m.test(code(file)))).toEqual([])
})
