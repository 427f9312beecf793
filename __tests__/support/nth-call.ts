/** Something that happens in the middle of a run: at its n-th call, whichever of the two services that goes to. */
import type { Outgoing } from '../../emulator/delivery.ts'
import type { Act } from '../../emulator/faults.ts'
import type { Call } from '../../emulator/server.ts'
import type { World } from '../../emulator/world.ts'

/** `before`: the call has no effect. `after`: it has had its effect. */
export type Phase = 'before' | 'after'

export type Strike = {
  /** Its name and when it came; undefined until it has come. */
  struck(): { route: string; at: number } | undefined
}

/** Does something at the n-th call from now (from 1 on); the call is answered as if nothing had been. */
export function atCall(world: World, n: number, phase: Phase, act: () => void): Strike {
  return strike(world, n, { phase, act: { kind: 'run', run: act } })
}

/** Does something at the n-th call from now (from 1 on), which then is never answered. */
export function atUnansweredCall(world: World, n: number, phase: Phase, act: () => void): Strike {
  const send = async (outgoing: Outgoing) => {
    act()
    await new Promise((resolve) => outgoing.once('close', resolve))
  }
  return strike(world, n, { phase, act: { kind: 'send', replaces: phase === 'before', send } })
}

/** The n-th call from now (from 1 on) meets with this. */
export function strike(world: World, n: number, fault: { phase: Phase; act: Act }): Strike {
  let seen = 0
  let struck: ReturnType<Strike['struck']>
  for (const { server } of [world.github, world.jules]) {
    const { around } = server.faults
    server.faults.around = (call, handle) => {
      seen += 1
      if (seen === n) {
        struck = { route: call.route ?? '', at: world.clock.now() }
        server.faults.add({ route: '*', ...fault })
      }
      return around(call, handle)
    }
  }
  return { struck: () => struck }
}

/** All calls to both services from this time on. */
export function callsSince(world: World, at = 0): Call[] {
  return [...world.github.server.calls, ...world.jules.server.calls].filter((call) => call.at >= at)
}

/** Where to strike a run of so many calls, before and after by turns: at every so many-th point, with FULL=1 at more of them. */
export function points(calls: number, { every, full = 1, from = 0 }: Where): Point[] {
  const step = process.env.FULL === undefined ? every : full
  const all = Array.from({ length: calls }, (_, at) => PHASES.map((phase) => ({ n: at + 1, phase })))
  return all.flat().filter((_, at) => at % step === from % step)
}

/** `from`: where the first of them lies, so that not all tests strike at the same calls. */
export type Where = { every: number; full?: number; from?: number }

export type Point = { n: number; phase: Phase }

const PHASES = ['before', 'after'] as const
