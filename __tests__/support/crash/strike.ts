/** Ends a run at one call of it, before the call has its effect or before the run hears of it; all other calls go on. */
import type { Faults } from '../../../emulator/faults.ts'
import type { StartedAction } from '../../../emulator/runner/action-run.ts'
import type { Call } from '../../../emulator/server.ts'
import type { Told } from '../story.ts'

/** `before`: the call never has its effect. `after`: it has, and nobody hears of it. */
export type Point = { at: number; phase: 'before' | 'after' }

export type Signal = 'SIGKILL' | 'SIGINT'

/** A call of the run, in the order in which they came. */
export type Step = { route: string; isWrite: boolean }

export type Watch = {
  /** Calls of the run that was started last. */
  steps: Step[]
  /** Emulated time of the signal; undefined: it has not come yet. */
  struckAt(): number | undefined
  /** The run has ended: whatever comes now is of another one. */
  end(): void
}

/** Counts the calls from now on, and strikes the run at one of them. */
export function strikeAt(world: Told, point: Point | undefined, signal: Signal, run: () => StartedAction): Watch {
  const steps: Step[] = []
  let struck: number | undefined
  let isOver = false
  const strike = () => {
    struck = world.clock.now()
    if (signal === 'SIGKILL') run().kill('SIGKILL')
    else run().cancel()
  }
  for (const { faults } of [world.github.server, world.jules.server]) {
    const around: Faults['around'] = faults.around
    faults.around = async (call, handle) => {
      if (isOver) return around(call, handle)
      const at = steps.length
      steps.push({ route: call.route ?? '', isWrite: isWrite(call.route, call.request.method) })
      if (at !== point?.at) return around(call, handle)
      if (point.phase === 'after') await around(call, handle)
      strike()
      // Nobody is there any more who could hear an answer.
      await new Promise<void>((resolve) => {
        if (call.outgoing.destroyed) resolve()
        else call.outgoing.once('close', resolve)
      })
      return undefined
    }
  }
  const end = () => {
    isOver = true
  }
  return { steps, struckAt: () => struck, end }
}

export function isWrite(route: string | undefined, method: string): boolean {
  return method !== 'GET' && route !== 'graphql'
}

/** Writes that came after a moment. */
export function writesSince(calls: Call[], moment: number): string[] {
  return calls.flatMap(({ at, route, method }) => (at > moment && isWrite(route, method) ? [route ?? ''] : []))
}

/** Every write of a run: before it is sent, when it is done but unanswered, and when its answer is there. */
export function pointsOf(steps: Step[]): Point[] {
  return steps.flatMap(({ isWrite }, at): Point[] => {
    if (!isWrite) return []
    const answered: Point[] = at + 1 < steps.length ? [{ at: at + 1, phase: 'before' }] : []
    return [{ at, phase: 'before' }, { at, phase: 'after' }, ...answered]
  })
}
