/** What GitHub would not take or say fails the very test that caused it, wherever the emulated GitHub runs. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

type Result = { title: string; status: string; failureMessages: string[] }

const folder = mkdtempSync(join(tmpdir(), 'watched-'))
const report = join(folder, 'report.json')

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs watched.ts in a jest of its own. */
async function run(): Promise<{ results: Result[]; message: string }> {
  const jest = join(createRequire(import.meta.url).resolve('jest/package.json'), '..', 'bin', 'jest.js')
  const given = [
    '--testMatch',
    '<rootDir>/__tests__/support/witness/watched.ts',
    '--json',
    '--outputFile',
    report,
    '-i',
  ]
  // It ends with 1, for most of its tests fail.
  await promisify(execFile)(process.execPath, [jest, ...given]).catch(() => undefined)
  const [{ assertionResults, message }] = JSON.parse(readFileSync(report, 'utf8')).testResults
  return { results: assertionResults, message }
}

test('the test that caused it, and no other', async () => {
  const { results, message } = await run()
  const found = results.map(({ title, status, failureMessages }) => ({ title, status, why: failureMessages.join() }))
  const failed = (title: string, why: string) => ({ title, status: 'failed', why: expect.stringContaining(why) })
  const passed = (title: string) => ({ title, status: 'passed', why: '' })
  expect(found).toEqual([
    passed('right'),
    failed('wrong request', "the body of the request: must have required property 'body'"),
    passed('wrong on purpose'),
    failed('marked and right', 'marked as wrong on purpose and is right'),
    failed('wrong answer', 'the body of the answer: /created_at must match format "date-time"'),
    failed('wrong webhook', 'webhook issue_comment created: /repository/created_at'),
    failed('no such route', 'no such route'),
    passed('trouble on order'),
    failed('trouble on order and wrong request', 'the query has page, which is not described'),
    passed('right again'),
  ])
  expect(message).toContain('webhook issues opened: /repository/created_at')
})
