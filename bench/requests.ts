/**
 * What following a session costs: requests to Jules and GitHub by kind, beside a loop that looks every 30 seconds and edits its
 * comment each time; and how long after it is there a need or an ending is seen. `npm run bench -- requests` prints both.
 */
import type { Call } from '../emulator/server.ts'
import { startWorld, type World } from '../emulator/world.ts'

const MINUTE = 60_000
const LOOP_MS = 30_000
/** Calls so near to each other belong to one look. */
const ONE_LOOK_MS = 4000
const GOALS = { ratio: 2 / 5, delay: 25, calls: 60, writes: 20 }

const ten = await followed('ten-minutes', { minutes: 10, speed: 20 })
printTable('A session of ten minutes', ten)
const ratio = ten.looking.length / (2 * looksOfLoop(ten))
const delay = meanDelay(ten)
printGoal('requests to Jules while following, against the loop', ratio, GOALS.ratio)
printGoal('mean delay of a need or an ending at any moment, seconds', delay, GOALS.delay)
console.log(`this ending was seen after ${((ten.seen - ten.ended) / 1000).toFixed(0)} s\n`)

const hour = await followed('one-hour', { minutes: 60, speed: 150 })
printTable('A session of one hour, followed to its end', hour)
const hours = (hour.seen - hour.started) / (60 * MINUTE)
// What GitHub answers with 304 costs nothing of its limit.
const counted = hour.github.filter(({ status }) => status !== 304)
printGoal('calls to GitHub that count, per hour', counted.length / hours, GOALS.calls)
printGoal('comments written, per hour', counted.filter(isContent).length / hours, GOALS.writes)

type Followed = {
  jules: Call[]
  github: Call[]
  /** The requests to Jules that follow the session, its creation left out. */
  looking: Call[]
  /** Emulated times, milliseconds. */
  started: number
  ended: number
  seen: number
}

/** The action follows a session from the label to the end. */
async function followed(scenario: string, { minutes, speed }: { minutes: number; speed: number }): Promise<Followed> {
  const world = await startWorld({ speed, scenario })
  const result = await labeled(world, { 'wait-minutes': String(minutes + 5) })
  if (result.outputs.outcome !== 'pull-request') throw new Error(`It ended with ${result.outputs.outcome}.`)
  const jules = world.jules.server.calls
  const [session] = world.jules.sessions()
  await world.stop()
  const started = Date.parse(session?.createTime ?? '')
  const ended = Date.parse(session?.updateTime ?? '')
  const looking = jules.filter(({ route }) => route === 'sessions.get' || route === 'activities.list')
  const seen = looking.find(({ at }) => at >= ended)?.at ?? Number.NaN
  return { jules, github: world.github.server.calls, looking, started, ended, seen }
}

function labeled(world: World, inputs: Record<string, string>) {
  const ann = world.github.person('ann', 'write')
  const issue = world.github.openIssue(ann, { title: 'Flaky date test', body: 'It fails at midnight.' })
  const deliveries: { event: string; payload: object }[] = []
  world.github.onDelivery((delivery) => deliveries.push(delivery))
  world.github.label(ann, issue.number, 'ask-jules')
  const [delivery] = deliveries
  if (delivery === undefined) throw new Error('The emulated GitHub sent no event.')
  return world.run(delivery, { inputs }).done
}

/** How many times the loop looks, the time that sees the end included. */
function looksOfLoop({ started, ended }: Followed): number {
  return Math.ceil((ended - started) / LOOP_MS)
}

/** Whatever comes at a moment of the session is seen at the next look: the mean over all moments, seconds. */
function meanDelay({ looking, started, seen }: Followed): number {
  const times = [started, ...looking.map(({ at }) => at).filter((at) => at <= seen)]
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? at))
  const looks = gaps.filter((gap) => gap > ONE_LOOK_MS)
  return looks.reduce((sum, gap) => sum + (gap * gap) / 2, 0) / (seen - started) / 1000
}

function isContent({ route, method }: Call): boolean {
  return method !== 'GET' && (route === 'issues.createComment' || route === 'issues.updateComment')
}

function printTable(title: string, one: Followed): void {
  const looks = looksOfLoop(one)
  const loop: Record<string, number> = {
    'sessions.create': 1,
    'sessions.get': looks,
    'activities.list': looks,
    'issues.createComment': 1,
    'issues.updateComment': looks,
  }
  console.log(`${title.padEnd(46)}  ours  loop`)
  for (const [party, calls] of Object.entries({ Jules: one.jules, GitHub: one.github }))
    for (const [kind, reads] of Object.entries({ reads: true, writes: false })) {
      const chosen = calls.filter((call) => isRead(call) === reads)
      const rows = Object.entries(Object.groupBy(chosen, nameOf)).map(
        ([name, group]) => [name, group?.length ?? 0] as const,
      )
      const ofLoop = rows.reduce((sum, [name]) => sum + (loop[name] ?? 0), 0)
      console.log(row(`${party}, ${kind}`, chosen.length, ofLoop))
      for (const [name, count] of rows.sort()) console.log(row(`  ${name}`, count, loop[name] ?? 0))
    }
}

function isRead({ method, route }: Call): boolean {
  return method === 'GET' || route === 'graphql'
}

function nameOf({ route, status }: Call): string {
  return `${route ?? 'unplanned'}${status === 304 ? ', nothing new (304)' : ''}`
}

function row(name: string, ours: number, loop: number): string {
  return `${name.padEnd(46)}${String(ours).padStart(6)}${String(loop).padStart(6)}`
}

function printGoal(what: string, found: number, goal: number): void {
  console.log(`${what}: ${found.toFixed(2)} (goal: at most ${goal})`)
  if (found > goal) process.exitCode = 1
}
