import type { Digest } from '../../../src/core/decision/activities/digest.ts'
import { decide } from '../../../src/core/decision/decide.ts'
import { messageKey } from '../../../src/core/decision/message.ts'
import type { Observed } from '../../../src/core/decision/observed.ts'
import type { Effect } from '../../../src/core/effect/effect.ts'
import type { RelayRecord } from '../../../src/core/record.ts'
import type { Session } from '../../../src/core/session.ts'
import {
  ago,
  inShort,
  MINUTE,
  NOW,
  PULL,
  REPOSITORY,
  record,
  refused,
  SESSION,
  say,
  scene,
  session,
  tracking,
} from '../builders.ts'
import { afterWriting, digest, PLAN, recordOf, told } from './telling.ts'

type Seen = {
  record?: Partial<RelayRecord>
  digest?: Partial<Digest>
  session?: Partial<Session>
  observed?: Partial<Observed>
}

/** A plan that was approved two minutes ago, and a session that is complete and has not stirred since. */
function unheard(seen: Seen = {}) {
  const own = tracking({ approved: PLAN.id, plan: PLAN.id, acted: ago(2 * MINUTE), ...seen.record })
  return scene({
    observed: {
      trackings: [own],
      session: session({ state: 'COMPLETED', created: ago(60 * MINUTE), ...seen.session }),
      digest: digest({ plan: PLAN, endsOn: 'plan', lastAgentAt: ago(30 * MINUTE), ...seen.digest }),
      ...seen.observed,
    },
  })
}

function approved(seen: Seen = {}) {
  const decision = decide(unheard(seen))
  return { ...decision, ...decision.story.verdict, effects: decision.effects.map(inShort), all: decision.effects }
}

const KEY_LINE = `jules-relay: ${REPOSITORY}#12 ${messageKey(record(), { what: 'remind', plan: PLAN.id })}`
const reminding = { doing: { what: 'remind', plan: PLAN.id } } as const
const send: Effect = { do: 'send', session: SESSION, message: 'x' }

describe('an approval that came too late to be heard is said in words', () => {
  test.each<{ name: string; digest: Partial<Digest> }>([
    { name: 'Jules lists the approval', digest: { approved: [PLAN.id], endsOn: 'work' } },
    { name: 'Jules lists nothing of it', digest: {} },
    { name: 'the agent has never done anything', digest: { lastAgentAt: '' } },
  ])('$name: written down first, and with a key of its own', ({ digest: seen }) => {
    const found = approved({ digest: seen })
    expect(found).toMatchObject({ effects: ['write following'], next: { lookAfterMs: 3000 }, outcome: 'running' })
    expect(recordOf(found.all)).toMatchObject({ ...reminding, run: { id: '900', attempt: 1 } })
    const message = `The plan above is approved. Carry it out.\n\n${KEY_LINE}`
    const { effects, next } = decide(afterWriting(unheard({ digest: seen })))
    expect(effects).toEqual([{ do: 'send', session: SESSION, message }])
    expect(next).toBe('again')
  })

  test('without a comment there is nothing to wait for', () => {
    const own = tracking({ approved: PLAN.id, plan: PLAN.id, acted: ago(2 * MINUTE) })
    const one = unheard({ observed: { thread: undefined, trackings: [{ ...own, comment: undefined, url: '' }] } })
    expect(decide(one).next).toEqual({ lookAfterMs: 0 })
    expect(decide(afterWriting(one)).effects.map(inShort)).toEqual(['send'])
  })

  test.each<{ name: string; seen: Seen; reason: string }>([
    { name: 'nobody has approved it', seen: { record: { approved: '' } }, reason: 'plan-expired' },
    { name: 'T-23 another plan was approved', seen: { record: { approved: 'another' } }, reason: 'plan-expired' },
    {
      name: 'there is no plan at all',
      seen: { record: { approved: '' }, digest: { plan: undefined, endsOn: 'work' } },
      reason: 'nothing-produced',
    },
    {
      name: 'the agent has worked since, and made nothing',
      seen: { digest: { lastAgentAt: ago(MINUTE), endsOn: 'work' } },
      reason: 'nothing-produced',
    },
    { name: 'a pull request came of it', seen: { session: { pullRequest: PULL } }, reason: 'completed' },
    {
      name: 'a patch came of it',
      seen: { session: { patch: 'diff' }, observed: { settledLooks: 4 } },
      reason: 'not-published',
    },
    { name: 'Jules asks', seen: { session: { state: 'AWAITING_USER_FEEDBACK' } }, reason: 'question' },
    { name: 'Jules is at it', seen: { session: { state: 'IN_PROGRESS' } }, reason: 'handed-over' },
    { name: 'it has failed', seen: { session: { state: 'FAILED' } }, reason: 'session-failed' },
    { name: 'it may still be heard', seen: { record: { acted: ago(MINUTE - 1) } }, reason: 'handed-over' },
  ])('not where $name', ({ seen, reason }) => {
    const found = approved(seen)
    expect(found.effects).not.toContain('send')
    expect(found).toMatchObject({ reason })
  })

  test('an approval that has just been given is kept in mind', () => {
    const approving = { doing: { what: 'approve', plan: PLAN.id, comment: 601 } } as const
    const applied = [{ effect: { do: 'approve', session: SESSION }, ok: true } as const]
    const scene = told({ verb: 'approve', plan: '' }, 'COMPLETED', { trackings: [tracking(approving)], applied })
    expect(recordOf(decide(scene).effects)).toMatchObject({ approved: PLAN.id, acted: new Date(NOW).toISOString() })
  })

  test('a message takes nothing from it', () => {
    const sending = { doing: { what: 'send', comment: 601 }, approved: PLAN.id } as const
    const applied = [{ effect: send, ok: true } as const]
    const scene = told(say('x'), 'COMPLETED', { trackings: [tracking(sending)], applied })
    expect(recordOf(decide(scene).effects)).toMatchObject({ approved: PLAN.id })
  })
})

