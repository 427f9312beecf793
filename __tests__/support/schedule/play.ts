/** Plays one schedule from its beginning to the undisturbed runs that come after it, and says what has gone wrong. */
import type { Delivery, Person } from '../../../emulator/github/index.ts'
import type { ActionResult, StartedAction } from '../../../emulator/runner/process.ts'
import { startWorld, type World } from '../../../emulator/world.ts'
import type { Stage } from '../stage/stage.ts'
import { cause, type Event, SWEEP } from './cause.ts'
import { direct } from './director.ts'
import { judge, KEY } from './oracle.ts'
import type { Schedule } from './schedule.ts'

const MOST_RUNS = 3
/** Longer than a claim outlives its run. */
const AFTERWARDS_MS = 5 * 60_000

/** A run of a job, as often as it was tried. */
export type Job = { id: string; attempt: number; event: Event; result: ActionResult | undefined; killed: boolean }

export type Stageful = {
  world: World
  ann: Person
  rob: Person
  threads: number[]
  deliveries: Delivery[]
  jobs: Job[]
  story: string[]
}

/** What the oracle has found broken, and every call in its order. */
export type Played = { breaks: string[]; story: string[] }

export async function play(stage: Stage, schedule: Schedule): Promise<Played> {
  const set = await setUp(stage, schedule)
  try {
    await disturb(set, schedule)
    await heal(set)
    return { breaks: judge(set), story: set.story }
  } finally {
    await set.world.stop()
  }
}

/** Three threads, and nothing has happened yet. */
export async function setUp(
  stage: Stage,
  { scenario, waitMinutes }: Pick<Schedule, 'scenario' | 'waitMinutes'>,
): Promise<Stageful> {
  const inputs = { 'wait-minutes': String(waitMinutes) }
  // So slow that only leaps count: what happens does not depend on the machine.
  const time = { speed: 0.01, hurry: true, epoch: Date.parse('2026-11-20T09:00:00Z') }
  const world = await startWorld({ ...time, start: stage.start, julesKey: KEY, scenario, inputs })
  const deliveries: Delivery[] = []
  world.github.onDelivery((delivery) => deliveries.push(delivery))
  const [ann, rob] = [world.github.person('ann', 'write'), world.github.person('rob', 'read')]
  const threads = ['Flaky date test', 'Wrong title', 'Nobody asks here'].map(
    (title) => world.github.openIssue(rob, { title, body: 'See above.' }).number,
  )
  const story: string[] = []
  for (const { server } of [world.github, world.jules])
    server.onCall(({ headers, route, path, status, own }) => {
      const time = new Date(world.clock.now()).toISOString().slice(11, 19)
      story.push(
        `${time} run ${headers['x-run']} ${route} ${path} ${own === undefined ? 'not heard' : (own.status ?? 200)} → ${status}`,
      )
    })
  return { world, ann, rob, threads, deliveries, jobs: [], story }
}

async function disturb(set: Stageful, { happenings, turns }: Schedule): Promise<void> {
  const { world } = set
  const live = new Map<Job, StartedAction & { over: Promise<void> }>()
  const left = happenings.flatMap((one) => (one.twice ? [one, { ...one, twice: false }] : [one]))
  let last: Event | undefined

  function happen(): boolean {
    if (live.size >= MOST_RUNS) return false
    const now = left.shift()
    if (now === undefined) return false
    const isSecond = happenings.indexOf(now) === -1
    const job = now.what === 'again' ? jobAgain(set, live) : undefined
    const event = job?.event ?? (isSecond ? last : cause(set, now, happenings.indexOf(now)))
    if (event === undefined) return true
    last = event
    begin(job ?? newJob(set, event))
    return true
  }

  function begin(job: Job): void {
    const started = start(set, job)
    const over = started.done.then((result) => {
      job.result = result
      live.delete(job)
    })
    live.set(job, { ...started, over })
  }

  const director = direct(world, {
    turns,
    happen,
    kill: (run) => {
      const job = [...live.keys()].find(({ id, attempt }) => `${id}.${attempt}` === run)
      if (job === undefined) return
      job.killed = true
      live.get(job)?.kill('SIGKILL')
    },
  })
  while (left.length > 0 || live.size > 0) {
    if (live.size > 0) await Promise.race([...live.values()].map(({ over }) => over))
    else happen()
  }
  director.rest()
  world.github.staleReads()
}

/** The next attempt. */
export function start({ world }: Stageful, job: Job): StartedAction {
  job.attempt += 1
  job.result = undefined
  job.killed = false
  const inputs = { mode: job.event === SWEEP ? 'sweep' : 'auto' }
  return world.run(job.event, { runId: job.id, runAttempt: job.attempt, inputs })
}

/** A job for an event. */
export function newJob({ jobs }: Stageful, event: Event): Job {
  const job: Job = { id: String(7001 + jobs.length), attempt: 0, event, result: undefined, killed: false }
  jobs.push(job)
  return job
}

/** Only what has ended can be run again. */
function jobAgain({ jobs }: Stageful, live: Map<Job, unknown>): Job | undefined {
  return jobs.findLast((job) => !live.has(job))
}

function isToBeRunAgain({ killed, result }: Job): boolean {
  // A notice says so in the run, for GitHub could not tell who may ask.
  return killed || result?.code !== 0 || result.outputs.reason === 'permission-unknown'
}

/** What was killed or has failed is run again, as a person would, else the last job; then comes a sweep. */
export async function heal(set: Stageful): Promise<void> {
  const { jobs } = set
  set.world.clock.move(AFTERWARDS_MS)
  const failed = jobs.filter(isToBeRunAgain)
  for (const job of failed.length > 0 ? failed : jobs.slice(-1)) {
    job.result = await start(set, job).done
  }
  // What changes while a sweep is at work the next one tells.
  set.world.clock.move(AFTERWARDS_MS)
  await set.world.jules.settled()
  const sweep = newJob(set, SWEEP)
  sweep.result = await start(set, sweep).done
}
