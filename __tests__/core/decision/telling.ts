import { type Digest, EMPTY_DIGEST } from '../../../src/core/decision/activities/digest.ts'
import { decide } from '../../../src/core/decision/decide.ts'
import type { Scene } from '../../../src/core/decision/decision.ts'
import type { Observed } from '../../../src/core/decision/observed.ts'
import type { Effect } from '../../../src/core/effect/effect.ts'
import type { Command } from '../../../src/core/intent/command.ts'
import type { RelayRecord } from '../../../src/core/record.ts'
import type { State } from '../../../src/core/session.ts'
import { commandIntent, inShort, MINUTE, OTHER_KEY, request, scene, session, tracking } from '../builders.ts'

export const PLAN = { id: 'a1b2c3d4e5f6', steps: [{ title: 'Look', description: '' }] }
export const digest = (over: Partial<Digest>): Digest => ({ ...EMPTY_DIGEST, ...over })
export const planned = digest({ plan: PLAN, endsOn: 'plan' })

/** A command on a thread whose session nobody follows. */
export function told(
  command: Command,
  state: State,
  observed: Partial<Observed> = {},
  over: Partial<RelayRecord> = {},
): Scene {
  return scene({
    intent: commandIntent(command),
    observed: {
      key: OTHER_KEY,
      trackings: [tracking({ run: undefined, phase: 'waiting', ...over }, { age: 10 * MINUTE })],
      session: session({ state }),
      requests: [request(command)],
      ...observed,
    },
  })
}
export const ending = (one: Scene) => {
  const { effects, next, story } = decide(one)
  return { effects: effects.map(inShort), next, ...story.verdict }
}

/** The look after a decision that only writes something down: it stands, nothing of it is done, and the wait is over. */
export function afterWriting(one: Scene, over: Partial<Observed> = {}): Scene {
  const { effects, next } = decide(one)
  const write = effects.find((effect) => effect.do === 'write')
  if (write === undefined) throw new Error('Nothing is written.')
  const { observed } = one
  const passed = typeof next === 'object' ? next.lookAfterMs : 0
  const trackings = observed.trackings.map((each) =>
    each.comment === write.comment ? { ...each, record: write.record, written: observed.now } : each,
  )
  const look: Partial<Observed> = {
    now: observed.now + passed,
    elapsed: observed.elapsed + passed,
    trackings,
    applied: effects.map((effect) => ({ effect, ok: true })),
    attempted: false,
    shown: { story: write.story, at: observed.elapsed },
  }
  return { ...one, observed: { ...observed, ...look, ...over } }
}
export const recordOf = (effects: Effect[]) => effects.find((effect) => effect.do === 'write')?.record
