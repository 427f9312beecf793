/** What emulator/README.md shows works as it stands there, but for the port. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startClock } from '../../emulator/clock.ts'
import { type Jules, startJules } from '../../emulator/jules/index.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

let jules: Jules
const home = mkdtempSync(join(tmpdir(), 'jules-home-'))

beforeAll(async () => {
  jules = await startJules({ clock: startClock({ speed: 200 }), sources: [{ owner: 'acme', repo: 'widgets' }] })
})

afterAll(async () => {
  await jules.stop()
  rmSync(home, { recursive: true })
})

/** Runs an example; what it prints. */
async function run(command: string, given: string[], file: string): Promise<string> {
  const text = readFileSync(join(ROOT, 'emulator/examples', file), 'utf8').replaceAll('8788', new URL(jules.url).port)
  const env = { PATH: process.env.PATH, JULES_HOME: home }
  const child = spawn(command, [...given, text], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] })
  let printed = ''
  child.stdout.on('data', (piece) => {
    printed += piece
  })
  await new Promise((resolve) => child.once('close', resolve))
  return printed
}

test('the official client gets its pull request', async () => {
  const printed = await run(process.execPath, ['--input-type=module-typescript', '--eval'], 'sdk.ts')
  expect(printed).toBe('completed https://github.com/acme/widgets/pull/1\n')
})

test('curl meets the question and the trouble that was ordered', async () => {
  const printed = await run('bash', ['-c'], 'curl.sh')
  expect(printed).toContain('"state":"QUEUED"')
  expect(printed).toContain('"state":"AWAITING_USER_FEEDBACK"')
  expect(printed).toContain('"status":"UNAVAILABLE"')
})
