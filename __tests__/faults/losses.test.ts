/** The goal of `npm run bench -- losses`, on the stage: one session and one comment, whatever answer is lost. */

import { ASKED_S, action, LOSSES, measure } from '../../bench/losses/measure.ts'
import { cleanUp } from '../../emulator/world.ts'
import { openStage } from '../support/stage/stage.ts'

const stage = openStage()
afterEach(cleanUp)
afterAll(() => stage.close())

const { 'sessions.create': CREATES, 'issues.createComment': COMMENTS } = LOSSES

test('F-04 seven ways to lose an answer to a create are measured, and three to lose that to a comment', () => {
  expect([CREATES, COMMENTS].map((list) => list.filter(({ phase }) => phase === 'after').length)).toEqual([7, 3])
})

test.each(CREATES.map((loss) => ({ ...loss, is: loss.phase === 'after' ? 'F-04' : 'F-05' })))(
  '$is sessions.create, $name: one session, and the run ends well',
  async (loss) => {
    const { made, calls, isWell, gapMs } = await measure(action, 'sessions.create', loss, { start: stage.start })
    expect({ made, isWell, calls }).toEqual({ made: 1, isWell: true, calls: loss.phase === 'after' ? 1 : 2 })
    if (gapMs !== undefined) expect(gapMs).toBeGreaterThanOrEqual(ASKED_S * 1000)
  },
)

test.each(COMMENTS.map((loss) => ({ ...loss, is: loss.phase === 'after' ? 'F-06' : 'F-31' })))(
  '$is issues.createComment, $name: one comment, and the run ends well',
  async (loss) => {
    const { made, isWell, gapMs } = await measure(action, 'issues.createComment', loss, { start: stage.start })
    expect({ made, isWell }).toEqual({ made: 1, isWell: true })
    if (gapMs !== undefined) expect(gapMs).toBeGreaterThanOrEqual(ASKED_S * 1000)
  },
)
