/** A run whose surroundings are broken says so in a sentence, does nothing, and is red. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolders } from '../../emulator/runner/folders.ts'
import type { ActionResult } from '../../emulator/runner/process.ts'
import { endWorlds, julesCalls, last, type Told, tellDirectly, verdict, writes } from '../support/story.ts'

let world: Told
let folder: string
beforeAll(async () => {
  world = await tellDirectly({ inputs: { 'wait-minutes': '0' } })
  folder = makeFolders('acme/widgets', {}).temp
  world.github.comment(world.ann, world.issue, '/jules fix it')
})
afterAll(endWorlds)

function run(environment: Record<string, string>): Promise<ActionResult> {
  return world.run(last(world, 'issue_comment'), { environment }).done
}

/** No stack, nothing that only a program could read, and nothing done. */
function expectPlain(result: ActionResult): void {
  expect(result.stderr).toBe('')
  expect(`${result.stdout}${result.summary}`).not.toMatch(/\n\s+at |undefined|\[object Object\]|NaN/)
  expect(writes(world)).toEqual([])
  expect(julesCalls(world)).toEqual([])
}

const FILES: { name: string; content: string | Buffer }[] = [
  { name: 'empty', content: '' },
  { name: 'no JSON', content: '{"action": "created",' },
  { name: 'null', content: 'null' },
  { name: 'a list', content: '[]' },
  { name: 'a number', content: '12345678901234567890' },
  { name: 'a text', content: '"issues"' },
  { name: 'with a mark of its byte order', content: '\uFEFF{}' },
  { name: 'in another encoding', content: Buffer.from('{"action": "created"}', 'utf16le') },
]

test.each(FILES)('F-46 F-47 an event file that is $name is a clear sentence', async ({ name, content }) => {
  const path = join(folder, `${name}.json`)
  writeFileSync(path, content)
  const result = await run({ GITHUB_EVENT_PATH: path })

  expect([verdict(result), result.code]).toEqual(['failed/inputs-invalid', 1])
  expect(result.stdout).toContain('The file with the event could not be read. Run the job again.')
  expect(Object.keys(result.outputs).length).toBe(11)
  expectPlain(result)
})

test('T-136 an event file that is nested deeply, or as large as GitHub sends none, is only read', async () => {
  const depth = 100_000
  const deep = `{"action":"created","issue":${'{"in":['.repeat(depth)}${']}'.repeat(depth)}}`
  const large = JSON.stringify({ action: 'created', issue: { number: 1, body: 'x'.repeat(30 * 1024 * 1024) } })
  for (const [name, content] of Object.entries({ deep, large })) {
    const path = join(folder, `${name}.json`)
    writeFileSync(path, content)
    const result = await run({ GITHUB_EVENT_PATH: path })

    expect([verdict(result), result.code]).toEqual(['ignored/event-not-handled', 0])
    expectPlain(result)
  }
})

const BROKEN: { name: string; environment(): Record<string, string> }[] = [
  { name: 'no path of an event', environment: () => ({ GITHUB_EVENT_PATH: '' }) },
  { name: 'a folder for an event', environment: () => ({ GITHUB_EVENT_PATH: folder }) },
  { name: 'no event file', environment: () => ({ GITHUB_EVENT_PATH: join(folder, 'none.json') }) },
  { name: 'no name of an event', environment: () => ({ GITHUB_EVENT_NAME: '' }) },
  ...['', 'widgets', 'acme/', '/widgets', 'acme/widgets/issues', 'acme/wid gets', '../..'].map((repository) => ({
    name: `the repository '${repository}'`,
    environment: () => ({ GITHUB_REPOSITORY: repository }),
  })),
  ...['', 'latest', '-1'].map((id) => ({ name: `the run '${id}'`, environment: () => ({ GITHUB_RUN_ID: id }) })),
]

test.each(BROKEN)('F-46 $name: a clear sentence and no effect', async ({ environment }) => {
  const result = await run(environment())

  expect([verdict(result), result.code]).toEqual(['failed/inputs-invalid', 1])
  expect(result.annotations.map(({ level }) => level)).toEqual(['error'])
  expectPlain(result)
})

const NO_OUTPUT: { name: string; path(): string }[] = [
  { name: 'is not named', path: () => '' },
  { name: 'is missing', path: () => join(folder, 'none', 'output') },
  { name: 'is a folder', path: () => made('a folder') },
]

test.each(NO_OUTPUT)('F-46 a file for outputs that $name: nothing is done, and it is said', async ({ path }) => {
  const result = await run({ GITHUB_OUTPUT: path() })

  expect(result.code).toBe(1)
  expect(result.stdout).toContain('`GITHUB_OUTPUT` names no file that can be written, so nothing was done.')
  expect(result.stdout).not.toContain('::set-output')
  expect(result.summary).toContain('GITHUB_OUTPUT')
  expectPlain(result)
})

test('F-45 outputs that do not fit on the disk make the step fail, and it is said', async () => {
  world.github.comment(world.ann, world.issue, 'Thank you!')
  const result = await run({ GITHUB_OUTPUT: '/dev/full' })

  expect(result.code).toBe(1)
  expect(result.annotations.map(({ level }) => level)).toContain('error')
  expect(result.stdout).toContain('The outputs could not be written')
  expect(result.summary).toContain('not-a-command')
  expectPlain(result)
})

const NO_SUMMARY: { name: string; path(): string }[] = [
  { name: 'is not named', path: () => '' },
  { name: 'is missing', path: () => join(folder, 'none', 'summary') },
  { name: 'is a folder', path: () => made('another folder') },
  { name: 'does not fit on the disk', path: () => '/dev/full' },
]

test.each(NO_SUMMARY)('F-45 F-46 a summary that $name is a warning only: the outputs tell all', async ({ path }) => {
  world.github.comment(world.ann, world.issue, 'Thank you!')
  const result = await run({ GITHUB_STEP_SUMMARY: path() })

  expect([verdict(result), result.code]).toEqual(['ignored/not-a-command', 0])
  expect(result.annotations.map(({ level }) => level)).toEqual(['warning', 'notice'])
  expectPlain(result)
})

const UNREACHABLE = [
  { name: 'GitHub at an address that is none', environment: { GITHUB_API_URL: 'nowhere' } },
  {
    name: 'a proxy at an address that is none',
    environment: { GITHUB_API_URL: 'https://github.invalid', https_proxy: '[' },
  },
]
test.each(UNREACHABLE)('F-42 F-46 $name: a clear sentence and no effect', async ({ environment }) => {
  const result = await run(environment)

  expect([verdict(result), result.code]).toEqual(['failed/inputs-invalid', 1])
  expect(result.stdout).toContain('(`GITHUB_API_URL`) or of the proxy (`https_proxy`) is none.')
  expectPlain(result)
})

function made(name: string): string {
  const path = join(folder, name)
  mkdirSync(path, { recursive: true })
  return path
}
