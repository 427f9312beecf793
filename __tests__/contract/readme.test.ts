import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'
import { ROUTES } from '../../emulator/github/routes/index.ts'
import { openLibrary } from '../../emulator/jules/scenario-file/library.ts'
import { VERBS } from '../../src/core/intent/command.ts'
import { files, generated, ROOT, read } from './tree.ts'

const README = read('README.md')
/** The threads of the stories are no documents. */
const documents = files('', '.md').filter((file) => !file.startsWith('__tests__/stories/'))

test('every generated part is what the sources give today', () => {
  const check = () => execFileSync(process.execPath, ['scripts/readme.ts', '--check'], { cwd: ROOT, stdio: 'pipe' })
  expect(check).not.toThrow()
})

test('the workflow to paste is examples/jules.yml, to the letter', () => {
  expect(generated('README.md', 'workflow')).toBe(`\`\`\`yaml\n${read('examples/jules.yml')}\`\`\``)
})

test('every example of a workflow can be parsed, and gives the job only what it needs', () => {
  const blocks = [...README.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => parse(text ?? ''))
  expect(blocks).toHaveLength(3)
  for (const { permissions, jobs } of blocks) {
    expect(permissions).toEqual({})
    expect(jobs.jules.permissions).toEqual({ contents: 'read', issues: 'write', 'pull-requests': 'write' })
  }
})

test.each(VERBS)('the README tells of /jules %s', (verb) => {
  expect(README).toMatch(new RegExp(`^\\| \`/jules ${verb}( [<[][^\`]+)?\` +\\| .+ \\|$`, 'm'))
})

test('the README tells of no command that there is not', () => {
  const told = [...README.matchAll(/^\| `\/jules ([a-z-]+)/gm)].map(([, verb]) => verb)
  expect(told.sort()).toEqual([...VERBS].sort())
})

test('every flag of the code is in the README', () => {
  const flags = read('src/core/intent/command.ts').match(/--[a-z-]+/g) ?? []
  expect(flags.length).toBeGreaterThan(0)
  expect(flags.filter((flag) => !README.includes(`\`${flag}`))).toEqual([])
})

test('every npm script that a document names is there', () => {
  const { scripts } = JSON.parse(read('package.json'))
  const named = documents.flatMap((file) =>
    [...read(file).matchAll(/\bnpm (?:run )?([a-z][a-z:-]*)/g)].map(([, name = '']) => ({ file, name })),
  )
  expect(named.map(({ name }) => name)).toEqual(expect.arrayContaining(['demo', 'test', 'check', 'emulator']))
  expect(named.filter(({ name }) => name !== 'ci' && !Object.hasOwn(scripts, name))).toEqual([])
})

test('every link from one document to another leads somewhere', () => {
  const links = documents.flatMap((file) =>
    [...read(file).matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map(([, to = '']) => ({ file, to })),
  )
  expect(links.length).toBeGreaterThan(0)
  expect(links.filter(({ file, to }) => !existsSync(join(ROOT, dirname(file), to)))).toEqual([])
})

test('every source file that a document names is there', () => {
  const named = documents.flatMap((file) =>
    [...read(file).matchAll(/`((?:src|emulator|scripts|examples|docs|__tests__)\/[\w./-]*\w\.\w+)`/g)].map(
      ([, path = '']) => ({ file, path }),
    ),
  )
  expect(named.length).toBeGreaterThan(0)
  expect(named.filter(({ path }) => !existsSync(join(ROOT, path)))).toEqual([])
})

test.each(openLibrary().list())('emulator/SCENARIOS.md tells what the scenario $name does', ({ name, about }) => {
  expect(read('emulator/SCENARIOS.md').replace(/ +/g, ' ')).toContain(`| \`${name}\` | ${about} |`)
})

describe('emulator/GITHUB.md', () => {
  const text = read('emulator/GITHUB.md')

  test('names every call that the emulated GitHub answers', () => {
    expect(ROUTES.map(({ name }) => name).filter((name) => !text.includes(`\`${name}\``))).toEqual([])
  })
})
