/** What makes sense to say now: every command that would not be refused. */
import type { Sayable, Standing } from '../effect/standing.ts'
import { VERBS } from '../intent/command.ts'
import type { Scene } from './decision.ts'
import type { Tracking } from './observed.ts'
import { type Move, ON_COMMAND, type ThreadPhase, threadPhase } from './table.ts'

const REFUSED: readonly Move[] = ['nothing', 'busy']
const SAYABLE: readonly Sayable[] = ['say', ...VERBS]

/** `tracking`: the comment of the session that is meant, where there is one. */
export function standingOf({ observed }: Scene, tracking: Tracking | undefined): Standing {
  const isUntracked = tracking === undefined && observed.maker !== undefined
  const phase: ThreadPhase = isUntracked ? 'working' : threadPhase(tracking, observed)
  return { phase, sayable: SAYABLE.filter((verb) => !REFUSED.includes(ON_COMMAND[verb][phase])) }
}
