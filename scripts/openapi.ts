/**
 * Takes out of GitHub's own API description what the emulated GitHub answers, and writes it where the tests look for
 * it. It fetches the package with npm, or reads a file that is named: `npm run openapi -- [octokit-openapi.tgz]`.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startClock } from '../emulator/clock.ts'
import { startGitHub } from '../emulator/github/index.ts'
import { excerpt } from './openapi/excerpt.ts'
import { written } from './openapi/written.ts'

const PACKAGE = '@octokit/openapi@23.0.2'
const INSIDE = 'package/generated/api.github.com.json'
const target = new URL('../__tests__/support/openapi/github.json', import.meta.url)

const [archive] = process.argv.slice(2)
if (archive !== undefined && !existsSync(archive)) {
  console.error(`There is no file ${archive}. Name an archive of ${PACKAGE}, or leave it out: then npm fetches it.`)
  process.exit(2)
}
const folder = mkdtempSync(join(tmpdir(), 'openapi-'))
try {
  const text = unpack(archive ?? fetchPackage())
  const github = await startGitHub({ clock: startClock(), repository: 'acme/widgets' })
  await github.stop()
  writeFileSync(target, written(excerpt(JSON.parse(text), github.server.routes, PACKAGE)))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function fetchPackage(): string {
  const options = ['--silent', '--pack-destination', folder]
  const name = execFileSync('npm', ['pack', PACKAGE, ...options], { encoding: 'utf8', stdio: ['ignore', 'pipe', 2] })
  return join(folder, name.trim())
}

function unpack(archive: string): string {
  return execFileSync('tar', ['-xzOf', archive, INSIDE], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
}
