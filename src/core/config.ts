/** The inputs, read once: a Config, or everything that is wrong with them. */
import type { INPUT_DEFAULTS } from './inputs.ts'
import { oneOf } from './outside.ts'

export type InputName = keyof typeof INPUT_DEFAULTS
/** Every input as text, as the workflow gave it. */
export type Inputs = Readonly<Record<InputName, string>>

export const PERMISSIONS = ['triage', 'write', 'maintain', 'admin'] as const
export type Permission = (typeof PERMISSIONS)[number]

export type Config = Readonly<{
  julesKey: string
  githubToken: string
  prompt: string
  instructions: string
  title: string
  /** Thread to report in, for runs that have none of their own. */
  issueNumber: number | undefined
  source: string
  startingBranch: string
  requirePlanApproval: boolean
  autoCreatePullRequest: boolean
  environmentVariables: boolean
  triggerLabel: string
  command: string
  minimumPermission: Permission
  /** Logins in lower case, or ids, of bots that may ask. */
  allowedBots: readonly string[]
  waitMs: number
  pollMs: number
  statusLabels: boolean
  notify: 'needed' | 'always' | 'never'
  failOnSessionFailure: boolean
  dryRun: boolean
  /** Without a slash at the end. */
  julesUrl: string
}>

/** What is wrong with one input: a whole sentence, without the value of a secret. */
export type Problem = { input: InputName; message: string }

export const MODES = ['auto', 'sweep', 'doctor', 'archive', 'delete'] as const
const NOTIFY = ['needed', 'always', 'never'] as const
const AUTOMATION = ['AUTO_CREATE_PR', 'AUTOMATION_MODE_UNSPECIFIED'] as const
const TEXT_LIMIT = 60 * 1024

/** Judges all inputs at once; nothing is asked of anybody before this has succeeded. */
export function readConfig(inputs: Inputs): { config: Config } | { problems: Problem[] } {
  const read = reader(inputs)
  const wait = read.number('wait-minutes', 0, 350)
  const poll = read.number('poll-seconds', 1, 600)
  read.choice('mode', MODES)
  read.flag('tick-boxes')
  const config: Config = {
    julesKey: read.secret('jules-api-key', /^[\x21-\x7e]{8,200}$/, '8 to 200 visible ASCII characters'),
    githubToken: read.secret('github-token', /^[\x21-\x7e]{1,4000}$/, 'one line of visible ASCII characters'),
    prompt: read.text('prompt'),
    instructions: read.text('instructions'),
    title: read.matching('title', /^[^\r\n]{0,200}$/, 'one line of at most 200 characters'),
    issueNumber: inputs['issue-number'] === '' ? undefined : read.number('issue-number', 1, 2 ** 31),
    source: read.matching(
      'source',
      /^(sources\/(?!.*\.\.)[\w./-]{1,300})?$/,
      'a name such as `sources/github/OWNER/REPO`',
    ),
    startingBranch: read.matching('starting-branch', /^[^\s~^:?*[\\]{0,255}$/, 'the name of a branch'),
    requirePlanApproval: read.flag('require-plan-approval'),
    autoCreatePullRequest: read.choice('automation-mode', AUTOMATION) === 'AUTO_CREATE_PR',
    environmentVariables: read.flag('environment-variables'),
    triggerLabel: read.triggerLabel(),
    command: read.matching('command', /^[/!.@\w-]{2,50}$/, 'one word of 2 to 50 characters, such as `/jules`'),
    minimumPermission: read.choice('minimum-permission', PERMISSIONS) ?? 'admin',
    allowedBots: read.bots(),
    waitMs: wait * 60_000,
    pollMs: poll * 1000,
    statusLabels: read.flag('status-labels'),
    notify: read.choice('notify', NOTIFY) ?? 'never',
    failOnSessionFailure: read.flag('fail-on-session-failure'),
    dryRun: read.flag('dry-run'),
    julesUrl: read.julesUrl(),
  }
  return read.problems.length > 0 ? { problems: read.problems } : { config: Object.freeze(config) }
}

/** Reads one kind of value each, and keeps what is wrong. A value it complains of is never used. */
function reader(inputs: Inputs) {
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
      const url = /[?#]/.test(inputs['jules-api-url']) ? null : URL.parse(inputs['jules-api-url'])
      if (!isJules(url))
        wrong(
          'jules-api-url',
          'https and the host jules.googleapis.com, or http on this machine (127.0.0.1, localhost)',
        )
      return inputs['jules-api-url'].replace(/\/+$/, '')
    },
  }
}

function isJules(url: URL | null): boolean {
  if (url === null || url.username !== '' || url.password !== '') return false
  if (url.protocol === 'https:') return url.host === 'jules.googleapis.com'
  return url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
}

/** A value as it may stand in a sentence: one line, short, no back-tick. */
function shown(value: string): string {
  const line = value.replace(/[\s`\p{C}]+/gu, ' ')
  return line.length > 80 ? `${line.slice(0, 80)}…` : line
}
