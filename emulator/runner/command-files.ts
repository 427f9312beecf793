/** The files through which an action speaks to the runner, read as the runner's `FileCommandManager` does. */
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { keyValues } from './key-values.ts'
import { addPath, annotate, isBlockedVariable, refuse, type Told } from './told.ts'

const mostSummaryBytes = 1024 * 1024

const prefixes = {
  GITHUB_OUTPUT: 'set_output_',
  GITHUB_STEP_SUMMARY: 'step_summary_',
  GITHUB_ENV: 'set_env_',
  GITHUB_PATH: 'add_path_',
  GITHUB_STATE: 'save_state_',
}

export type CommandFiles = {
  /** `GITHUB_OUTPUT` and its like, with their paths. */
  variables: Record<keyof typeof prefixes, string>
  /** Takes over what stands in them; returns what is kept as text. */
  read(told: Told): { summary: string; environmentFile: string; pathFile: string }
}

/** Makes the empty files in a folder, for one process. */
export function makeCommandFiles(folder: string): CommandFiles {
  mkdirSync(folder, { recursive: true })
  const suffix = randomUUID()
  const variables = { ...prefixes }
  for (const name of namesOf(prefixes)) {
    variables[name] = join(folder, `${prefixes[name]}${suffix}`)
    writeFileSync(variables[name], '')
  }
  const text = (name: keyof typeof prefixes) => decoded(variables[name])
  return {
    variables,
    read: (told) => {
      readPath(told, text('GITHUB_PATH'))
      readPairs(told, 'env', text('GITHUB_ENV'), (name, value) => setVariable(told, name, value))
      const summary = checkSummary(told, variables.GITHUB_STEP_SUMMARY)
      readPairs(told, 'state', text('GITHUB_STATE'), (name, value) => told.state.set(name, value))
      readPairs(told, 'output', text('GITHUB_OUTPUT'), (name, value) => told.outputs.set(named(name), value))
      return { summary, environmentFile: text('GITHUB_ENV'), pathFile: text('GITHUB_PATH') }
    },
  }
}

function namesOf<Name extends string>(names: Record<Name, string>): Name[] {
  const all: string[] = Object.keys(names)
  return all.filter((name): name is Name => name in names)
}

/** A file that is gone says nothing; a mark of the byte order says how to read the rest. */
function decoded(path: string): string {
  if (!existsSync(path)) return ''
  const bytes = readFileSync(path)
  const mark = bytes.subarray(0, 2).toString('hex')
  return new TextDecoder(mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8').decode(bytes)
}

/** What stands before a fault counts. */
function readPairs(told: Told, file: string, text: string, take: (name: string, value: string) => void): void {
  try {
    for (const [name, value] of keyValues(text)) take(name, value)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    refuse(told, `Unable to process file command '${file}' successfully.`, why)
  }
}

function setVariable(told: Told, name: string, value: string): void {
  if (!isBlockedVariable(name)) told.variables.set(named(name), value)
  else annotate(told, 'error', "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.")
}

function named(name: string): string {
  if (name === '') throw new Error("Value cannot be null. (Parameter 'name')")
  return name
}

function readPath(told: Told, text: string): void {
  for (const folder of text.split(/\r\n|\r|\n/)) if (folder !== '') addPath(told, folder)
}

function checkSummary(told: Told, path: string): string {
  const size = existsSync(path) ? readFileSync(path).length : 0
  if (size <= mostSummaryBytes) return decoded(path)
  const limit = mostSummaryBytes / 1024
  annotate(
    told,
    'error',
    `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of ${limit}k, got ${Math.floor(size / 1024)}k. ` +
      'For more information see: https://docs.github.com/actions/using-workflows/' +
      'workflow-commands-for-github-actions#adding-a-markdown-summary',
  )
  return ''
}
