/** `/emulator/clock`: what time it is, and moving it forward. */
import type { Clock } from '../../clock.ts'
import { NUMBER, readGiven, TIME } from '../given.ts'
import { invalidArgument } from '../refusal.ts'
import { type AdminRoute, adminRoute, type Steered } from './route.ts'

/** RFC 3339 has four digits for the year. */
const END_OF_TIME = Date.parse('9999-12-31T23:59:59Z')

export function clockRoutes({ clock }: Steered): AdminRoute[] {
  return [
    adminRoute({ method: 'GET', path: '/clock', about: 'The emulated time and its speed.', act: () => show(clock) }),
    adminRoute({
      method: 'POST',
      path: '/clock',
      about: 'Moves the time forward, by `seconds` or `until` a time; whatever is due then happens.',
      act: (body) => {
        clock.move(distance(body, clock.now()))
        return show(clock)
      },
    }),
  ]
}

function distance(body: unknown, now: number): number {
  const { seconds, until } = readGiven(body, { seconds: NUMBER, until: TIME })
  if ((seconds === undefined) === (until === undefined)) {
    throw invalidArgument(
      'Say either `seconds`, a number from 0 on, or `until`, a time such as "2026-08-24T10:00:00Z".',
    )
  }
  const ms = until === undefined ? Number(seconds) * 1000 : Date.parse(until) - now
  if (now + ms > END_OF_TIME) throw invalidArgument('The emulated time ends with the year 9999.')
  if (ms < 0) throw invalidArgument(`"until" is over already: it is ${new Date(now).toISOString()}.`)
  return ms
}

function show({ now, speed }: Clock) {
  return { now: new Date(now()).toISOString(), speed }
}
