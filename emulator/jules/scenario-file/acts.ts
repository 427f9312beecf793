/** The steps that a scenario can have, as they are written. */
import { isMap } from 'yaml'
import type { Act } from '../step.ts'
import { artifact } from './artifact.ts'
import { readChange } from './change.ts'
import {
  count,
  type Fields,
  fieldsOf,
  flag,
  list,
  oneOf,
  optional,
  type Reader,
  record,
  type Spot,
  single,
  text,
} from './reader.ts'

/** The most steps that a session can have. */
export const MOST_STEPS = 20_000
const YEAR = 31_536_000

/** A step as it is written: an act, or a stretch of others that is used here. */
export type Line = { after: number; repeat?: number; act: Act } | { after: number; repeat?: number; use: Use }

/** The name of a stretch, and where it is used. */
export type Use = { stretch: string; at: number }

/** What an author can let the agent do; it approves its own plans, and lets plans expire, by itself. */
type Authored = Exclude<Act, { do: 'approve' | 'expire' | 'await' | 'change' }>

const STATES = ['QUEUED', 'PLANNING', 'IN_PROGRESS', 'AWAITING_USER_FEEDBACK', 'PAUSED', 'COMPLETED', 'FAILED']

const seconds = single(
  (value): value is number => typeof value === 'number' && value >= 0 && value <= YEAR,
  `a number of seconds from 0 to ${YEAR}`,
)

const plan = list(
  record<{ title: string; description?: string }>('a step of a plan', { title: text, description: optional(text) }),
  'The step of a plan',
)

const OWN_MEMBERS = ['name', 'id', 'createTime']

/** The members of an activity, whatever they are, but those that the emulator gives every activity. */
const members: Reader<Record<string, unknown>> = (spot) => {
  const names = isMap(spot.node) ? fieldsOf(spot.node, spot) : []
  const own = names.filter(({ name }) => OWN_MEMBERS.includes(name))
  for (const { name, key } of own) spot.report(key, `The emulator gives an activity its \`${name}\`; leave it out.`)
  if (isMap(spot.node) && names.length > 0) return own.length > 0 ? undefined : spot.node.toJSON()
  spot.report(spot.at, '`activity` has to be a mapping with the members of an activity, such as `originator`.')
  return undefined
}

const timing = { after: seconds, repeat: optional(count(MOST_STEPS)) }

type Timing = { after: number; repeat?: number }

/** The step for each word after `do`. */
const ACTS: Record<string, Reader<Line>> = {
  become: act('become', { state: oneOf(STATES) }),
  plan: act('plan', { plan, gated: optional(flag) }),
  progress: act('progress', {
    title: optional(text),
    description: optional(text),
    artifacts: optional(list(artifact, 'An artifact')),
  }),
  say: act('say', { text }),
  activity: act('activity', { activity: members }),
  change: changeLine,
  publish: act('publish', {}),
  complete: act('complete', {}),
  fail: act('fail', { reason: optional(text) }),
  await: awaitLine,
}

/** A step of a scenario or of a stretch. */
export const line: Reader<Line> = (spot) => {
  const fields = isMap(spot.node) ? fieldsOf(spot.node, spot) : []
  if (fields.some(({ name }) => name === 'use')) return useLine(spot)
  const named = fields.find(({ name }) => name === 'do')
  if (named === undefined) {
    spot.report(spot.at, 'A step says with `do` what happens, or names a stretch of steps with `use`.')
    return undefined
  }
  const name = oneOf(Object.keys(ACTS))(named)
  return name === undefined ? undefined : ACTS[name]?.(spot)
}

/** A step with the fields that the act has beside `do`, `after` and `repeat`. */
function act<D extends Authored['do']>(
  name: D,
  fields: Fields<Omit<Extract<Authored, { do: D }>, 'do'>>,
): Reader<Line> {
  const read = record<Timing & { do: string }>(`a step that does "${name}"`, { do: text, ...timing, ...fields })
  return (spot) => {
    const found = read(spot)
    if (found === undefined) return undefined
    const { after, repeat, ...rest } = found
    return { ...times(after, repeat), act: rest as Act }
  }
}

function changeLine(spot: Spot): Line | undefined {
  const found = readChange('a step that does "change"', timing)(spot)
  return found && { ...times(found.after, found.repeat), act: { do: 'change', change: found.change } }
}

function awaitLine(spot: Spot): Line | undefined {
  const found = record<{ do: string }>('a step that does "await"', { do: text })(spot)
  return found && { after: 0, act: { do: 'await' } }
}

function useLine(spot: Spot): Line | undefined {
  const found = record<{ use: string; after?: number; repeat?: number }>('a step that uses a stretch', {
    use: text,
    after: optional(seconds),
    repeat: timing.repeat,
  })(spot)
  return found && { ...times(found.after ?? 0, found.repeat), use: { stretch: found.use, at: spot.at } }
}

function times(after: number, repeat: number | undefined): Timing {
  return repeat === undefined ? { after } : { after, repeat }
}
