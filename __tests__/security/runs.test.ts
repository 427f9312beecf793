import fc from 'fast-check'
import { useStage } from '../support/stage/use-stage.ts'
import { RUN_PROPERTIES } from './runs.ts'

const SEED = 20261122
const RUNS = process.env.FULL === undefined ? 5 : 300
const stage = useStage()

test.each(RUN_PROPERTIES)(
  `$name (SEED=${SEED})`,
  async ({ holds }) => {
    await fc.assert(holds(stage), { numRuns: RUNS, seed: SEED })
  },
  600_000,
)
