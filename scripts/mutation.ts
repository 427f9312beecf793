/**
 * `npm run mutation [-- WORD …]`: breaks what guards us in every small way there is, and asks whether a test notices. With
 * words, only the files whose path holds one of them.
 */
import { Stryker } from '@stryker-mutator/core'

/** Per cent of the changes that must be noticed, in each file. */
const LEAST = 90

/** What is broken, and the tests that are there to notice. Few: each of them runs once for every change. */
const SUBJECTS: { source: string; tests: string[] }[] = [
  { source: 'core/decision/access', tests: ['core/decision/access'] },
  { source: 'core/record', tests: ['core/record'] },
  { source: 'core/record-text', tests: ['core/record-text'] },
  { source: 'core/report/markdown', tests: ['core/report/markdown'] },
  { source: 'core/report/comment', tests: ['core/report/comment'] },
  { source: 'core/report/redact', tests: ['core/report/redact', 'core/report/tokens', 'core/report/traces'] },
  { source: 'shell/retry', tests: ['shell/retry'] },
]

const words = process.argv.slice(2)
const wanted = SUBJECTS.filter(({ source }) => words.length === 0 || words.some((word) => source.includes(word)))
if (wanted.length === 0) {
  console.error(`Nothing that is broken here is called "${words.join(' ')}". There are:`)
  for (const { source } of SUBJECTS) console.error(`  src/${source}.ts`)
}
const scores: { source: string; score: number }[] = []
for (const subject of wanted) {
  const results = await new Stryker(optionsFor(subject)).runMutationTest()
  const counted = results.filter(({ status }) => status !== 'Ignored' && status !== 'CompileError')
  const noticed = counted.filter(({ status }) => status === 'Killed' || status === 'Timeout')
  scores.push({ source: subject.source, score: (100 * noticed.length) / counted.length })
}
for (const { source, score } of scores) process.stdout.write(`${score.toFixed(1).padStart(5)} %  src/${source}.ts\n`)
// Not a number, where there was nothing to break, is too little as well.
process.exitCode = wanted.length > 0 && scores.every(({ score }) => score >= LEAST) ? 0 : 1

function optionsFor({ source, tests }: (typeof SUBJECTS)[number]): ConstructorParameters<typeof Stryker>[0] {
  return {
    mutate: [`src/${source}.ts`],
    testRunner: 'jest',
    plugins: ['@stryker-mutator/jest-runner'],
    testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
    jest: { projectType: 'custom', config: jestFor(tests), enableFindRelatedTests: false },
    ignorePatterns: ['**', '!package.json', '!src/**', '!__tests__/**'],
    tempDirName: 'build/mutation',
    coverageAnalysis: 'perTest',
    disableTypeChecks: false,
    concurrency: 1,
    // Every run of jest leaves its modules behind.
    maxTestRunnerReuse: 60,
    allowConsoleColors: false,
    clearTextReporter: { logTests: false, reportTests: false, allowColor: false, reportScoreTable: false },
    reporters: ['clear-text', 'progress-append-only'],
    thresholds: { high: 100, low: LEAST, break: null },
  }
}

/** The tests alone, without the watch over the emulated GitHub. */
function jestFor(tests: string[]): object {
  const typescript = { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' } }
  return {
    testEnvironment: 'node',
    extensionsToTreatAsEsm: ['.ts'],
    transform: { '\\.ts$': ['@swc/jest', typescript] },
    setupFiles: ['<rootDir>/__tests__/support/brief.ts'],
    testMatch: tests.map((name) => `<rootDir>/__tests__/${name}.test.ts`),
  }
}
