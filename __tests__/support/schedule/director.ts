/** Holds every request of the runs until all wait, and then decides which goes on, and what befalls it. */
import type { FaultyCall, Trouble } from '../../../emulator/faults.ts'
import { secondaryLimit, unicorn } from '../../../emulator/github/faults.ts'
import type { World } from '../../../emulator/world.ts'
import type { Mishap, Turn } from './schedule.ts'

type Held = { run: string; name: string; goOn(trouble?: Trouble): void }

export type Director = {
  /** From now on nothing is held, and nothing goes wrong. */
  rest(): void
}

export type Play = {
  turns: readonly Turn[]
  /** Lets the next thing happen; false: nothing is left, or too much is going on. */
  happen(): boolean
  /** At once, and nobody hears of it. */
  kill(run: string): void
}

const JULES_LIMITED: Trouble['act'] = {
  kind: 'answer',
  answer: { status: 429, body: { error: { code: 429, status: 'RESOURCE_EXHAUSTED', message: 'Too many requests.' } } },
}

export function direct(world: World, { turns, happen, kill }: Play): Director {
  const held = new Set<Held>()
  let turn = 0

  function hold({ outgoing, request, route = '' }: FaultyCall): Promise<Trouble | undefined> {
    const run = request.headers['x-run'] ?? ''
    if (turn > turns.length || outgoing.destroyed) return Promise.resolve(undefined)
    return new Promise((resolve) => {
      const leave = world.clock.haste?.park()
      const one = { run, name: `${run} ${route} ${request.path}`, goOn }
      held.add(one)
      outgoing.once('close', () => goOn())
      function goOn(trouble?: Trouble): void {
        if (held.delete(one)) leave?.()
        resolve(trouble)
      }
    })
  }

  /** The next turn. False: the time leaps. */
  function next(): boolean {
    const now = turns[turn]
    turn += 1
    if (now === undefined) return letAllGo()
    if (held.size > 0 && now.mishap === 'late') return false
    const waiting = [...held].sort((a, b) => (a.name < b.name ? -1 : 1))
    const one = waiting[now.pick % (waiting.length + 1)]
    if (one === undefined) return happen() || (held.size > 0 && next())
    one.goOn(troubleOf(one, now))
    return true
  }

  function letAllGo(): boolean {
    const waited = held.size > 0
    for (const one of [...held]) one.goOn()
    return waited
  }

  function troubleOf({ name, run }: Held, { mishap, pick }: Turn): Trouble | undefined {
    const phase = pick % 2 === 0 ? 'before' : 'after'
    const ofJules = name.includes(' sessions.') || name.includes(' activities.') || name.includes(' sources.')
    if (mishap === 'stale') world.github.staleReads({ calls: 1 + (pick % 4) })
    if (mishap === 'killed') return { phase, act: { kind: 'run', run: () => kill(run) } }
    return actOf(mishap, ofJules, phase)
  }

  for (const { server } of [world.github, world.jules]) server.faults.direct(hold)
  world.clock.haste?.whenIdle(next)
  return {
    rest: () => {
      turn = Number.POSITIVE_INFINITY
    },
  }
}

function actOf(mishap: Mishap, ofJules: boolean, phase: Trouble['phase']): Trouble | undefined {
  switch (mishap) {
    case 'lost':
      return { phase: 'after', act: { kind: 'cut' } }
    case 'limited':
      return { phase: 'before', act: ofJules ? JULES_LIMITED : secondaryLimit({ retryAfter: 20 }) }
    case 'broken':
      return { phase, act: unicorn(503) }
    default:
      return undefined
  }
}
