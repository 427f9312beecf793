import { PULL } from '../builders.ts'
import { follow, PLAN, type Seen } from './following.ts'

const keysOf = (seen: Seen) => follow(seen).effects.flatMap((effect) => (effect.do === 'note' ? [effect.key] : []))

const plan = { plan: PLAN, endsOn: 'plan' } as const
const question = { endsOn: 'question', message: 'Which?', messageId: 'a7' } as const

describe('whoever was called once is not called again when Jules stops waiting', () => {
  test.each<{ name: string; before: Seen; after: Seen; calls: number }>([
    {
      name: 'for the same plan',
      before: { session: { state: 'AWAITING_PLAN_APPROVAL' }, digest: plan },
      after: { session: { state: 'COMPLETED' }, digest: plan },
      calls: 0,
    },
    {
      name: 'for the same question',
      before: { session: { state: 'AWAITING_USER_FEEDBACK' }, digest: question },
      after: { session: { state: 'COMPLETED' }, digest: question },
      calls: 0,
    },
    {
      name: 'but for another question',
      before: { session: { state: 'AWAITING_USER_FEEDBACK' }, digest: question },
      after: { session: { state: 'COMPLETED' }, digest: { ...question, messageId: 'a8' } },
      calls: 1,
    },
    {
      name: 'and for the end, where that is wanted',
      before: { session: { state: 'AWAITING_USER_FEEDBACK' }, digest: question },
      after: { session: { state: 'COMPLETED', pullRequest: PULL }, digest: question, config: { notify: 'always' } },
      calls: 1,
    },
  ])('$name', ({ before, after, calls }) => {
    const notes = keysOf(before)
    expect(notes).toHaveLength(1)
    expect(keysOf({ ...after, observed: { notes } })).toHaveLength(calls)
  })
})
