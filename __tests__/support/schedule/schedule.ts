/** What a random schedule is made of: what people do, whose turn it is, and what goes wrong. */
import fc from 'fast-check'

export const HAPPENINGS = [
  'label',
  'say',
  'bare',
  'approve',
  'status',
  'retry',
  'stop',
  'outsider',
  'sweep',
  'news',
  'again',
] as const

/** `say` is a comment with words of its own; `outsider` the same by somebody who may not; `again` runs the last job again. */
export type Happening = {
  what: (typeof HAPPENINGS)[number]
  thread: 0 | 1
  /** GitHub tells of it twice. */
  twice: boolean
}

const MISHAP_NAMES = ['none', 'lost', 'limited', 'broken', 'stale', 'killed', 'late'] as const
export type Mishap = (typeof MISHAP_NAMES)[number]

/** Everybody waits: which of those who could go on does, and what befalls it. */
export type Turn = { pick: number; mishap: Mishap }

export type Schedule = {
  scenario: string
  waitMinutes: 0 | 2
  happenings: Happening[]
  /** When they are used up, nothing goes wrong any more. */
  turns: Turn[]
}

/** In percent of all requests; `late`: the time leaps while a request is under way. `stale` is added where it is asked for. */
const MISHAPS: Record<Exclude<Mishap, 'stale'>, number> = {
  none: 75,
  lost: 10,
  limited: 5,
  broken: 5,
  killed: 2,
  late: 3,
}
const STALE = 5

export const SCENARIOS = ['nothing-done', 'automatic-pull-request', 'question', 'plan-gate', 'failure', 'patch-only']
/** Of a hundred events so many come twice. */
const TWICE = 3
const MOST_HAPPENINGS = 3
const MOST_TURNS = 80

const happening = fc.record({
  what: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('label' as const, 'say' as const) },
    { weight: 2, arbitrary: fc.constantFrom(...HAPPENINGS) },
  ),
  thread: fc.oneof(
    { weight: 4, arbitrary: fc.constant(0 as const) },
    { weight: 1, arbitrary: fc.constant(1 as const) },
  ),
  twice: fc.oneof(
    { weight: 100 - TWICE, arbitrary: fc.constant(false) },
    { weight: TWICE, arbitrary: fc.constant(true) },
  ),
})

function mishaps(isStale: boolean): fc.Arbitrary<Mishap> {
  const weights: Partial<Record<Mishap, number>> = isStale ? { ...MISHAPS, stale: STALE } : MISHAPS
  const each = MISHAP_NAMES.map((name) => ({ weight: weights[name] ?? 0, arbitrary: fc.constant(name) }))
  return fc.oneof({ withCrossShrink: true }, ...each)
}

/** Any schedule; what it shrinks to has fewer events, turns and mishaps. */
export function schedules(isStale = false): fc.Arbitrary<Schedule> {
  const turn = fc.record({ pick: fc.nat(11), mishap: mishaps(isStale) })
  return fc.record({
    scenario: fc.constantFrom(...SCENARIOS),
    waitMinutes: fc.constantFrom(0, 0, 0, 2),
    happenings: fc.array(happening, { minLength: 2, maxLength: MOST_HAPPENINGS, size: 'max' }),
    turns: fc.array(turn, { maxLength: MOST_TURNS, size: 'max' }),
  })
}
