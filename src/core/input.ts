/** Reads single inputs, and keeps what is wrong with each. */
import type { INPUT_DEFAULTS } from './inputs.ts'
import { oneOf } from './outside.ts'

export type InputName = keyof typeof INPUT_DEFAULTS
/** Every input as text, as the workflow gave it. */
export type Inputs = Readonly<Record<InputName, string>>

/** What is wrong with one input: a whole sentence, without the value of a secret. */
export type Problem = { input: InputName; message: string }

const TEXT_LIMIT = 60 * 1024

/** Reads one kind of value each, and keeps what is wrong. A value it complains of is never used. */
export function reader(inputs: Inputs) {
  const problems: Problem[] = []
  const wrong = (input: InputName, allowed: string) =>
    problems.push({ input, message: `\`${input}\` is \`${shown(inputs[input])}\`. Allowed: ${allowed}.` })

  function matching(input: InputName, pattern: RegExp, allowed: string): string {
    if (!pattern.test(inputs[input])) wrong(input, allowed)
    return inputs[input]
  }
  return {
    problems,
    matching,
    secret(input: InputName, pattern: RegExp, allowed: string): string {
      const value = inputs[input].trim()
      const found = value === '' ? 'empty' : 'not of the right form (its value is not shown)'
      if (!pattern.test(value)) problems.push({ input, message: `\`${input}\` is ${found}. Allowed: ${allowed}.` })
      return value
    },
    text(input: InputName): string {
      const value = inputs[input].trim()
      if (value.length > TEXT_LIMIT)
        problems.push({
          input,
          message: `\`${input}\` has ${value.length} characters. Allowed: at most ${TEXT_LIMIT}.`,
        })
      return value
    },
    number(input: InputName, least: number, most: number): number {
      const value = /^\d{1,10}$/.test(inputs[input].trim()) ? Number(inputs[input]) : Number.NaN
      if (!(value >= least && value <= most)) wrong(input, `a whole number from ${least} to ${most}`)
      return value
    },
    flag(input: InputName): boolean {
      const known = ['true', 'True', 'TRUE', 'false', 'False', 'FALSE'].includes(inputs[input])
      if (!known) wrong(input, '`true` or `false`')
      return inputs[input].toLowerCase() === 'true'
    },
    choice<const W extends string>(input: InputName, words: readonly W[]): W | undefined {
      const found = oneOf(words, inputs[input])
      if (found === undefined) wrong(input, words.map((word) => `\`${word}\``).join(', '))
      return found
    },
    triggerLabel(): string {
      const label = matching('trigger-label', /^[^\r\n,]{1,50}$/, 'the name of a label, at most 50 characters')
      if (label.toLowerCase() === 'jules')
        wrong(
          'trigger-label',
          'any label but `jules`: the Jules app acts on that one itself, and two sessions would start',
        )
      return label.toLowerCase()
    },
    bots(): string[] {
      const names = inputs['allowed-bots'].split(',').map((name) => name.trim().toLowerCase())
      const given = names.filter((name) => name !== '')
      const unknown = given.filter((name) => !/^(\d{1,15}|[a-z0-9][a-z0-9-]{0,99}\[bot\])$/.test(name))
      if (unknown.length > 0)
        wrong('allowed-bots', 'exact names `login[bot]` or numeric ids, separated by commas; no wildcard')
      return given
    },
    julesUrl(): string {
      const url = inputs['jules-api-url']
      if (!JULES.test(url) || !URL.canParse(url))
        wrong(
          'jules-api-url',
          'https and the host jules.googleapis.com, or http on this machine (127.0.0.1, localhost, [::1])',
        )
      return url.replace(/(?<!\/)\/+$/, '')
    },
  }
}

/** By its very letters: a URL has many ways to write a host, and each of them would have to be thought of. */
const JULES =
  /^(https:\/\/jules\.googleapis\.com|http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?)(\/[\w.~/-]{0,200})?$/i

/** A value as it may stand in a sentence: one line, short, no back-tick. */
function shown(value: string): string {
  const line = value.replace(/[\s`\p{C}]+/gu, ' ')
  return line.length > 80 ? `${line.slice(0, 80)}…` : line
}
