/** Plays random schedules, several worlds side by side, and tells of each that breaks something how to play it again. */
import fc from 'fast-check'
import type { Stage } from '../stage/stage.ts'
import { play } from './play.ts'
import { type Schedule, schedules } from './schedule.ts'

/** Worlds at a time: while one waits, another works. */
const LANES = 6
/** Time to find out how little of a broken schedule still breaks it, once it is played again. */
const SHRINK_MS = 120_000

export type Exploration = { seed: number; runs: number; path?: string; isStale?: boolean }

/** What each broken schedule comes down to; none: nothing was broken. */
export async function explore(stage: Stage, { seed, runs, path, isStale }: Exploration): Promise<string[]> {
  const property = fc.asyncProperty(schedules(isStale), async (schedule) => {
    const { breaks, story } = await play(stage, schedule)
    if (breaks.length > 0) throw new Error([...breaks, ...story].join('\n'))
  })
  if (path !== undefined)
    return told(await fc.check(property, { seed, path, numRuns: 1, interruptAfterTimeLimit: SHRINK_MS }), isStale)
  const numRuns = Math.ceil(runs / LANES)
  const lanes = Array.from({ length: LANES }, async (_, lane) =>
    told(await fc.check(property, { seed: seed + lane, numRuns, endOnFailure: true }), isStale),
  )
  return (await Promise.all(lanes)).flat()
}

function told(details: fc.RunDetails<[Schedule]>, isStale = false): string[] {
  const { failed, seed, counterexample, counterexamplePath, errorInstance } = details
  if (!failed) return []
  const said = errorInstance instanceof Error ? errorInstance.message : String(errorInstance)
  const again = `Again: SEED=${seed} AT=${counterexamplePath} npm run faults${isStale ? ' -- --stale' : ''}`
  return [`${said}\n${JSON.stringify(counterexample?.[0])}\n${again}`]
}
