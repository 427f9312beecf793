/**
 * Plays random schedules of runs and faults: `npm run faults -- --runs 500`, or `--nightly` for 100,000.
 * With `--stale` GitHub's lists are behind as well. `SEED=…` begins with another seed; with `AT=…`, as a broken schedule names it, that one alone is played again.
 */
import { explore } from '../__tests__/support/schedule/explore.ts'
import { openStage } from '../__tests__/support/stage/stage.ts'
import { cleanUp } from '../emulator/world.ts'
import { readOptions } from './runs/options.ts'

const NIGHTLY = 100_000
const values = readOptions(
  { runs: { type: 'string', default: '500' }, nightly: { type: 'boolean' }, stale: { type: 'boolean' } },
  'npm run faults -- [--runs NUMBER | --nightly] [--stale]',
)
const runs = values.nightly ? NIGHTLY : Number(values.runs)
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const path = process.env.AT
const isStale = values.stale === true

const stage = openStage()
console.log(path === undefined ? `${runs} schedules from SEED=${seed}` : `The schedule SEED=${seed} AT=${path}`)
const broken = await explore(stage, { seed, runs, isStale, ...(path !== undefined && { path }) })
console.log(broken.length === 0 ? 'None is broken.' : broken.join('\n\n'))
process.exitCode = broken.length === 0 ? 0 : 1
await stage.close()
cleanUp()
