import fc from 'fast-check'
import { PROPERTIES } from './properties.ts'

const FULL = 100_000
const USUAL = 10_000
const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31)

test.each(PROPERTIES)(`$name (SEED=${SEED})`, async ({ holds }) => {
  const numRuns = process.env.FULL === undefined ? USUAL : FULL
  await fc.assert(holds, { numRuns, seed: SEED })
})
