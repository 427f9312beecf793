/**
 * Tries what holds whatever is written with many texts: `npm run fuzz -- --runs 100000`, or `--nightly` for
 * 1,000,000 of each. `SEED=…` begins with another seed, and with `AT=…`, as a broken one names it, that text alone is tried again; `--only`
 * takes those whose name holds the word. What is about whole runs gets a thousandth of the number.
 */
import fc from 'fast-check'
import { PROPERTIES } from '../__tests__/security/properties.ts'
import { RUN_PROPERTIES } from '../__tests__/security/runs.ts'
import { openStage } from '../__tests__/support/stage/stage.ts'
import { cleanUp } from '../emulator/world.ts'
import { readOptions } from './runs/options.ts'

const NIGHTLY = 1_000_000
const values = readOptions(
  { runs: { type: 'string', default: '10000' }, nightly: { type: 'boolean' }, only: { type: 'string', default: '' } },
  'npm run fuzz -- [--runs NUMBER | --nightly] [--only WORD]',
)
const numRuns = values.nightly ? NIGHTLY : Number(values.runs)
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const path = process.env.AT
/** A whole run costs so many times more than a text. */
const DEAR = 1000
const stage = openStage()
const chosen = [
  ...PROPERTIES.map((property) => ({ ...property, runs: numRuns })),
  ...RUN_PROPERTIES.map(({ name, holds }) => ({ name, holds: holds(stage), runs: Math.ceil(numRuns / DEAR) })),
].filter(({ name }) => name.includes(values.only))
if (chosen.length === 0) {
  console.error(`Nothing that is tried has "${values.only}" in its name.`)
  process.exitCode = 2
}

console.log(`${numRuns} texts for each of ${chosen.length}, from SEED=${seed}`)
for (const { name, holds, runs } of chosen) {
  const told = await fc.check<unknown>(holds, { numRuns: runs, seed, ...(path !== undefined && { path }) })
  console.log(`${told.failed ? 'BROKEN' : 'holds '} ${name}`)
  if (!told.failed) continue
  console.log(`       SEED=${seed} AT=${told.counterexamplePath}: ${JSON.stringify(told.counterexample)}`)
  process.exitCode = 1
}
await stage.close()
cleanUp()
