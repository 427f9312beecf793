/** What holds for whole runs, whatever people do in whatever order (P7 to P10 and P12 of docs/threats.md), where nothing else goes wrong. */
import fc from 'fast-check'
import type { ActionResult } from '../../emulator/runner/process.ts'
import { hasRecord, noteKey } from '../../src/shell/github/seal.ts'
import { atCall, callsSince, type Phase } from '../support/nth-call.ts'
import { cause, type Event } from '../support/schedule/cause.ts'
import { judge } from '../support/schedule/oracle.ts'
import { heal, newJob, type Stageful, setUp, start } from '../support/schedule/play.ts'
import { type Happening, SCENARIOS } from '../support/schedule/schedule.ts'
import type { Stage } from '../support/stage/stage.ts'

export type RunProperty = { name: string; holds(stage: Stage): fc.IAsyncProperty<unknown> }

const scenario = fc.constantFrom(...SCENARIOS)
const what = fc.constantFrom('label', 'say', 'bare', 'approve', 'status', 'retry', 'stop', 'outsider')
const happening = (thread: fc.Arbitrary<0 | 1>): fc.Arbitrary<Happening> =>
  fc.record({ what, thread, twice: fc.constant(false) })
const happenings = fc.array(happening(fc.constantFrom(0, 1)), { minLength: 1, maxLength: 3 })

export const RUN_PROPERTIES: RunProperty[] = [
  {
    name: 'F-11 P7 P9 P10 events that come again, in any order, do nothing more',
    holds: (stage) =>
      fc.asyncProperty(scenario, happenings, fc.array(fc.nat(2), { minLength: 1, maxLength: 3 }), (...given) =>
        inWorld(stage, given[0], (set) => comeAgain(set, given[1], given[2])),
      ),
  },
  {
    name: 'F-10 P8 P9 P10 what happens in two threads ends the same, whichever comes first',
    holds: (stage) =>
      fc.asyncProperty(scenario, happening(fc.constant(0)), happening(fc.constant(1)), async (name, ...both) => {
        const [first, second] = [false, true].map((turned) => inWorld(stage, name, (set) => inOrder(set, both, turned)))
        expectSame(await first, await second)
      }),
  },
  {
    name: 'F-02 P9 P10 P12 a run that is cancelled begins nothing new, and the next one goes on',
    holds: (stage) =>
      fc.asyncProperty(scenario, happenings, fc.nat(30), fc.constantFrom('before', 'after'), (...given) =>
        inWorld(stage, given[0], (set) => cancelled(set, given[1], given[2] + 1, given[3])),
      ),
  },
]

async function inWorld<T>(stage: Stage, name: string, act: (set: Stageful) => Promise<T>): Promise<T> {
  const set = await setUp(stage, { scenario: name, waitMinutes: 0 })
  try {
    const outcome = await act(set)
    await heal(set)
    expectSame(judge(set), [])
    return outcome
  } finally {
    await set.world.stop()
  }
}

function ran(set: Stageful, event: Event): Promise<ActionResult> {
  const job = newJob(set, event)
  return start(set, job).done.then((result) => {
    job.result = result
    return result
  })
}

function caused(set: Stageful, all: readonly Happening[]): Event[] {
  return all.flatMap((one, at) => cause(set, one, at) ?? [])
}

async function comeAgain(set: Stageful, all: Happening[], picks: number[]): Promise<void> {
  const events = caused(set, all)
  for (const event of events) await ran(set, event)
  const before = effects(set)
  for (const pick of picks) {
    const event = events[pick % events.length]
    if (event !== undefined) await ran(set, event)
  }
  expectSame(effects(set), before)
}

const AT_JULES = ['sessions.create', 'sessions.sendMessage', 'sessions.approvePlan', 'sessions.archive']

/** What was done that must not be done twice. A run that is told again may tell of what is new since then, but that once only. */
function effects({ world, threads }: Stageful): unknown {
  const asked = world.jules.server.calls.filter(({ route = '' }) => AT_JULES.includes(route)).length
  const bodies = threads.flatMap((number) => world.github.comments(number)).map(({ body }) => body)
  const keys = bodies.flatMap((body) => noteKey(body) ?? [])
  return { asked, tracking: bodies.filter(hasRecord).length, twice: keys.filter((key, at) => keys.indexOf(key) !== at) }
}

/** How both threads stand in the end, but for the numbers that depend on what came first. */
async function inOrder(set: Stageful, both: Happening[], turned: boolean): Promise<unknown> {
  const events = caused(set, both)
  const results = new Map<Event, string>()
  for (const event of turned ? events.toReversed() : events) {
    const { outputs } = await ran(set, event)
    results.set(event, `${outputs.outcome}/${outputs.reason}`)
  }
  const headlines = set.threads.map((number) =>
    set.world.github.comments(number).map(({ body }) => (body.split('\n')[0] ?? '').replace(/\d+/g, 'N')),
  )
  const prompts = set.world.jules.sessions().map(({ prompt }) => prompt.replace(/(?<=----- (?:begin|end) )\S+/g, ''))
  return { results: events.map((event) => results.get(event)), headlines, prompts: prompts.sort() }
}

/** What a run may not do any more once it is cancelled. */
const NEW = ['sessions.create', 'sessions.sendMessage', 'sessions.approvePlan', 'issues.createComment']

async function cancelled(set: Stageful, all: Happening[], n: number, phase: Phase): Promise<void> {
  const { world } = set
  const events = caused(set, all)
  const last = events.pop()
  for (const event of events) await ran(set, event)
  if (last === undefined) return
  const job = newJob(set, last)
  const run = start(set, job)
  const strike = atCall(world, n, phase, () => {
    run.cancel()
    // So that what comes later can be told by its time.
    world.clock.move(1)
  })
  job.result = await run.done
  const struck = strike.struck()
  if (struck === undefined) return
  const later = callsSince(world, struck.at).filter(({ at }) => at > struck.at)
  expectSame(
    later.map(({ route = '' }) => route).filter((route) => NEW.includes(route)),
    [],
  )
}

function expectSame(found: unknown, wanted: unknown): void {
  const [is, should] = [found, wanted].map((value) => JSON.stringify(value, undefined, 1))
  if (is !== should) throw new Error(`It is ${is}, and should be ${should}.`)
}
