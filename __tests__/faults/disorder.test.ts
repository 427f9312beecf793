/** Lists of activities that are shuffled, doubled, cut into pages that end, or hold what nobody can read. */
import fc from 'fast-check'
import type { Answer } from '../../emulator/route.ts'
import { digestOf } from '../../src/core/decision/activities/digest.ts'
import { digestOfKept, keepNeeded, nothingKept } from '../../src/core/decision/activities/keep.ts'
import { activity, ago } from '../core/builders.ts'
import { answers, refusal } from '../outcomes/acts.ts'
import { useStage } from '../support/stage/use-stage.ts'
import { julesCalls, labeled, tracking, verdict } from '../support/story.ts'

const stage = useStage()

/** Steps of a session, some at the same time. */
const STEPS = Array.from({ length: 12 }, (_, at) =>
  activity({
    id: `a${at}`,
    at: ago(60_000 - Math.floor(at / 2) * 1000),
    happening: { kind: 'progress', title: `step ${at}`, description: '' },
    commands: [{ command: `run ${at}`, exitCode: 0 }],
  }),
)

test('F-20 any order of the same activities, doubled and in pages: each is counted and shown once', () => {
  const orderly = digestOf(STEPS)
  const order = fc
    .array(fc.nat(STEPS.length - 1), { minLength: 4, maxLength: 4 })
    .chain((twice) => fc.shuffledSubarray([...STEPS.keys(), ...twice], { minLength: STEPS.length + 4 }))
  fc.assert(
    fc.property(order, fc.integer({ min: 1, max: 9 }), (places, size) => {
      const kept = nothingKept()
      for (let from = 0; from < places.length; from += size)
        keepNeeded(
          kept,
          places.slice(from, from + size).flatMap((at) => STEPS[at] ?? []),
        )
      expect(digestOfKept(kept)).toEqual(orderly)
    }),
    { numRuns: process.env.FULL === undefined ? 1000 : 10_000 },
  )
  expect(orderly.progressCount).toBe(STEPS.length)
})

/** A session of ten minutes that a first run has followed for eight. */
async function begun() {
  const { world, event } = await labeled({ start: stage.start, scenario: 'ten-minutes' })
  await world.run(event, { runId: '7', inputs: { 'wait-minutes': '8' } }).done
  return { world, again: () => world.run(event, { runId: '7', runAttempt: 2 }).done }
}

test.each([
  { name: 'the first list of a run', skip: 0 },
  { name: 'a later list', skip: 2 },
])(
  'F-20 in $name a page is asked for whose token has expired: it is read again from its beginning',
  async ({ skip }) => {
    const { world, again } = await begun()
    world.jules.addFault({ name: 'short-page', route: 'activities.list', items: 1, skip })
    world.jules.server.faults.add(answers('activities.list', refusal(400, 'INVALID_ARGUMENT'), { times: 1 }))
    const result = await again()

    expect([verdict(result), result.code]).toEqual(['pull-request/completed', 0])
    expect(julesCalls(world, 'activities.list').filter(({ status }) => status === 400)).toHaveLength(1)
  },
)

const message = (text: string) => ({ agentMessaged: { agentMessage: text } })
const CORRUPT = [
  null,
  7,
  {},
  { ...message('No id.') },
  { id: 'x1', createTime: 'soon', originator: 'agent', progressUpdated: { title: 'No time' } },
  { id: 'x2', progressUpdated: { title: 'a\ud800b\udc00' } },
  { id: 'x3', progressUpdated: {}, artifacts: [{ media: { data: '!!', mimeType: 'image/png' } }] },
  { id: 'x4', progressUpdated: { title: 'No list' }, artifacts: 'none' },
  { id: 'x5', planGenerated: 'p', progressUpdated: [], sessionFailed: 7 },
]
test('F-21 among activities that nobody can read the others are shown, and the session ends as it did', async () => {
  const { world, again } = await begun()
  const spoilt = (answer: Answer): Answer => {
    const list: unknown = Reflect.get(Object(answer.body), 'activities')
    return {
      ...answer,
      body: { ...Object(answer.body), activities: [...CORRUPT, ...(Array.isArray(list) ? list : [])] },
    }
  }
  const act = { kind: 'change', change: spoilt } as const
  world.jules.server.faults.add({ route: 'activities.list', phase: 'after', times: 99, act })
  const result = await again()

  expect([verdict(result), result.code]).toEqual(['pull-request/completed', 0])
  const [comment = ''] = tracking(world)
  expect(comment.isWellFormed()).toBe(true)
  expect(comment).toContain('Count calendar days')
  expect(comment).toMatch(/Took 10 minutes in 1 turn\./)
  expect(result.summary).toContain('unreadable')
})
