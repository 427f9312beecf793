import { decide } from '../../../src/core/decision/decide.ts'
import type { Scene } from '../../../src/core/decision/decision.ts'
import type { Observed } from '../../../src/core/decision/observed.ts'
import type { Effect, NewSession } from '../../../src/core/effect/effect.ts'
import type { Command } from '../../../src/core/intent/command.ts'
import type { RelayRecord } from '../../../src/core/record.ts'
import { commandIntent, inShort, OTHER_KEY, request, say, scene, thread, tracking } from '../builders.ts'

export const short = (one: Scene) => decide(one).effects.map(inShort)
export const ending = (one: Scene) => {
  const { effects, next, story } = decide(one)
  return { effects: effects.map(inShort), next, ...story.verdict }
}
export const labeled = thread({ labels: ['ask-jules', 'bug'] })
export const byLabel = (observed: Partial<Observed> = {}, config = {}) =>
  scene({ observed: { thread: labeled, ...observed }, config })
export const byCommand = (command: Command = say('Mend it.'), observed: Partial<Observed> = {}, config = {}) =>
  scene({
    intent: commandIntent(command),
    observed: { key: OTHER_KEY, requests: [request(command)], ...observed },
    config,
  })

/** A claim of this run and request that has no session so far. */
export const claimed = (over: Partial<RelayRecord> = {}, age = 1000) =>
  tracking({ phase: 'claimed', session: '', seq: 1, handled: 100, ...over }, { age })
export const afterClaim = (observed: Partial<Observed> = {}, config = {}) =>
  byLabel({ trackings: [claimed()], ...observed }, config)
export const createEffect: Effect = { do: 'create', session: newSession(afterClaim()) }

export function newSession(one: Scene): NewSession {
  const create = decide(one).effects.find((effect) => effect.do === 'create')
  if (create === undefined) throw new Error('Nothing is created.')
  return create.session
}
