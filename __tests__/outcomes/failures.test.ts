import { expectSoundReport, prove } from '../support/reached.ts'
import { verdict } from '../support/story.ts'
import { labeled } from './acts.ts'
import { FAILURES, failingPlatform } from './failures.ts'

prove(FAILURES)

test('F-48 where even the last words fail, the outputs still tell that the action failed', async () => {
  const end = await labeled({ nodeArguments: failingPlatform('calls >= 3') })

  expect([verdict(end.result), end.result.code]).toEqual(['failed/bug', 1])
  expectSoundReport(end)
})
