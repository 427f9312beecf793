/** Trouble on order: which call, how often, and whether before or after the effect has happened. */
import type { Clock } from './clock.ts'
import { type Outgoing, pause, type Send, trickling, truncating } from './delivery.ts'
import type { Answer, Request } from './route.ts'

export type Fault = {
  /** Name of the route, such as `sessions.create`; `sessions.*` for all that begin so, `*` for all; or several of these. */
  route: string | string[]
  /** How many calls are hit; default 1. */
  times?: number
  /** How many calls pass unharmed first; default 0. */
  skip?: number
  /** `before`: the effect never happens. `after`: it has happened, only the answer is lost or changed. */
  phase: 'before' | 'after'
  act: Act
  /** What the list of faults calls it. */
  name?: string
}

export type Act =
  /** A function is told the name of the call's route. */
  | { kind: 'answer'; answer: Answer | ((route: string) => Answer) }
  /** The connection ends without an answer. */
  | { kind: 'cut' }
  /** Nothing comes for so long, not even headers. In the phase `before` a client that has gone by then leaves no effect. */
  | { kind: 'slow'; ms: number }
  /** Headers at once, the body in pieces of so many bytes (1), so long apart. */
  | { kind: 'trickle'; ms: number; bytes?: number }
  /** Only the first bytes (half of them) of what the headers promise; then the connection ends. */
  | { kind: 'truncate'; bytes?: number }
  /** Headers and the first byte, and then nothing for ever. */
  | { kind: 'stall' }
  /** In the phase `before` there is no answer yet to change: it is given an empty one. */
  | { kind: 'change'; change(answer: Answer, request: Request): Answer }
  /** Sends in a way of its own; with `replaces` the real answer is not needed. */
  | { kind: 'send'; send: Send; replaces?: boolean }
  | { kind: 'run'; run(): void }

/** What happens to one call. */
export type Trouble = Pick<Fault, 'phase' | 'act'>

/** A fault that waits for its calls. */
export type Armed = Fault & { left: number; toSkip: number }

export type Faults = {
  add(fault: Fault): void
  /** Holds every call until it says that the call may go on, and with what trouble. */
  direct(director: (call: FaultyCall) => Promise<Trouble | undefined>): void
  clear(): void
  /** Those that have calls left to hit. */
  list(): Armed[]
  /** Runs `handle` with the faults that apply; undefined: the connection was cut or stalls for ever. */
  around(call: FaultyCall, handle: () => Promise<Answer>): Promise<Outcome | undefined>
}

export type FaultyCall = { route: string | undefined; request: Request; clock: Clock; outgoing: Outgoing }
export type Outcome = { answer: Answer; send?: Send }

/** Faults for the same call wait in line: the second one counts its calls when the first one is used up. */
export function makeFaults(): Faults {
  let armed: Armed[] = []
  let director: ((call: FaultyCall) => Promise<Trouble | undefined>) | undefined

  function take(route: string | undefined): Fault | undefined {
    const fault = armed.find((candidate) => candidate.left > 0 && isMeant(candidate, route))
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
    list: () => armed.filter(({ left }) => left > 0).map((fault) => ({ ...fault })),
    direct: (given) => {
      director = given
    },
    around: async (call, handle) => {
      const trouble = await director?.(call)
      // What nobody waits for any more has never arrived.
      if (director !== undefined && call.outgoing.destroyed) return undefined
      const fault = trouble ?? take(call.route)
      return fault === undefined ? { answer: await handle() } : harm(fault, call, handle)
    },
  }
}

function isMeant({ route: wanted }: Fault, route: string | undefined): boolean {
  if (route?.startsWith('emulator.')) return false
  return [wanted].flat().some((name) => {
    return name === '*' || name === route || (name.endsWith('.*') && route?.startsWith(name.slice(0, -1)))
  })
}

async function harm({ act, phase }: Trouble, call: FaultyCall, handle: () => Promise<Answer>) {
  const { clock, outgoing, request } = call
  if (phase === 'before' && act.kind === 'run') act.run()
  if (phase === 'before' && act.kind === 'slow') await pause(clock, act.ms, outgoing)
  if (outgoing.destroyed) return undefined
  const answer = phase === 'before' && replaces(act) ? {} : await handle()
  if (phase === 'after' && act.kind === 'run') act.run()
  if (phase === 'after' && act.kind === 'slow') await pause(clock, act.ms, outgoing)
  switch (act.kind) {
    case 'answer':
      return { answer: typeof act.answer === 'function' ? act.answer(call.route ?? '') : act.answer }
    case 'change':
      return { answer: act.change(answer, request) }
    case 'trickle':
      return { answer, send: trickling(clock, act.ms, act.bytes) }
    case 'truncate':
      return { answer, send: truncating(act.bytes) }
    case 'send':
      return { answer, send: act.send }
    case 'cut':
      outgoing.destroy()
      return undefined
    case 'stall':
      outgoing.writeHead(200, { 'content-type': 'application/json' })
      outgoing.write('{')
      outgoing.once('close', clock.haste?.park() ?? (() => undefined))
      return undefined
    default:
      return { answer }
  }
}

function replaces(act: Act): boolean {
  return ['answer', 'cut', 'stall', 'change'].includes(act.kind) || (act.kind === 'send' && act.replaces === true)
}
