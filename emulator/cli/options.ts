/** The options of the command line, read and checked; every mistake is a sentence for the person who typed it. */
import { parseArgs } from 'node:util'
import type { JulesOptions } from '../jules/index.ts'
import { Mistake } from './mistake.ts'
import { readScenarios } from './scenarios.ts'
import { readSources } from './source.ts'

const OPTIONS = {
  port: { type: 'string', default: '8788' },
  source: { type: 'string', multiple: true },
  scenario: { type: 'string', multiple: true },
  speed: { type: 'string', default: '1' },
  key: { type: 'string' },
  naming: { type: 'string', default: 'slash' },
  'empty-bodies': { type: 'boolean', default: false },
  'daily-limit': { type: 'string' },
  'concurrent-limit': { type: 'string' },
  'quota-refusal': { type: 'string', default: 'failed-precondition' },
  'failed-sessions': { type: 'string', default: 'silent' },
  'approvals-without-plan': { type: 'string', default: 'refuse' },
  quiet: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

/** What to start, and how fast its time passes. */
export type Settings = { quiet: boolean; speed: number; jules: Omit<JulesOptions, 'clock'> }

/** What the command line asks for; 'help' goes before everything else. */
export function readOptions(): Settings | 'help' {
  const given = parse()
  return given.help ? 'help' : { quiet: given.quiet, speed: readSpeed(given.speed), jules: readJules(given) }
}

type Given = ReturnType<typeof parse>

function parse() {
  try {
    return parseArgs({ options: OPTIONS }).values
  } catch (error) {
    throw new Mistake(error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error))
  }
}

function readJules(given: Given): Settings['jules'] {
  const [dailyLimit, concurrentLimit] = [readLimit(given, 'daily-limit'), readLimit(given, 'concurrent-limit')]
  return {
    port: readPort(given.port),
    sources: readSources(given.source ?? ['acme/widgets']),
    ...readScenarios(given.scenario ?? ['automatic-pull-request']),
    sourceNaming: oneOf(given, 'naming', ['slash', 'dashed']),
    emptyBodies: given['empty-bodies'],
    quotaRefusal: oneOf(given, 'quota-refusal', ['failed-precondition', 'exhausted']),
    failedSessions: oneOf(given, 'failed-sessions', ['silent', 'refuse']),
    approvalsWithoutPlan: oneOf(given, 'approvals-without-plan', ['silent', 'refuse']),
    ...(given.key !== undefined && { key: readKey(given.key) }),
    ...(dailyLimit !== undefined && { dailyLimit }),
    ...(concurrentLimit !== undefined && { concurrentLimit }),
  }
}

function readKey(text: string): string {
  if (text.trim() !== '') return text
  throw new Mistake('--key is empty, so that nobody could come in. Name a key, or leave it out: then any is accepted.')
}

function readSpeed(text: string): number {
  const speed = Number(text)
  if (/\d/.test(text) && speed >= 0 && speed <= 100_000) return speed
  throw new Mistake(`--speed is "${text}"; it has to be a number from 0 to 100000.`)
}

function readPort(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new Mistake(`--port is "${text}"; it has to be a number from 0 to 65535.`)
}

function readLimit(given: Given, name: 'daily-limit' | 'concurrent-limit'): number | undefined {
  const text = given[name]
  if (text === undefined || /^\d{1,9}$/.test(text)) return text === undefined ? undefined : Number(text)
  throw new Mistake(`--${name} is "${text}"; it has to be a whole number from 0 on.`)
}

function oneOf<T extends string>(given: Given, name: keyof Given & string, words: readonly T[]): T {
  const found = words.find((word) => word === given[name])
  if (found !== undefined) return found
  throw new Mistake(`--${name} is "${given[name]}"; it has to be ${words.join(' or ')}.`)
}
