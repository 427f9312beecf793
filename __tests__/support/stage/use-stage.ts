/** For a test file whose worlds run the action on a stage: everything is ended and put back by itself. */
import { endWorlds } from '../story.ts'
import { openStage, type Stage } from './stage.ts'

export function useStage(): Stage {
  const stage = openStage()
  afterEach(endWorlds)
  afterAll(() => stage.close())
  return stage
}
