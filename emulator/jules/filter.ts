/** The three small languages of the `filter` parameters. Whatever they do not know is refused. */
import { invalidArgument } from './refusal.ts'
import { type Nanos, parseTimestamp } from './timestamp.ts'

type Test<T> = (value: T) => boolean

const TIME_TERM = /^create_time\s*(>=|<=|>|<|=)\s*"([^"]*)"$/
const ARCHIVED_TERM = /^archived\s*=\s*(true|false)$/
const NAME_TERM = /^name\s*=\s*("?)(sources\/[^\s"]+)\1$/

/** `create_time > "2026-08-24T10:00:00.123456Z"`, also `>=`, `<`, `<=`, `=`, joined by AND. */
export function activityFilter(text: string): Test<Nanos> {
  const tests = text
    .trim()
    .split(/\s+AND\s+/)
    .map(timeTest)
  return (time) => tests.every((test) => test(time))
}

function timeTest(term: string): Test<Nanos> {
  const [, operator, quoted] = TIME_TERM.exec(term.trim()) ?? []
  const bound = parseTimestamp(quoted ?? '')
  if (bound === undefined) throw invalidArgument()
  switch (operator) {
    case '>':
      return (time) => time > bound
    case '>=':
      return (time) => time >= bound
    case '<':
      return (time) => time < bound
    case '<=':
      return (time) => time <= bound
    default:
      return (time) => time === bound
  }
}

/** `archived = true`, `archived = false`, or both joined by OR; without a filter archived sessions are left out. */
export function sessionFilter(text: string): Test<boolean> {
  if (text.trim() === '') return (archived) => !archived
  const wanted = terms(text, ARCHIVED_TERM).map((value) => value === 'true')
  return (archived) => wanted.includes(archived)
}

/** `name=sources/a OR name="sources/b"`, with quotes or without. */
export function sourceFilter(text: string): Test<string> {
  if (text.trim() === '') return () => true
  const wanted = terms(text, NAME_TERM)
  return (name) => wanted.includes(name)
}

function terms(text: string, pattern: RegExp): string[] {
  return text
    .trim()
    .split(/\s+OR\s+/)
    .map((term) => {
      const value = pattern.exec(term)?.at(-1)
      if (value === undefined) throw invalidArgument()
      return value
    })
}
