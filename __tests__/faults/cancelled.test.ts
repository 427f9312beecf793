/**
 * F-02 A job that is cancelled at any of its calls: nothing new is done, what is known is saved at once, and the next run goes
 * on. `npm run test:full` tries every call.
 */
import type { Delivery } from '../../emulator/github/index.ts'
import type { Call } from '../../emulator/server.ts'
import { atUnansweredCall, callsSince, type Phase, points } from '../support/nth-call.ts'
import { useStage } from '../support/stage/use-stage.ts'
import { endWorlds, labeled, labelsOf, last, type Told, tracking, verdict } from '../support/story.ts'

const stage = useStage()

type Begun = { world: Told; event: Delivery }
type Story = {
  every: number
  full: number
  name: string
  begin(): Promise<Begun>
  minutes: number
  said: Record<string, number>
}

const MINUTE = 60_000

/** Up to the run that is to be cancelled, how long it takes until the next one comes, and what the session was told by then. */
const STORIES: Story[] = [
  { every: 6, full: 1, name: 'a start', begin: () => begin('automatic-pull-request'), minutes: 30, said: {} },
  {
    every: 13,
    full: 3,
    name: 'an answer',
    begin: () => asked('question', '/jules reply UTC'),
    minutes: 30,
    said: { userMessaged: 1 },
  },
  {
    every: 13,
    full: 3,
    name: 'an approval',
    begin: () => asked('plan-gate', '/jules approve'),
    minutes: 1,
    said: { planApproved: 1 },
  },
]

const begin = (scenario: string): Promise<Begun> => labeled({ start: stage.start, scenario, speed: 1 })

async function asked(scenario: string, words: string): Promise<Begun> {
  const { world, event } = await begin(scenario)
  await world.run(event).done
  world.github.comment(world.ann, world.issue, words)
  return { world, event: last(world, 'issue_comment', 'created') }
}

/** How many calls the story's run makes where nobody cancels it. */
async function lengthOf({ world, event }: Begun): Promise<number> {
  const before = callsSince(world).length
  expect(verdict(await world.run(event).done)).toBe('pull-request/completed')
  return callsSince(world).length - before
}

/** Effects that a cancelled run may not have any more. */
const NEW = ['sessions.create', 'sessions.sendMessage', 'sessions.approvePlan', 'issues.createComment']

/** Does it write to our comment? */
const isWrite = ({ route = '' }: Pick<Call, 'route'> | { route: string }) =>
  ['issues.createComment', 'issues.updateComment'].includes(route)

/** What was wrong when the run was cancelled there; nothing where all was well. */
async function wrongsOf(story: Story, n: number, phase: Phase): Promise<string[]> {
  const { world, event } = await story.begin()
  const started = world.clock.now()
  const run = world.run(event, { runId: '77' })
  let writes = 0
  const strike = atUnansweredCall(world, n, phase, () => {
    writes = callsSince(world, started).filter(isWrite).length
    run.cancel()
  })
  const result = await run.done
  // Some looks fall together by chance, so that a run may make a call less.
  if (strike.struck() === undefined) return []
  const { route, at } = strike.struck() ?? { route: '', at: 0 }
  const later = callsSince(world, at).filter((call) => call.at > at)
  const answered = writes - Number(isWrite({ route }))
  const tookMs = world.clock.now() - at
  const shown = tracking(world)[0] ?? ''
  // Whoever cancels after the end is told only keeps the last label from going.
  const isTold = shown.includes('✅ Jules opened')

  world.clock.move(story.minutes * MINUTE)
  await world.jules.settled()
  const again = await world.run(event, { runId: '77', runAttempt: 2 }).done
  const facts: { [claim: string]: boolean } = {
    'ends as cancelled': result.code === 130 && verdict(result) === 'running/cancelled',
    'exits within 7 s': tookMs <= 7000,
    'saves within 2 s': later.every((call) => call.at - at <= 2000),
    'begins nothing new': later.every((call) => !NEW.includes(call.route ?? '')),
    'says that it was cancelled': answered === 0 || isTold || shown.includes('was cancelled'),
    'tells of a session that it knew': !shown.includes('was cancelled;') || shown.includes('jules.google.com/session/'),
    'the next run ends it': verdict(again) === (isTold ? 'ignored/already-handled' : 'pull-request/completed'),
    'one session': world.jules.sessions().length === 1,
    'said once': Object.entries(story.said).every(([event, times]) => timesOf(world, event) === times),
    'one comment': tracking(world).length === 1 && (tracking(world)[0] ?? '').includes('✅ Jules opened'),
    'no label is left': labelsOf(world).length === 0,
  }
  const wrongs = Object.entries(facts).flatMap(([claim, holds]) =>
    holds
      ? []
      : [
          `${n} ${phase} ${route}: not "${claim}" (${verdict(again)}, ${shown.split('\n')[0]} > ${(tracking(world)[0] ?? '').split('\n')[0]})`,
        ],
  )
  await endWorlds()
  return wrongs
}

function timesOf(world: Told, event: string): number {
  const activities = world.jules.sessions().flatMap((session) => session.activities)
  return activities.filter((activity) => event in activity).length
}

test.each(STORIES)(
  'F-02 P12 $name is cancelled at any call: saved at once, and the next run brings it to its end',
  async (story) => {
    const calls = await lengthOf(await story.begin())
    await endWorlds()
    const wrongs: string[] = []
    for (const { n, phase } of points(calls, story)) wrongs.push(...(await wrongsOf(story, n, phase)))
    expect(wrongs).toEqual([])
  },
  240_000,
)
