/** Routes beside the API, under `/emulator`, for tests that are not written in TypeScript: scenario, clock and faults. */
import type { Clock } from '../../clock.ts'
import type { Fault } from '../../faults.ts'
import type { Answer, Route } from '../../server.ts'
import { invalidArgument } from '../refusal.ts'

export type Steering = {
  clock: Clock
  useScenario(name: string): void
  addFault(fault: Fault): void
}

export function steeringRoutes(steering: Steering): Route[] {
  return [
    steer('scenario', ({ name }) => {
      try {
        steering.useScenario(String(name))
      } catch (error) {
        throw invalidArgument(error instanceof Error ? error.message : String(error))
      }
    }),
    steer('clock', ({ seconds }) => {
      if (typeof seconds !== 'number' || !(seconds >= 0))
        throw invalidArgument('`seconds` has to be a number from 0 on.')
      steering.clock.move(seconds * 1000)
    }),
    steer('faults', (given) => steering.addFault(readFault(given))),
  ]
}

function steer(name: string, act: (given: Record<string, unknown>) => void): Route {
  return {
    name: `emulator.${name}`,
    method: 'POST',
    pattern: `/emulator/${name}`,
    handle: ({ body }): Answer => {
      if (typeof body !== 'object' || body === null) throw invalidArgument('The body has to be a JSON object.')
      act({ ...body })
      return { body: {} }
    },
  }
}

function readFault({ route, phase, act, times, skip }: Record<string, unknown>): Fault {
  const isPhase = phase === 'before' || phase === 'after'
  if (typeof route !== 'string' || !isPhase || typeof act !== 'object' || act === null) {
    throw invalidArgument('A fault has a `route`, a `phase` ("before" or "after") and an `act` with its `kind`.')
  }
  return {
    route,
    phase,
    act: readAct({ ...act }),
    ...(typeof times === 'number' && { times }),
    ...(typeof skip === 'number' && { skip }),
  }
}

function readAct({ kind, ms, answer }: Record<string, unknown>): Fault['act'] {
  if (kind === 'cut' || kind === 'stall') return { kind }
  if (kind === 'slow' && typeof ms === 'number') return { kind, ms }
  if (kind === 'answer' && typeof answer === 'object' && answer !== null) return { kind, answer }
  throw invalidArgument('The `kind` is one of "cut", "stall", "slow" with `ms`, and "answer" with `answer`.')
}
