/**
 * Makes a fresh clone ready, then runs something on Node 24: `node scripts/ready.mjs FILE [arguments]`, or `--run SCRIPT`
 * for a script of package.json. This file itself runs on whatever Node the machine has.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const bin = join(root, 'node_modules', '.bin')

if (!isInstalled()) {
  process.stderr.write('Installing what is missing (npm ci), once …\n')
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (status !== 0) {
    process.stderr.write('The packages could not be installed. Check the network and run the command again.\n')
    process.exit(status ?? 1)
  }
}

const [first = '', ...rest] = process.argv.slice(2)
const [command, given] =
  first === '--run' ? ['npm', ['run', '--silent', ...rest]] : ['node', [join(root, first), ...rest]]
const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` }
const child = spawn(command, given, { cwd: root, stdio: 'inherit', env, shell: process.platform === 'win32' })
// A terminal tells every process of its own accord that somebody has pressed Ctrl-C.
const passedOn = process.stdin.isTTY ? ['SIGTERM', 'SIGHUP'] : ['SIGINT', 'SIGTERM', 'SIGHUP']
process.on('SIGINT', () => undefined)
for (const name of passedOn) process.on(name, () => child.kill(name))
const parent = process.ppid
// What npm's shell was told before it was ended it has told nobody.
const watch = setInterval(() => process.ppid === parent || child.kill('SIGTERM'), 500)
child.once('close', (status, signal) => {
  clearInterval(watch)
  process.exitCode = status ?? (signal === 'SIGINT' ? 130 : 1)
})

/** npm notes what it has installed; whatever the lockfile has beside that, or in another version, is missing. */
function isInstalled() {
  const note = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(note)) return false
  const [has, needs] = [note, join(root, 'package-lock.json')].map(
    (file) => JSON.parse(readFileSync(file, 'utf8')).packages,
  )
  return Object.entries(needs).every(
    ([path, { version, optional }]) => path === '' || optional === true || has[path]?.version === version,
  )
}