describe('what came of a reminder', () => {
  test.each<{ name: string; seen: Seen }>([
    { name: 'the answer says so', seen: { observed: { applied: [{ effect: send, ok: true }] } } },
    { name: 'F-53 the activities say so', seen: { digest: { lastLines: [KEY_LINE] } } },
  ])('said, for $name: noted, and no comment is reacted to', ({ seen }) => {
    const found = approved({ ...seen, record: reminding })
    expect(found).toMatchObject({ effects: ['+jules: running', 'write following'], next: 'again' })
    expect(recordOf(found.all)).toMatchObject({
      doing: undefined,
      approved: PLAN.id,
      acted: new Date(NOW).toISOString(),
      handled: 100,
      handledToo: [],
    })
  })

  test('refused: said, and the session lives on', () => {
    const applied = [refused(send, { failure: 'message-refused', passing: false })]
    const found = approved({ record: reminding, observed: { applied } })
    expect(found).toMatchObject({ next: 'done', outcome: 'failed', reason: 'message-refused' })
    expect(found.effects).toEqual(['+jules: waiting', 'write waiting', ...found.effects.slice(2)])
    expect(recordOf(found.all)).toMatchObject({ doing: undefined, phase: 'waiting', session: SESSION, handledToo: [] })
  })

  test.each([
    { age: 19_999, effects: [], next: { lookAfterMs: 5000 } },
    { age: 20_000, effects: ['write following', 'send'], next: 'again' },
  ])('F-01 by a run that died $age ms ago', ({ age, effects, next }) => {
    const own = tracking({ ...reminding, run: { id: '900', attempt: 0 } }, { age })
    expect(approved({ observed: { trackings: [own] } })).toMatchObject({ effects, next })
  })

  test('each plan has a key of its own, whatever its id looks like', () => {
    const keys = ['a1b2c3d4e5f6', 'A1B2C3D4E5F7', 'xyz', '', '0'.repeat(31).concat('1')].map((plan) =>
      messageKey(record(), { what: 'remind', plan }),
    )
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{20}$/)
    expect(new Set(keys.slice(0, 3)).size).toBe(3)
  })
})

describe('T-23 an approval whose answer was lost is not repeated for another plan', () => {
  const approving = { what: 'approve', plan: PLAN.id, comment: 601 } as const
  const NEXT = { id: 'ffff0000ffff', steps: [{ title: 'Something else', description: '' }] }
  const died = (seen: Partial<Digest>, observed: Partial<Observed> = {}, age = 10 * MINUTE) => {
    const own = tracking({ doing: approving, plan: PLAN.id, run: { id: '900', attempt: 0 } }, { age })
    const command = { verb: 'approve', plan: '' } as const
    const { effects, next, story } = decide(
      told(command, 'AWAITING_PLAN_APPROVAL', {
        trackings: [own],
        digest: digest({ endsOn: 'plan', ...seen }),
        ...observed,
      }),
    )
    return { effects: effects.map(inShort), next, ...story.verdict, story, record: recordOf(effects) }
  }

  test.each<{ name: string; seen: Partial<Digest>; age: number }>([
    { name: 'Jules has another plan now', seen: { plan: NEXT }, age: 10 * MINUTE },
    { name: 'Jules has another plan now, seconds later', seen: { plan: NEXT }, age: 1000 },
    { name: 'Jules has approved another one', seen: { plan: NEXT, approved: [NEXT.id] }, age: 10 * MINUTE },
    { name: 'there is no plan any more', seen: { plan: undefined }, age: 10 * MINUTE },
  ])('$name: nothing is approved, and the plan of now is shown', ({ seen, age }) => {
    const found = died(seen, {}, age)
    expect(found.effects).not.toContain('approve')
    expect(found).toMatchObject({ next: 'done', outcome: 'waiting-for-approval', reason: 'plan-changed' })
    expect(found.record).toMatchObject({ doing: undefined, approved: '', handledToo: [601], run: undefined })
    expect(found.story.plan).toEqual(seen.plan)
  })

  test('the same plan still waits: it is approved', () => {
    expect(died({ plan: PLAN }).effects).toEqual(['write following', 'approve'])
  })

  test('it did happen, though Jules has another plan by now: done', () => {
    expect(died({ plan: NEXT, approved: [PLAN.id] })).toMatchObject({
      effects: ['+jules: running', 'write following', 'rocket comment 601'],
      record: { doing: undefined, approved: PLAN.id },
    })
  })

  test('it may still have happened: look again', () => {
    const unsure = { effect: 'approve', since: 20_000 } as const
    expect(died({ plan: NEXT }, { unsure })).toMatchObject({ effects: [], next: { lookAfterMs: 5000 } })
  })
})
