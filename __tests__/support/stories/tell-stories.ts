/** One test for each story: what every stage says is held against the files of the story, and its cost against the limits. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { endWorlds } from '../story.ts'
import { type Figures, figuresOf, worst } from './figures.ts'
import { pageOf } from './page.ts'
import { play } from './play.ts'
import { runsOn } from './runs.ts'
import { fileOf, readScript } from './script.ts'
import { toldIn } from './told.ts'

/** Seconds, and how many. */
const LIMITS = { held: 15, comments: 1, notices: 1, writes: 20 }
const STAGES = { 'runs.md': runsOn, 'jules.md': toldIn, 'thread.md': pageOf }

export function tellStories(names: readonly string[]): void {
  const all: Figures[] = []
  afterEach(endWorlds)
  afterAll(() => {
    const { held, comments, notices, writes, withCourtesies } = worst(all)
    const parts = [
      `a runner held for ${held.toFixed(1)} s once a person is needed`,
      `${comments} tracking comment and ${notices} notice a turn`,
      `${writes} comments written or edited (${withCourtesies} writes with reactions and labels) in an hour of a session`,
    ]
    process.stdout.write(`${all.length} stories. At most: ${parts.join(', ')}.\n`)
  })

  test.each(names)('%s', async (name) => {
    const played = await play(readScript(name))
    for (const [file, tell] of Object.entries(STAGES)) {
      const [path, text] = [fileOf(name, file), tell(played.world)]
      if (process.env.STORIES === 'write') writeFileSync(path, text)
      expect(text).toBe(existsSync(path) ? readFileSync(path, 'utf8') : '')
    }
    const figures = figuresOf(played)
    all.push(figures)
    expect(figures.held).toBeLessThanOrEqual(LIMITS.held)
    expect(figures.comments).toBeLessThanOrEqual(LIMITS.comments)
    expect(figures.notices).toBeLessThanOrEqual(LIMITS.notices)
    expect(figures.writes).toBeLessThanOrEqual(LIMITS.writes)
  })
}
