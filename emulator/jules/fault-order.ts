/** Reads a fault as it is ordered in JSON: one from the catalogue by its name, or an act of one's own. */
import type { Act, Fault } from '../faults.ts'
import type { FaultKind } from './fault-kind.ts'
import { FAULTS } from './faults.ts'
import { ANYTHING, type Check, COUNT, NUMBER, OBJECT, oneOf, readGiven, TEXT, WHOLE } from './given.ts'
import { invalidArgument, RPC } from './refusal.ts'

/** `{ name: 'too-many-requests', route: 'sessions.get', times: 2, retryAfter: 30 }` */
export type FaultOrder = { name: string } & Partial<Pick<Fault, 'route' | 'phase' | 'times' | 'skip'>> & {
    [option: string]: unknown
  }

const ROUTES = ['*', 'sources.*', 'sessions.*', 'activities.*', ...Object.keys(RPC)]

const ROUTE: Check<string | string[]> = {
  is: (value): value is string | string[] => {
    const names = [value].flat()
    return names.length > 0 && names.every((name) => ROUTES.some((route) => route === name))
  },
  what: `one of ${ROUTES.join(', ')}, or a list of them`,
}

const COMMON = { route: ROUTE, phase: oneOf(['before', 'after']), times: COUNT, skip: WHOLE }

/** The fault that is ordered; a mistake in the order is refused. */
export function readFault(order: unknown, now: () => number): Fault {
  if (typeof order === 'object' && order !== null && 'act' in order) return readOwn(order)
  const { name } = readGiven(order, { ...COMMON, ...anyOption(order), name: TEXT }, ['name'])
  const kind = name !== undefined && Object.hasOwn(FAULTS, name) ? FAULTS[name] : undefined
  if (name === undefined || kind === undefined) {
    throw invalidArgument(`There is no fault "${name}". There are: ${Object.keys(FAULTS).join(', ')}.`)
  }
  return readNamed(name, kind, order, now)
}

/** Before the name is read nobody knows which options there are. */
function anyOption(order: unknown): Record<string, Check<unknown>> {
  return Object.fromEntries(Object.keys(Object(order)).map((name) => [name, ANYTHING]))
}

function readNamed(name: string, kind: FaultKind, order: unknown, now: () => number): Fault {
  const options = Object.fromEntries(Object.entries(kind.options).map((option) => [option[0], checkOf(option)]))
  const checks = { name: TEXT, ...COMMON, phase: oneOf(kind.phases) }
  const { route, phase, times, skip } = readGiven(order, { ...options, ...checks })
  const chosen = Object.entries(kind.options).map(([option, usual]) => {
    return [option, Object(order)[option] ?? (Array.isArray(usual) ? usual[0] : usual)]
  })
  return {
    name,
    route: routesOf(name, kind, route),
    phase: phase ?? kind.phases[0] ?? 'before',
    ...(times !== undefined && { times }),
    ...(skip !== undefined && { skip }),
    act: kind.act(Object.fromEntries(chosen), now),
  }
}

/** A fault that makes sense for some calls only is ordered for these; elsewhere it would hit and do nothing. */
function routesOf(name: string, kind: FaultKind, wanted: Fault['route'] | undefined): Fault['route'] {
  if (wanted === undefined || kind.route === '*') return wanted ?? kind.route
  const able = [kind.route].flat()
  const chosen = [wanted].flat().flatMap((route) => {
    const found = able.filter((one) => route === '*' || route === one || route === `${one.split('.')[0]}.*`)
    if (found.length > 0) return found
    throw invalidArgument(`"${name}" can do nothing to ${route}, only to ${able.join(', ')}.`)
  })
  return [...new Set(chosen)]
}

const MOST = 1_000_000
const MOST_MIB = 2048

function checkOf([option, usual]: [string, FaultKind['options'][string]]): Check<unknown> {
  if (typeof usual === 'number') return upTo(option === 'mib' ? MOST_MIB : MOST)
  if (typeof usual !== 'string') return oneOf(usual)
  const is = (value: unknown): value is number | string => isHeaderText(String(value)) && isTextOrNumber(value)
  return { is, what: 'a number, or a text of visible ASCII' }
}

function upTo(most: number): Check<number> {
  return { is: (value): value is number => NUMBER.is(value) && value <= most, what: `a number from 0 to ${most}` }
}

function isTextOrNumber(value: unknown): boolean {
  return ['string', 'number'].includes(typeof value)
}

const NAME_OF_HEADER = /^[\w!#$%&'*+.^`|~-]+$/

/** What a server may send as the text of a header. */
function isHeaderText(text: unknown): boolean {
  return typeof text === 'string' && /^[\t\x20-\x7e]*$/.test(text)
}

function readOwn(order: object): Fault {
  const { route = '*', phase = 'before', times, skip, act } = readGiven(order, { ...COMMON, act: OBJECT }, ['route'])
  return {
    route,
    phase,
    act: readAct(act ?? {}),
    ...(times !== undefined && { times }),
    ...(skip !== undefined && { skip }),
  }
}

const KIND = oneOf(['answer', 'cut', 'slow', 'trickle', 'truncate', 'stall'])
const STATUS: Check<number> = {
  is: (value): value is number => WHOLE.is(value) && value >= 200 && value <= 599,
  what: 'a status from 200 to 599',
}
const HEADERS: Check<Record<string, string>> = {
  is: (value): value is Record<string, string> =>
    OBJECT.is(value) && Object.entries(value).every(([name, text]) => NAME_OF_HEADER.test(name) && isHeaderText(text)),
  what: 'an object with names of headers and their texts, of visible ASCII',
}

function readAct(given: object): Act {
  const { kind } = readGiven(given, { ...anyOption(given), kind: KIND }, ['kind'])
  switch (kind) {
    case 'answer': {
      const { answer } = readGiven(given, { kind: KIND, answer: OBJECT }, ['answer'])
      return { kind, answer: readGiven(answer, { status: STATUS, headers: HEADERS, body: ANYTHING, text: TEXT }) }
    }
    case 'slow':
      return { kind, ms: readGiven(given, { kind: KIND, ms: NUMBER }, ['ms']).ms ?? 0 }
    case 'trickle': {
      const { ms = 0, bytes = 1 } = readGiven(given, { kind: KIND, ms: NUMBER, bytes: COUNT }, ['ms'])
      return { kind, ms, bytes }
    }
    case 'truncate': {
      const { bytes } = readGiven(given, { kind: KIND, bytes: WHOLE })
      return { kind, ...(bytes !== undefined && { bytes }) }
    }
    default:
      readGiven(given, { kind: KIND })
      return { kind: kind === 'cut' ? 'cut' : 'stall' }
  }
}
