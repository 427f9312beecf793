import fc from 'fast-check'
import { type Digest, digestOf, EMPTY_DIGEST, lastLine, millis } from '../../../src/core/decision/activities/digest.ts'
import type { Activity, Happening } from '../../../src/core/session.ts'
import { activity, ago, MINUTE } from '../builders.ts'

const PLAN = { id: 'p1', steps: [{ title: 'Look', description: '' }] }
const PLAN_2 = { id: 'p2', steps: [{ title: 'Mend', description: 'the test' }] }

type Told = Happening | Partial<Activity>

/** Activities a minute apart, the last one a minute ago. */
function story(...happenings: Told[]): Activity[] {
  return happenings.map((one, index) => {
    const at = ago((happenings.length - index) * MINUTE)
    const by = 'kind' in one && (one.kind === 'user-messaged' || one.kind === 'plan-approved') ? 'user' : 'agent'
    return activity({ id: `a${index}`, at, by, ...('kind' in one ? { happening: one } : one) })
  })
}
const progress = (title: string): Happening => ({ kind: 'progress', title, description: '' })
const planned: Happening = { kind: 'plan-generated', plan: PLAN }
const approved: Happening = { kind: 'plan-approved', plan: 'p1' }
const asks: Happening = { kind: 'agent-messaged', message: 'Which one?' }
const says: Happening = { kind: 'user-messaged', message: 'The first.\n\njules-relay: a/b 01\n' }

test('nothing has happened', () => {
  expect(digestOf([])).toEqual(EMPTY_DIGEST)
})

describe('what it ends on', () => {
  const rows: { name: string; activities: Activity[]; found: Partial<Digest> }[] = [
    { name: 'a plan', activities: story(planned), found: { endsOn: 'plan', plan: PLAN, approved: [] } },
    { name: 'an approved plan', activities: story(planned, approved), found: { endsOn: 'work', approved: ['p1'] } },
    {
      name: 'a second plan',
      activities: story(planned, says, { happening: { kind: 'plan-generated', plan: PLAN_2 } }),
      found: { endsOn: 'plan', plan: PLAN_2, turns: 2 },
    },
    {
      name: 'a question',
      activities: story(asks),
      found: { endsOn: 'question', message: 'Which one?', messageId: 'a0' },
    },
    {
      name: 'an answered question',
      activities: story(asks, says),
      found: { endsOn: 'work', turns: 2, lastLines: ['jules-relay: a/b 01'] },
    },
    {
      name: 'work',
      activities: story(asks, progress('Reading')),
      found: { endsOn: 'work', progress: ['Reading'], progressCount: 1 },
    },
    {
      name: 'work without a title',
      activities: story(progress('')),
      found: { endsOn: 'work', progress: [], progressCount: 1 },
    },
    { name: 'a question, then the end', activities: story(asks, { kind: 'completed' }), found: { endsOn: 'question' } },
    {
      name: 'a plan, then something new',
      activities: story(planned, { kind: 'unknown' }),
      found: { endsOn: 'plan', count: 2 },
    },
    {
      name: 'a failure',
      activities: story(progress('a'), { kind: 'failed', why: 'No disk.' }),
      found: { endsOn: 'work', why: 'No disk.' },
    },
    { name: 'only the end', activities: story({ kind: 'completed' }), found: { endsOn: 'nothing' } },
  ]
  test.each(rows)('$name', ({ activities, found }) => {
    expect(digestOf(activities)).toMatchObject(found)
  })
})

test('the newest change set holds all changes, wherever it stands', () => {
  const activities = story({ patch: 'one' }, { patch: 'two' }, { patch: '', happening: { kind: 'completed' } })
  expect(digestOf(activities).patch).toBe('two')
})

test('commands are kept in order, the last of them shown', () => {
  const many = story(
    ...Array.from({ length: 60 }, (_, at) => ({ commands: [{ command: `run ${at}`, exitCode: at % 2 }] })),
  )
  const { commands } = digestOf(many)
  expect(commands.at(-1)).toEqual({ command: 'run 59', exitCode: 1 })
  expect(commands.length).toBeLessThan(60)
})

test('F-18 what nobody knows is named, each once, and not without end', () => {
  const known = story({ happening: { kind: 'unknown' }, unknown: ['danced'] }, { unknown: ['sung', 'danced'] })
  expect(digestOf(known).unknown).toEqual(['danced', 'sung'])
  const many = story(...Array.from({ length: 30 }, (_, at) => ({ unknown: [`dance ${at}`] })))
  expect(digestOf(many).unknown).toHaveLength(5)
})

test('the last steps are shown, all are counted', () => {
  const { progress: shown, progressCount } = digestOf(
    story(...Array.from({ length: 30 }, (_, at) => progress(`step ${at}`))),
  )
  expect(progressCount).toBe(30)
  expect(shown.at(-1)).toBe('step 29')
  expect(shown.length).toBeLessThan(30)
})

