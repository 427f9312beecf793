/** `npm run bench` measures everything, `npm run bench -- NAME` one thing: each is a file of this folder. */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('.', import.meta.url))
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && file !== 'index.ts')
  .map((file) => file.slice(0, -'.ts'.length))
const [wanted, ...rest] = process.argv.slice(2)

if (wanted !== undefined && !names.includes(wanted)) {
  console.error(`There is no "${wanted}". There are: ${names.join(', ')}.`)
  process.exit(1)
}
for (const name of wanted === undefined ? names : [wanted]) {
  console.log(`\n${name}`)
  const { status } = spawnSync(process.execPath, [`${folder}${name}.ts`, ...rest], { stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
