/** What a story costs: how long a runner is held when a person is needed, how much is said, how often GitHub is written to. */
import type { Comment } from '../../../emulator/github/index.ts'
import type { Run } from '../../../emulator/runner/index.ts'
import { type Told, writes } from '../story.ts'
import type { Played } from './play.ts'

export type Figures = {
  /** Seconds from the look that saw that a person is needed to the end of the job; of the slowest one. */
  held: number
  /** Most tracking comments, and most notices, between two acts of people. */
  comments: number
  notices: number
  /** Comments written or edited in an hour of a session. */
  writes: number
  /** The same with reactions and labels. */
  withCourtesies: number
}

export function figuresOf({ world, acts }: Played): Figures {
  const { comments } = world.github.store
  const written = writes(world).filter(({ status }) => status < 300)
  return {
    held: Math.max(0, ...world.runner.runs.map((run) => heldBy(world, run))),
    comments: mostInTurn(acts, comments.map(isMarked(/^<!-- jules-relay /))),
    notices: mostInTurn(acts, comments.map(isMarked(/^<!-- jules-note (?!answer-)/))),
    writes: perHour(world, written.filter(({ route = '' }) => /^issues\.\w+Comment$/.test(route)).length),
    withCourtesies: perHour(world, written.length),
  }
}

/** Of several stories the worst of each. */
export function worst(all: readonly Figures[]): Figures {
  const most = (pick: (one: Figures) => number) => Math.max(0, ...all.map(pick))
  return {
    held: most(({ held }) => held),
    comments: most(({ comments }) => comments),
    notices: most(({ notices }) => notices),
    writes: most((one) => one.writes),
    withCourtesies: most(({ withCourtesies }) => withCourtesies),
  }
}

function heldBy({ jules }: Told, { result, startedAt = 0, completedAt = 0 }: Run): number {
  if (!result?.outputs.outcome?.startsWith('waiting-')) return 0
  const looks = jules.server.calls
    .filter(({ route, at }) => route === 'sessions.get' && at >= startedAt && at <= completedAt)
    .map(({ at, own }) => ({ at, state: Reflect.get(Object(own?.body), 'state') }))
  const last = looks.at(-1)?.state
  const since = looks.at(looks.findLastIndex(({ state }) => state !== last) + 1)?.at ?? startedAt
  return (completedAt - since) / 1000
}

function isMarked(mark: RegExp) {
  return ({ body, author }: Comment) => author.type === 'Bot' && mark.test(body.slice(body.lastIndexOf('\n') + 1))
}

/** An act is named by how many comments there were before it. */
function mostInTurn(acts: readonly number[], isMeant: readonly boolean[]): number {
  const turns = isMeant.flatMap((meant, at) => (meant ? [acts.filter((before) => before <= at).length] : []))
  return Math.max(0, ...turns.map((turn) => turns.filter((other) => other === turn).length))
}

const HOUR = 60 * 60_000

/** A session that is younger than an hour counts as one hour. */
function perHour(world: Told, count: number): number {
  const times = world.jules
    .sessions()
    .map(({ createTime, activities }) => [createTime, activities.at(-1)?.createTime ?? createTime].map(Date.parse))
  const hours = times.reduce((sum, [from = 0, to = 0]) => sum + Math.max(1, (to - from) / HOUR), 0)
  return Math.round(count / Math.max(1, hours))
}
