/** Trouble on order: which call, how often, and whether before or after the effect has happened. */
import type { ServerResponse } from 'node:http'
import type { Clock } from './clock.ts'
import type { Answer } from './route.ts'

export type Fault = {
  /** Name of the route, such as `sessions.create`, or `*`. */
  route: string
  /** How many calls are hit; default 1. */
  times?: number
  /** How many calls pass unharmed first; default 0. */
  skip?: number
  /** `before`: the effect never happens. `after`: it has happened, only the answer is lost or changed. */
  phase: 'before' | 'after'
  act:
    | { kind: 'answer'; answer: Answer }
    | { kind: 'cut' }
    | { kind: 'slow'; ms: number }
    | { kind: 'stall' }
    | { kind: 'change'; change(answer: Answer): Answer }
    | { kind: 'run'; run(): void }
}

export type Faults = {
  add(fault: Fault): void
  clear(): void
  /** Runs `handle` with the faults that apply; undefined: the connection was cut or stalls for ever. */
  around(
    call: { route: string | undefined; clock: Clock; outgoing: ServerResponse },
    handle: () => Promise<Answer>,
  ): Promise<Answer | undefined>
}

type Armed = Fault & { left: number; toSkip: number }

export function makeFaults(): Faults {
  let armed: Armed[] = []

  function take(route: string | undefined): Armed | undefined {
    const fault = armed.find(
      (candidate) => candidate.left > 0 && (candidate.route === '*' || candidate.route === route),
    )
    if (fault === undefined) return undefined
    if (fault.toSkip > 0) {
      fault.toSkip -= 1
      return undefined
    }
    fault.left -= 1
    return fault
  }

  return {
    add: (fault) => armed.push({ ...fault, left: fault.times ?? 1, toSkip: fault.skip ?? 0 }),
    clear: () => {
      armed = []
    },
    around: async ({ route, clock, outgoing }, handle) => {
      const fault = take(route)
      if (fault === undefined) return handle()
      const real = fault.phase === 'after' || fault.act.kind === 'slow' || fault.act.kind === 'run'
      if (fault.act.kind === 'run' && fault.phase === 'before') fault.act.run()
      const answer = real ? await handle() : {}
      switch (fault.act.kind) {
        case 'answer':
          return fault.act.answer
        case 'change':
          return fault.act.change(answer)
        case 'slow': {
          const goOn = clock.haste?.park()
          await clock.wait(fault.act.ms)
          goOn?.()
          return answer
        }
        case 'run':
          if (fault.phase === 'after') fault.act.run()
          return answer
        case 'cut':
          outgoing.destroy()
          return undefined
        case 'stall':
          outgoing.writeHead(200, { 'content-type': 'application/json' })
          outgoing.write('{')
          outgoing.once('close', clock.haste?.park() ?? (() => undefined))
          return undefined
      }
    },
  }
}
