/**
 * F-08, F-10, F-11, F-28: two or three runs at once, each of whose requests is held and let go in any order, with answers lost,
 * refusals, doubled events and runs that die. What comes after must bring every thread to the truth.
 */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { found } from '../support/schedule/found.ts'
import { play } from '../support/schedule/play.ts'
import { useStage } from '../support/stage/use-stage.ts'

const SEED = 20261122
const RUNS = process.env.FULL === undefined ? 500 : 5000
const stage = useStage()

/** As a program of its own, which takes two thirds of the time that it would take in here. */
function explored(): Promise<string> {
  const env = { ...process.env, NODE_OPTIONS: '', SEED: String(SEED) }
  const program = promisify(execFile)(process.execPath, ['scripts/faults.ts', '--runs', String(RUNS)], {
    env,
    maxBuffer: 2 ** 26,
  })
  return program.then(
    ({ stdout }) => stdout,
    (error: { stdout?: string }) => error.stdout || String(error),
  )
}

test(`F-08 F-10 F-11 F-28 ${RUNS} random schedules from seed ${SEED}: none is broken`, async () => {
  expect(await explored()).toBe(`${RUNS} schedules from SEED=${SEED}\nNone is broken.\n`)
}, 3_600_000)

test.each(found)('F-08 found once: $name', async ({ schedule }) => {
  expect((await play(stage, schedule)).breaks).toEqual([])
})
