import { type Digest, EMPTY_DIGEST } from '../../../src/core/decision/activities/digest.ts'
import { decide } from '../../../src/core/decision/decide.ts'
import type { Observed } from '../../../src/core/decision/observed.ts'
import type { RelayRecord } from '../../../src/core/record.ts'
import type { Session } from '../../../src/core/session.ts'
import { ago, type config, inShort, MINUTE, scene, session, tracking } from '../builders.ts'

export const PLAN = { id: 'p1', steps: [{ title: 'Look', description: '' }] }
export type Seen = {
  session?: Partial<Session>
  digest?: Partial<Digest>
  record?: Partial<RelayRecord>
  observed?: Partial<Observed>
  config?: Parameters<typeof config>[0]
}

export function follow({ session: over, digest, record, observed, config: inputs }: Seen) {
  const own = {
    trackings: [tracking(record)],
    session: session(over),
    digest: { ...EMPTY_DIGEST, lastAgentAt: ago(MINUTE), ...digest },
    ...observed,
  }
  return decide(scene({ observed: own, ...(inputs && { config: inputs }) }))
}
export function ending(seen: Seen) {
  const { effects, next, story: told } = follow(seen)
  return { effects: effects.map(inShort), next, ...told.verdict }
}