test('it spans from the first to the last, and knows when the agent last did anything', () => {
  const found = digestOf(story(planned, progress('a'), says))
  expect(found).toMatchObject({ spanMs: 2 * MINUTE, lastAgentAt: ago(2 * MINUTE), count: 3 })
})

test('F-21 an activity without a time does not lengthen the work', () => {
  const timed = story(planned, progress('a'))
  expect(digestOf([activity({ id: 'x', at: '' }), ...timed]).spanMs).toBe(digestOf(timed).spanMs)
  expect(digestOf([activity({ at: 'soon' })]).spanMs).toBe(0)
})

describe('F-20 the order in which activities come does not count', () => {
  const happenings = fc.array(
    fc.oneof<fc.Arbitrary<Told>[]>(
      fc.constantFrom<Happening>(planned, approved, asks, says, { kind: 'completed' }, { kind: 'failed', why: 'x' }),
      fc.string({ maxLength: 5 }).map(progress),
      fc.record({ patch: fc.string({ maxLength: 3 }), commands: fc.constant([{ command: 'ls', exitCode: 0 }]) }),
    ),
    { maxLength: 25 },
  )
  const shuffled = happenings.chain((made) => {
    const activities = story(...made)
    const doubled = fc.array(fc.constantFrom(...activities, ...(activities.length === 0 ? [activity()] : [])), {
      maxLength: 10,
    })
    return fc.record({
      activities: fc.constant(activities),
      order:
        activities.length === 0
          ? fc.constant([])
          : doubled.chain((more) =>
              fc.shuffledSubarray([...activities, ...more], { minLength: activities.length + more.length }),
            ),
    })
  })
  test('shuffled and doubled activities give the same digest', () => {
    fc.assert(
      fc.property(shuffled, ({ activities, order }) => {
        expect(digestOf(order)).toEqual(digestOf(activities))
      }),
      { numRuns: 1000 },
    )
  })

  const asked = activity({ id: 'b', at: '2026-11-20T11:59:00.123900Z', happening: asks })
  test.each([
    { name: 'in one millisecond', at: '2026-11-20T11:59:00.123100Z', endsOn: 'question' },
    { name: 'with fewer digits', at: '2026-11-20T11:59:00.1239Z', endsOn: 'question' },
    { name: 'with more digits', at: '2026-11-20T11:59:00.123900001Z', endsOn: 'work' },
    { name: 'without digits', at: '2026-11-20T11:59:00Z', endsOn: 'question' },
    { name: 'later in the millisecond', at: '2026-11-20T11:59:00.123901Z', endsOn: 'work' },
  ])('nor at times next to each other: $name', ({ at, endsOn }) => {
    const worked = activity({ id: 'a', at, happening: progress('Reading') })
    expect(digestOf([worked, asked]).endsOn).toBe(endsOn)
    expect(digestOf([asked, worked])).toEqual(digestOf([worked, asked]))
  })

  test('nor at equal times', () => {
    const times = fc.constantFrom('2026-11-20T11:59:00Z', '2026-11-20T11:59:00.0Z', '2026-11-20T11:59:00.000001Z', '')
    const close = fc
      .array(fc.tuple(times, fc.constantFrom<Happening>(planned, approved, asks, says, progress('a'))), {
        maxLength: 8,
      })
      .map((made) => made.map(([at, happening], index) => activity({ id: `a${index}`, at, happening })))
    const both = close.chain((one) =>
      fc.tuple(fc.constant(one), fc.shuffledSubarray(one, { minLength: one.length, maxLength: one.length })),
    )
    fc.assert(
      fc.property(both, ([one, other]) => {
        expect(digestOf(other)).toMatchObject({ endsOn: digestOf(one).endsOn, turns: digestOf(one).turns })
      }),
      { numRuns: 500 },
    )
  })

  test('the activities themselves are left as they are', () => {
    const activities = Object.freeze(story(says, planned, asks))
    expect(() => digestOf(activities)).not.toThrow()
  })
})

test.each([
  { name: 'one line', message: 'hello', line: 'hello' },
  { name: 'blank lines behind', message: 'a\nb \n\n', line: 'b' },
  { name: 'CRLF', message: 'a\r\nb\r\n', line: 'b' },
  { name: 'nothing', message: ' \n', line: '' },
])('the last line of $name', ({ message, line }) => {
  expect(lastLine(message)).toBe(line)
})

test.each([
  { name: 'six digits', time: '2026-11-20T12:00:00.123456Z', expected: Date.UTC(2026, 10, 20, 12, 0, 0, 123) },
  { name: 'nine digits', time: '2026-11-20T12:00:00.123456789Z', expected: Date.UTC(2026, 10, 20, 12, 0, 0, 123) },
  { name: 'no digits', time: '2026-11-20T12:00:00Z', expected: Date.UTC(2026, 10, 20, 12) },
  { name: 'nothing', time: '', expected: 0 },
  { name: 'words', time: 'yesterday', expected: 0 },
])('F-18 a time of $name', ({ time, expected }) => {
  expect(millis(time)).toBe(expected)
})
