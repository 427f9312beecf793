/**
 * F-01, F-02, F-07, F-58: a run dies at one of its writes: before the call has its effect (a), when nobody hears of it (b), or
 * with the next call (c). The next run brings the thread to the truth. Here every write, phase and signal at least once, and the
 * built action as a process; `npm run test:full` tries every point.
 */
import { readFileSync } from 'node:fs'
import { type ActionRun, startAction } from '../../emulator/runner/process.ts'
import { type Crash, crash, RECOVERIES } from '../support/crash/crash.ts'
import { type CrashStory, STORIES } from '../support/crash/stories.ts'
import { type Point, pointsOf, type Signal, type Step } from '../support/crash/strike.ts'
import { openStage } from '../support/stage/stage.ts'

const stage = openStage()
afterAll(() => stage.close())

const SIGNALS = ['SIGKILL', 'SIGINT'] as const
/** How far reads are behind, by turns. */
const LAGS = [undefined, { calls: 1 }, undefined, { calls: 3 }, undefined, { calls: 5, scope: 'all' }] as const

const tried = { SIGKILL: 0, SIGINT: 0 }
/** The calls of each story, undisturbed. */
const calm = new Map<string, Step[]>()
/** What has been struck so far: write, phase, signal. */
const struck = new Set<string>()

async function stepsOf(story: CrashStory): Promise<Step[]> {
  const known = calm.get(story.name)
  if (known !== undefined) return known
  const { breaks, steps } = await crash({ story, signal: 'SIGKILL', recovery: 'again' }, stage.start)
  expect(breaks).toEqual([])
  calm.set(story.name, steps)
  return steps
}

/** The write that a point strikes at, and in which phase. */
function named(steps: Step[], { at, phase }: Point): string {
  const here = steps[at]
  if (phase === 'after') return `${here?.route} b`
  return here?.isWrite === true ? `${here.route} a` : `${steps[at - 1]?.route} c`
}

function newPoints(steps: Step[]): { point: Point; signal: Signal }[] {
  const all = pointsOf(steps).flatMap((point) => SIGNALS.map((signal) => ({ point, signal })))
  return all.filter(({ point, signal }) => {
    const name = `${named(steps, point)} ${signal}`
    return struck.has(name) ? false : struck.add(name)
  })
}

test.each(STORIES)('F-01 F-02 F-07 each write that no story before has: $name', async (story) => {
  for (const { point, signal } of newPoints(await stepsOf(story))) {
    const turn = struck.size + tried.SIGKILL + tried.SIGINT
    const one: Crash = {
      story,
      point,
      signal,
      stale: LAGS[turn % LAGS.length],
      recovery: RECOVERIES[turn % RECOVERIES.length] ?? 'again',
    }
    tried[signal] += 1
    const { breaks, verdicts } = await crash(one, stage.start)
    expect({ ...one, verdicts, breaks }).toEqual({ ...one, verdicts, breaks: [] })
  }
})

test('every call that changes anything was struck in every phase, with both signals', () => {
  const sources = ['github', 'jules'].map((party) => readFileSync(`src/shell/${party}/write.ts`, 'utf8'))
  const calls = sources.flatMap((text) => [...text.matchAll(/(?:once|repeatable|write)\(\s*'([\w.]+)'/g)])
  const names = [...new Set(calls.map(([, name = '']) => name))].filter((name) => name !== '')

  expect(names.length).toBeGreaterThan(12)
  const wanted = names.flatMap((name) => ['a', 'b'].flatMap((phase) => SIGNALS.map((one) => `${name} ${phase} ${one}`)))
  expect(wanted.filter((name) => !struck.has(name))).toEqual([])
})

/** The built action as a process at every call that changes anything; phases, signals and next runs by turns. */
const BUILT = [
  ['a label starts', 'reactions.createForIssue'],
  ['a label starts', 'issues.createComment'],
  ['a label starts', 'issues.addLabels'],
  ['a label starts', 'issues.removeLabel'],
  ['a label starts', 'issues.updateComment'],
  ['a label starts', 'sessions.create'],
  ['a command starts', 'reactions.createForIssueComment'],
  ['a reply', 'sessions.sendMessage'],
  ['an approval', 'sessions.approvePlan'],
  ['a stop', 'sessions.archive'],
  ['a claim that stands twice', 'issues.deleteComment'],
  ['a line of code', 'reactions.createForPullRequestReviewComment'],
  ['a message from the workflow file to an archived session', 'sessions.unarchive'],
  ['delete', 'sessions.delete'],
] as const
const PHASES = ['a', 'b', 'c'] as const
const rows = BUILT.map(([name, route], at) => ({
  name,
  route,
  phase: PHASES[at % 3] ?? 'a',
  signal: at % 2 === 0 ? ('SIGKILL' as const) : ('SIGINT' as const),
  recovery: RECOVERIES[(at + Math.floor(at / 3)) % 3] ?? ('again' as const),
}))
/** The run that dies, and the same run once more, are processes; what led to them need not be. */
const start = (run: ActionRun) => (run.runId === '77' ? startAction(run) : stage.start(run))

test.each(rows)('F-01 F-02 the built action: $name, $signal at $route, phase $phase, then $recovery', async (row) => {
  const story = STORIES.find(({ name }) => name === row.name)
  if (story === undefined) throw new Error(`There is no story ${row.name}.`)
  const steps = await stepsOf(story)
  const at = steps.findIndex(({ route }) => route === row.route)
  const point =
    row.phase === 'b'
      ? { at, phase: 'after' as const }
      : { at: at + Number(row.phase === 'c'), phase: 'before' as const }
  tried[row.signal] += 1
  expect((await crash({ ...row, story, point }, start)).breaks).toEqual([])
})

test('the points that were tried are counted', () => {
  process.stdout.write(`Crash points survived: ${tried.SIGKILL} by SIGKILL, ${tried.SIGINT} by SIGINT.\n`)
  expect(tried.SIGKILL).toBeGreaterThanOrEqual(40)
  expect(tried.SIGINT).toBeGreaterThanOrEqual(40)
})
