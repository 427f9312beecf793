import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeCommandFiles } from '../../emulator/runner/command-files.ts'
import { makeMasker } from '../../emulator/runner/masker.ts'
import { makeTold } from '../../emulator/runner/told.ts'

const folder = mkdtempSync(join(tmpdir(), 'command-files-'))
afterAll(() => rmSync(folder, { recursive: true }))

type Variable = 'GITHUB_OUTPUT' | 'GITHUB_STEP_SUMMARY' | 'GITHUB_ENV' | 'GITHUB_PATH' | 'GITHUB_STATE'

/** What the runner learns from a step's files. */
function read(contents: Partial<Record<Variable, string | Buffer | null>>) {
  const files = makeCommandFiles(join(folder, 'commands'))
  for (const [name, content] of Object.entries(contents)) {
    const path = Object.entries(files.variables).find(([variable]) => variable === name)?.[1] ?? ''
    if (content === null) rmSync(path)
    else writeFileSync(path, content)
  }
  const told = makeTold(makeMasker())
  const left = files.read(told)
  const { outputs, state, variables } = told
  const [a, b, c] = [outputs, state, variables].map((values) => Object.fromEntries(values))
  return { ...left, told, outputs: a, state: b, variables: c, messages: told.annotations.map(({ message }) => message) }
}

test('every file is read', () => {
  const { told, ...left } = read({
    GITHUB_OUTPUT: 'a=1\n',
    GITHUB_STATE: 'b=2\n',
    GITHUB_ENV: 'C=3\n',
    GITHUB_PATH: '/one\r\n\n/two\r/one\n',
    GITHUB_STEP_SUMMARY: '# Done',
  })
  expect(left).toMatchObject({ outputs: { a: '1' }, state: { b: '2' }, variables: { C: '3' }, summary: '# Done' })
  expect(told).toMatchObject({ paths: ['/two', '/one'], failed: false, annotations: [] })
})

test.each([
  ['a mark of UTF-8', Buffer.from('\ufeffa=ä\n')],
  ['UTF-16', Buffer.from('\ufeffa=ä\n', 'utf16le')],
  ['UTF-16, the other way round', Buffer.from('\ufeffa=ä\n', 'utf16le').swap16()],
])('%s is understood', (_, content) => {
  expect(read({ GITHUB_OUTPUT: content }).outputs).toEqual({ a: 'ä' })
})

test('what stands before a fault counts, and the step fails', () => {
  const { told, outputs, messages } = read({ GITHUB_OUTPUT: 'a=1\nfree text\nb=2\n' })
  expect(outputs).toEqual({ a: '1' })
  expect(told.failed).toBe(true)
  expect(messages).toEqual(["Unable to process file command 'output' successfully.", "Invalid format 'free text'"])
})

test('names must not be empty', () => {
  const { messages } = read({ GITHUB_OUTPUT: '=1\n', GITHUB_ENV: '=1\n' })
  expect(messages).toEqual([
    "Unable to process file command 'env' successfully.",
    "Value cannot be null. (Parameter 'name')",
    "Unable to process file command 'output' successfully.",
    "Value cannot be null. (Parameter 'name')",
  ])
})

test('NODE_OPTIONS is refused, and nothing else suffers', () => {
  const { told, variables, messages } = read({ GITHUB_ENV: 'Node_Options=-r x\nA=1\n' })
  expect(variables).toEqual({ A: '1' })
  expect(told.failed).toBe(false)
  expect(messages).toEqual(["Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command."])
})

test('a summary of more than a mebibyte is dropped with an error, and the step goes on', () => {
  expect(read({ GITHUB_STEP_SUMMARY: 'x'.repeat(1024 * 1024) })).toMatchObject({ messages: [] })
  const { told, summary, messages } = read({ GITHUB_STEP_SUMMARY: 'x'.repeat(1024 * 1024 + 1) })
  expect([summary, told.failed]).toEqual(['', false])
  expect(messages).toEqual([expect.stringContaining('supports content up to a size of 1024k, got 1024k.')])
})

test('files that the action has deleted say nothing', () => {
  const gone = {
    GITHUB_OUTPUT: null,
    GITHUB_ENV: null,
    GITHUB_PATH: null,
    GITHUB_STATE: null,
    GITHUB_STEP_SUMMARY: null,
  }
  expect(read(gone)).toMatchObject({ outputs: {}, summary: '', messages: [] })
})
