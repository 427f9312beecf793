/** A run that dies at one point, the next one that finds what it has left, and what the oracle makes of it. */
import type { StaleReads } from '../../../emulator/github/index.ts'
import type { ActionResult, ActionRun, StartedAction } from '../../../emulator/runner/action-run.ts'
import { breaksOf, statusesOf } from '../oracle.ts'
import { endWorlds, last, type Told, tellDirectly, verdict } from '../story.ts'
import type { CrashStory, Doomed } from './stories.ts'
import { type Point, type Signal, type Step, strikeAt, type Watch, writesSince } from './strike.ts'

/** What comes after the crash. */
export const RECOVERIES = ['again', 'sweep', 'command'] as const
export type Recovery = (typeof RECOVERIES)[number]

export type Crash = {
  story: CrashStory
  stale?: StaleReads | undefined
  signal: Signal
  point?: Point | undefined
  /** Where the run that recovers dies as well. */
  second?: Point | undefined
  recovery: Recovery
}

type Start = (run: ActionRun) => StartedAction

/** What came of it. `breaks`: what the oracle finds wrong. */
export type Aftermath = { breaks: string[]; steps: Step[]; result: ActionResult; world: Told; verdicts: string[] }

export async function crash(one: Crash, start?: Start): Promise<Aftermath> {
  const world = await tellDirectly({ speed: 1, ...one.story.options, ...(start && { start }) })
  try {
    const doomed = await one.story.prepare(world)
    world.github.staleReads(one.stale)
    const { watch, result } = await run(world, doomed, one, 1)
    const left = statusesOf(world).length
    world.github.server.faults.clear()
    const verdicts = [verdict(result)]
    const breaks = one.signal === 'SIGINT' ? lateActs(world, watch, result) : []
    if (one.second !== undefined) {
      const { result: next } = await run(world, doomed, { ...one, point: one.second }, 2)
      verdicts.push(verdict(next))
    }
    if (one.point !== undefined) verdicts.push(...(await recover(world, doomed, one)))
    const isKnown = left > 0 || one.recovery === 'again' || one.story.requests === 0
    const { requests = 1, sessions = requests } = one.story
    breaks.push(...breaksOf(world, { requests, sessions, mayBeLost: !isKnown }))
    if (isKnown) breaks.push(...(one.story.amiss?.(world) ?? []))
    return { breaks, steps: watch.steps, result, world, verdicts }
  } finally {
    await endWorlds()
  }
}

async function run(world: Told, doomed: Doomed, { point, signal }: Crash, runAttempt: number) {
  const watch = strikeAt(world, point, signal, () => started)
  const { event, inputs = {} } = doomed
  const started = world.run(event, { runId: '77', runAttempt, inputs })
  const result = await started.done
  watch.end()
  return { watch, result }
}

/** After the signal nothing new is begun; what stands is saved within two seconds, and the job ends within seven. */
function lateActs(world: Told, watch: Watch, result: ActionResult): string[] {
  const struck = watch.struckAt()
  if (struck === undefined) return []
  const late = [...world.github.server.calls, ...world.jules.server.calls].filter(({ at }) => at > struck)
  const began = writesSince(late, struck).filter((route) => route !== 'issues.updateComment')
  const saved = late.filter(({ at }) => at - struck > 2000)
  return [
    ...began.map((route) => `${route} after the signal`),
    ...saved.map(({ route }) => `${route} more than 2 s after the signal`),
    ...(world.clock.now() - struck > 7000 ? ['it took more than 7 s to end'] : []),
    ...(result.signal === null ? [] : [`it was ended by ${result.signal}`]),
  ]
}

const MINUTE = 60_000

async function recover(world: Told, doomed: Doomed, { recovery, story }: Crash): Promise<string[]> {
  const { event, inputs = {} } = doomed
  if (recovery === 'again' || story.isPrivate)
    return [verdict(await world.run(event, { runId: '77', runAttempt: 3, inputs }).done)]
  world.clock.move(5 * MINUTE)
  await world.jules.settled()
  if (recovery === 'command') {
    world.github.comment(world.ann, world.issue, '/jules status')
    return [verdict(await world.run(last(world, 'issue_comment', 'created'), { runId: '78' }).done)]
  }
  const told: string[] = []
  for (let time = 0; time < 3; time += 1) {
    const schedule = { name: 'schedule', payload: { schedule: '17 */2 * * *' } }
    told.push(verdict(await world.run(schedule, { runId: `8${time}`, inputs: { mode: 'sweep' } }).done))
    world.clock.move(3 * MINUTE)
  }
  return told
}
