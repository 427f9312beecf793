/** The inputs, read once: a Config, or everything that is wrong with them. */
import { type Inputs, type Problem, reader } from './input.ts'

export type { InputName, Inputs, Problem } from './input.ts'

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
  tickBoxes: boolean
  notify: 'needed' | 'always' | 'never'
  failOnSessionFailure: boolean
  dryRun: boolean
  /** Without a slash at the end. */
  julesUrl: string
}>

export const MODES = ['auto', 'sweep', 'doctor', 'archive', 'delete'] as const
const NOTIFY = ['needed', 'always', 'never'] as const
const AUTOMATION = ['AUTO_CREATE_PR', 'AUTOMATION_MODE_UNSPECIFIED'] as const
/** Judges all inputs at once; nothing is asked of anybody before this has succeeded. */
export function readConfig(inputs: Inputs): { config: Config } | { problems: Problem[] } {
  const read = reader(inputs)
  const wait = read.number('wait-minutes', 0, 350)
  const poll = read.number('poll-seconds', 1, 600)
  read.choice('mode', MODES)
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
    tickBoxes: read.flag('tick-boxes'),
    notify: read.choice('notify', NOTIFY) ?? 'never',
    failOnSessionFailure: read.flag('fail-on-session-failure'),
    dryRun: read.flag('dry-run'),
    julesUrl: read.julesUrl(),
  }
  return read.problems.length > 0 ? { problems: read.problems } : { config: Object.freeze(config) }
}
