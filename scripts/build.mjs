/** src → build (tsc) → dist (ncc): one readable bundle, byte for byte the same wherever it is built. */
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const run = (command, ...given) => execFileSync(command, given, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })

for (const folder of ['build', 'dist']) rmSync(`${root}/${folder}`, { recursive: true, force: true })
run('tsc', '-p', 'tsconfig.build.json')
run('ncc', 'build', 'build/index.js', '-o', 'dist', '--no-cache', '--quiet', '--license', 'licenses.txt')
