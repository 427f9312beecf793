import fc from 'fast-check'
import { digestOf } from '../../../src/core/decision/activities/digest.ts'
import { digestOfKept, keepNeeded, nothingKept } from '../../../src/core/decision/activities/keep.ts'
import type { Activity, Happening } from '../../../src/core/session.ts'
import { activity, ago } from '../builders.ts'

const step = (title: string): Happening => ({ kind: 'progress', title, description: 'At length.' })

/** What is kept of all pages, in the order in which they come. */
function keep(...pages: Activity[][]) {
  const kept = nothingKept()
  for (const page of pages) keepNeeded(kept, page)
  return kept
}

test('of ten thousand steps, the ids and the few that are told', () => {
  const all = Array.from({ length: 10_000 }, (_, at) =>
    activity({ id: `a${at}`, at: ago(1e6 - at), happening: step(`${at}`) }),
  )
  const kept = keep(...Array.from({ length: 100 }, (_, page) => all.slice(page * 100, page * 100 + 100)))
  expect(kept.activities.size).toBeLessThan(10)
  expect(digestOfKept(kept)).toEqual(digestOf(all))
  // The same page once more, as looks overlap.
  keepNeeded(kept, all.slice(-200))
  expect(digestOfKept(kept)).toEqual(digestOf(all))
})

const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.constantFrom('', 'Read', 'Wrote').map(step),
  fc.string({ maxLength: 3 }).map((message): Happening => ({ kind: 'agent-messaged', message })),
  fc
    .constantFrom('Go on.', 'Go on.\n\njules-relay: a/b 01\n')
    .map((message): Happening => ({ kind: 'user-messaged', message })),
  fc.constantFrom('p1', 'p2').map((plan): Happening => ({ kind: 'plan-approved', plan })),
  fc
    .constantFrom('p1', 'p2')
    .map((id): Happening => ({ kind: 'plan-generated', plan: { id, steps: [{ title: id, description: '' }] } })),
  fc.constantFrom<Happening>({ kind: 'completed' }, { kind: 'failed', why: 'x' }, { kind: 'unknown' }),
)
const told = {
  at: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 30 }).map(ago) }, fc.constantFrom('', 'soon')),
  by: fc.constantFrom<Activity['by']>('agent', 'user', 'system'),
  happening,
  patch: fc.constantFrom('', '', 'diff', 'more'),
  commands: fc.array(fc.constant({ command: 'ls', exitCode: 0 }), { maxLength: 9 }),
}
const unknown = fc.array(fc.constantFrom('danced', 'sung'), { minLength: 1, maxLength: 2 })
const one = fc.oneof({ weight: 4, arbitrary: fc.record(told) }, fc.record({ ...told, unknown }))

test('F-20 what was let go of was not needed: any order, any pages, anything twice', () => {
  fc.assert(
    fc.property(
      fc.array(one, { maxLength: 40 }),
      fc.integer({ min: 1, max: 9 }),
      fc.infiniteStream(fc.nat()),
      (given, size, chance) => {
        const all = given.map((over, at) => activity({ ...over, id: `a${at}` }))
        const shuffled = [...all, ...all.slice(0, 5)]
          .map((each) => ({ each, at: chance.next().value }))
          .sort((a, b) => a.at - b.at)
        const pages = Array.from({ length: Math.ceil(shuffled.length / size) }, (_, at) =>
          shuffled.slice(at * size, at * size + size).map(({ each }) => each),
        )
        expect(digestOfKept(keep(...pages))).toEqual(digestOf(all))
      },
    ),
    { numRuns: 500 },
  )
})
