/** F-01, F-02, F-03, F-07: every point of every story, with both signals and with reads that lag behind; and pairs of crashes. */
import { type Crash, crash, RECOVERIES } from '../support/crash/crash.ts'
import { type CrashStory, STORIES } from '../support/crash/stories.ts'
import { pointsOf } from '../support/crash/strike.ts'
import { openStage } from '../support/stage/stage.ts'

const stage = openStage()
afterAll(() => stage.close())

const SIGNALS = ['SIGKILL', 'SIGINT'] as const
const LAGS = [
  undefined,
  { calls: 1 },
  { calls: 3 },
  { calls: 5 },
  { calls: 1, scope: 'all' },
  { calls: 3, scope: 'all' },
  { calls: 5, scope: 'all' },
] as const
const recoveryAt = (n: number) => RECOVERIES[n % RECOVERIES.length] ?? 'again'

async function breaksOfAll(crashes: Crash[]): Promise<string[]> {
  const broken: string[] = []
  for (const one of crashes) {
    const { breaks, verdicts } = await crash(one, stage.start)
    const { point, second, signal, recovery } = one
    if (breaks.length > 0) broken.push(JSON.stringify({ point, second, signal, recovery, verdicts, breaks }))
  }
  return broken
}

async function stepsOf(story: CrashStory, stale: Crash['stale']) {
  return (await crash({ story, stale, signal: 'SIGKILL', recovery: 'again' }, stage.start)).steps
}

const rows = STORIES.flatMap((story) => LAGS.map((stale) => ({ name: story.name, story, stale })))
test.each(rows)(
  'F-01 F-02 F-07 every point: $name, reads behind by $stale.calls $stale.scope',
  async ({ name, story, stale }) => {
    const points = pointsOf(await stepsOf(story, stale))
    const crashes = points.flatMap((point, at) =>
      SIGNALS.map((signal, by): Crash => ({ story, stale, point, signal, recovery: recoveryAt(at + by) })),
    )
    const broken = await breaksOfAll(crashes)
    process.stdout.write(
      `${name}, behind by ${stale?.calls ?? 0} ${stale && 'scope' in stale ? 'all' : 'lists'}: ${crashes.length - broken.length} of ${crashes.length} survived\n`,
    )
    expect(broken).toEqual([])
  },
  600_000,
)

const PAIRED = STORIES.filter(({ name }) => ['a label starts', 'a reply'].includes(name))
test.each(PAIRED)(
  'F-03 the run that recovers dies as well: $name, all pairs of points',
  async (story) => {
    const points = pointsOf(await stepsOf(story, undefined))
    const crashes = points.flatMap((point, one) =>
      points.map(
        (second, other): Crash => ({
          story,
          point,
          second,
          signal: 'SIGKILL',
          recovery: recoveryAt(one + other),
        }),
      ),
    )
    const broken = await breaksOfAll(crashes)
    process.stdout.write(`${story.name}: ${crashes.length - broken.length} of ${crashes.length} pairs survived\n`)
    expect(broken).toEqual([])
  },
  1_200_000,
)
