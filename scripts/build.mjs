/** src → build (tsc) → dist (ncc): one readable bundle, byte for byte the same wherever it is built. */
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Runs a tool; what it complains of is shown, and ends the build. */
function run(command, ...given) {
  try {
    execFileSync(command, given, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' })
  } catch (error) {
    process.stderr.write(`${error.stdout ?? ''}\nThe build stopped: ${command} failed.\n`)
    process.exit(1)
  }
}

for (const folder of ['build', 'dist']) rmSync(`${root}/${folder}`, { recursive: true, force: true })
run('tsc', '-p', 'tsconfig.build.json')
run('ncc', 'build', 'build/index.js', '-o', 'dist', '--no-cache', '--quiet', '--license', 'licenses.txt')
