/** A session that Jules does not know any more, and what is asked of it all the same. */
import { MINUTE, say, scene, session, story, tracking, trouble } from '../builders.ts'
import { follow } from './following.ts'
import { ending, told } from './telling.ts'

test.each(['approve', 'stop', 'reply'] as const)('F-22 %s: that it is gone is told before it is refused', (verb) => {
  const command =
    verb === 'reply' ? { verb, text: 'x', cut: false } : verb === 'approve' ? { verb, plan: '' } : { verb }
  const untold = told(command, 'IN_PROGRESS', { session: 'gone' })
  expect(ending(untold)).toMatchObject({ effects: expect.arrayContaining(['write failed']), next: 'again' })
  const again = told(command, 'IN_PROGRESS', { session: 'gone' }, { phase: 'failed' })
  expect(ending(again)).toMatchObject({ outcome: 'answered', reason: 'nothing-to-do' })
})

describe('an answer points at the tracking comment, so an end that nobody told is told before it', () => {
  test.each([
    { verb: 'stop', state: 'COMPLETED', phase: 'settled' },
    { verb: 'help', state: 'COMPLETED', phase: 'settled' },
    { verb: 'stop', state: 'FAILED', phase: 'failed' },
    { verb: 'retry', state: 'AWAITING_USER_FEEDBACK', phase: 'waiting' },
  ] as const)('$verb, $state', ({ verb, state, phase }) => {
    const one = told({ verb }, state, {}, { phase: 'following' })
    expect(ending(one)).toMatchObject({ effects: expect.arrayContaining([`write ${phase}`]), next: 'again' })
    const { effects } = ending(told({ verb }, state, {}, { phase }))
    expect(effects.join()).toMatch(/note (?:nothing-to-do|help|already-running)/)
  })

  test.each([
    { name: 'it works still', state: 'IN_PROGRESS', age: 10 * MINUTE },
    { name: 'another run follows it', state: 'COMPLETED', age: MINUTE },
  ] as const)('$name: the answer alone', ({ state, age }) => {
    const run = age === MINUTE ? { id: '800', attempt: 1 } : undefined
    const one = told({ verb: 'retry' }, state, { trackings: [tracking({ run, phase: 'following' }, { age })] })
    expect(ending(one).effects.join()).not.toContain('write')
  })
})

describe('F-51 a record that nobody holds, and that this run has written', () => {
  const begin = { verb: 'new', text: 'More.', flags: {}, cut: false } as const
  const one = (followed: boolean) =>
    told(begin, 'COMPLETED', { shown: { story: story({ followed }), at: 10_000 } }, { phase: 'settled' })

  test('it has let go of it itself to begin anew: it begins', () => {
    expect(ending(one(false))).toMatchObject({ effects: ['eyes comment 601', 'claim claimed'], next: 'again' })
  })

  test('it has followed, and another run has finished: it only reports', () => {
    expect(ending(one(true))).toMatchObject({ effects: [], next: 'done' })
  })
})

test('T-23 an id of a plan is the same in capitals', () => {
  const plan = { id: 'a1b2c3d4e5f6', steps: [] }
  const digest = { ...told(say('x'), 'IN_PROGRESS').observed.digest, plan, endsOn: 'plan' } as const
  const one = told({ verb: 'approve', plan: 'A1B2' }, 'AWAITING_PLAN_APPROVAL', { digest }, { plan: plan.id })
  expect(ending(one).effects).toContain('write following')
})

test('F-16 Jules cannot be reached when the time is up: that is what the thread says', () => {
  const away = trouble({ failure: 'jules-unavailable', passing: true, sentence: 'Jules is away.' })
  const seen = { observed: { elapsed: 20 * MINUTE, trouble: away, session: session({ state: 'UNKNOWN' }) } }
  const { story: said, next } = follow(seen)
  expect(said).toMatchObject({ verdict: { outcome: 'running', reason: 'handed-over' }, trouble: away })
  expect(next).toBe('done')
})

describe('F-16 nothing is refused for the state of a session that Jules does not tell now', () => {
  const away = trouble({ failure: 'jules-unavailable', passing: true })
  const unread = { session: undefined, trouble: away }
  const more = { verb: 'new', text: 'More.', flags: {}, cut: false } as const
  const run = { id: '900', attempt: 1 }

  test.each([
    { name: 'a command', scene: told(more, 'IN_PROGRESS', unread), is: { reason: 'jules-unavailable', effects: [] } },
    {
      name: 'a command, while this run follows',
      scene: told(more, 'IN_PROGRESS', unread, { run, phase: 'following' }),
      is: { reason: 'handed-over', next: { lookAfterMs: MINUTE } },
    },
    {
      name: 'a label',
      scene: { ...told(more, 'IN_PROGRESS', { ...unread, requests: [] }), intent: scene().intent },
      is: { reason: 'jules-unavailable', effects: [] },
    },
    {
      name: 'a command, where the comment tells of an end',
      scene: told(more, 'IN_PROGRESS', unread, { phase: 'settled' }),
      is: { effects: ['eyes comment 601', 'claim claimed'] },
    },
  ])('$name', ({ scene: one, is }) => {
    expect(ending(one)).toMatchObject(is)
  })
})

test('F-22 the label, where Jules does not know the session: it is looked at again before anything is said', () => {
  const more = told(say('x'), 'IN_PROGRESS', { session: undefined, requests: [], searches: 0 })
  expect(ending({ ...more, intent: scene().intent })).toMatchObject({ effects: [], next: { lookAfterMs: 5000 } })
})
