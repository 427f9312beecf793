/** Is the bundle in the last commit the one that the source gives? Files that nobody has added count too. */
import { execFileSync } from 'node:child_process'

const changed = execFileSync('git', ['status', '--porcelain', '--', 'dist'], { encoding: 'utf8' })
if (changed !== '' && process.env.CI === 'true') {
  process.stderr.write(`dist/ does not fit src/. Run \`npm run build\` and commit what it changes:\n${changed}`)
  process.exitCode = 1
} else if (changed !== '')
  process.stderr.write('dist/ was rebuilt and differs from the last commit. Commit it with your change.\n')
