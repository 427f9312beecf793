/** What the runner does for a printed command, as its `ActionCommandManager` does. */
import type { Command } from './command.ts'
import { addPath, annotate, isBlockedVariable, refuse, type Told } from './told.ts'

type Act = (told: Told, command: Command) => void

/** Carries out one command. In the step's environment people may allow what is refused otherwise. */
export function obey(told: Told, command: Command, line: string, environment: Record<string, string>): void {
  try {
    if (unsafe.has(command.command) && !isTrue(environment.ACTIONS_ALLOW_UNSECURE_COMMANDS)) {
      throw new Error(disabled(command.command))
    }
    acts[command.command]?.(told, command)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    refuse(told, `Unable to process command '${line}' successfully.`, why)
  }
}

/** Whether a `stop-commands` token is refused. */
export function isRefusedToken(token: string, isCommand: boolean, environment: Record<string, string>): boolean {
  if (isTrue(environment.ACTIONS_ALLOW_UNSECURE_STOPCOMMAND_TOKENS)) return false
  return isCommand || token === '' || token.toLowerCase() === 'pause-logging'
}

export const REFUSED_TOKEN =
  "You cannot use a endToken that is an empty string, the string 'pause-logging', or another workflow command. " +
  'For more information see: https://docs.github.com/actions/learn-github-actions/workflow-commands-for-github-actions' +
  '#example-stopping-and-starting-workflow-commands or opt into insecure command execution by setting the ' +
  '`ACTIONS_ALLOW_UNSECURE_STOPCOMMAND_TOKENS` environment variable to `true`.'

const unsafe = new Set(['set-env', 'add-path'])

const acts: Record<string, Act> = {
  notice: (told, { value }) => annotate(told, 'notice', value),
  warning: (told, { value }) => annotate(told, 'warning', value),
  error: (told, { value }) => annotate(told, 'error', value),
  'add-mask': (told, { value }) => {
    if (value.trim() !== '') told.masker.add(value)
    else annotate(told, 'warning', "Can't add secret mask for empty string in ##[add-mask] command.")
  },
  echo: (_, { value }) => {
    if (/^\s*(on|off)\s*$/i.test(value)) return
    throw new Error(`Invalid echo command value. Possible values can be: 'on', 'off'. Current value is: '${value}'.`)
  },
  'set-output': (told, command) => {
    annotate(told, 'warning', deprecated(command.command))
    told.outputs.set(nameOf(command), command.value)
  },
  'save-state': (told, command) => {
    annotate(told, 'warning', deprecated(command.command))
    told.state.set(nameOf(command), command.value)
  },
  'set-env': (told, command) => {
    if (!isBlockedVariable(nameOf(command))) told.variables.set(nameOf(command), command.value)
    else annotate(told, 'error', "Can't update NODE_OPTIONS environment variable using ::set-env:: command.")
  },
  'add-path': (told, { value }) => {
    if (value === '') throw new Error("Value cannot be null. (Parameter 'path')")
    addPath(told, value)
  },
}

function nameOf({ command, properties }: Command): string {
  const { name } = properties
  if (name === undefined) throw new Error(`Required field 'name' is missing in ##[${command}] command.`)
  return name
}

function deprecated(command: string): string {
  return (
    `The \`${command}\` command is deprecated and will be disabled soon. Please upgrade to using Environment Files. ` +
    'For more information see: https://github.blog/changelog/2022-10-11-github-actions-deprecating-save-state-and-set-output-commands/'
  )
}

function disabled(command: string): string {
  return (
    `The \`${command}\` command is disabled. Please upgrade to using Environment Files or opt into unsecure command execution ` +
    'by setting the `ACTIONS_ALLOW_UNSECURE_COMMANDS` environment variable to `true`. For more information see: ' +
    'https://github.blog/changelog/2020-10-01-github-actions-deprecating-set-env-and-add-path-commands/'
  )
}

function isTrue(value: string | undefined): boolean {
  return value?.trim().toLowerCase() === 'true'
}
