/**
 * F-08, F-10, F-11, F-28: two or three runs at once, each of whose requests is held and let go in any order, with answers lost,
 * refusals, doubled events and runs that die. What comes after must bring every thread to the truth.
 */
import { explore } from '../support/schedule/explore.ts'
import { found } from '../support/schedule/found.ts'
import { play } from '../support/schedule/play.ts'
import { openStage } from '../support/stage/stage.ts'

const SEED = 20261122
const RUNS = process.env.FULL === undefined ? 500 : 5000
const stage = openStage()
afterAll(() => stage.close())

test(`F-08 F-10 F-11 F-28 ${RUNS} random schedules from seed ${SEED}: none is broken`, async () => {
  expect(await explore(stage, { seed: SEED, runs: RUNS })).toEqual([])
}, 3_600_000)

test.each(found)('F-08 found once: $name', async ({ schedule }) => {
  expect((await play(stage, schedule)).breaks).toEqual([])
})
