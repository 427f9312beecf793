/** What `action.yml` says: the programs to start and the inputs with their defaults. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'
import { type Contexts, fillIn } from './expression.ts'

/** The programs of an action, in the order in which a job runs them. */
export type Stage = 'pre' | 'main' | 'post'

export type ActionDefinition = {
  programs: Record<Stage, string | undefined>
  /** When `pre:` and `post:` run. */
  conditions: { pre: string; post: string }
  inputs: { name: string; default: string; deprecated: string | undefined }[]
}

/** Reads the `action.yml` (or `action.yaml`) in a folder. */
export function readActionDefinition(folder: string): ActionDefinition {
  const file = ['action.yml', 'action.yaml'].map((name) => join(folder, name)).find(existsSync)
  if (file === undefined) throw new Error(`There is no action.yml in ${folder}. Name the folder that holds the action.`)
  const text = readFileSync(file, 'utf8')
  const known = read.get(text)
  const definition = known?.file === file ? known.definition : readAs(file, text)
  read.set(text, { file, definition })
  return definition
}

/** Worlds come and go by the thousand, and all read the same file. */
const read = new Map<string, { file: string; definition: ActionDefinition }>()

function readAs(file: string, text: string): ActionDefinition {
  const folder = dirname(file)
  const definition: unknown = parse(text)
  const runs = field(definition, 'runs')
  const using = textOf(field(runs, 'using'))
  if (!/^node(?:20|24)$/i.test(using)) {
    throw new Error(`${file} says "using: ${using}". Of JavaScript actions GitHub runs "node20" and "node24" only.`)
  }
  const program = (stage: Stage) => {
    const script = textOf(field(runs, stage))
    return script === '' ? undefined : join(folder, script)
  }
  if (program('main') === undefined) throw new Error(`${file} names no program. It needs "runs: { main: … }".`)
  return {
    programs: { pre: program('pre'), main: program('main'), post: program('post') },
    conditions: { pre: conditionOf(field(runs, 'pre-if')), post: conditionOf(field(runs, 'post-if')) },
    inputs: Object.entries(field(definition, 'inputs') ?? {}).map(([name, input]) => ({
      name,
      default: textOf(field(input, 'default')),
      deprecated: textOf(field(input, 'deprecationMessage')) || undefined,
    })),
  }
}

/** An action's defaults know nothing of secrets, variables and other jobs. */
const SEEN_BY_DEFAULTS = ['github', 'strategy', 'matrix', 'job', 'runner']

/** The `INPUT_…` variables: every declared input, then what `with:` gives, names compared without case. */
export function inputVariables(
  definition: ActionDefinition,
  given: Record<string, string>,
  contexts: Contexts,
): Record<string, string> {
  const variables: Record<string, string> = {}
  for (const [name, value] of Object.entries(given)) variables[variableOf(name)] = value
  const seen = Object.fromEntries(Object.entries(contexts).filter(([name]) => SEEN_BY_DEFAULTS.includes(name)))
  for (const input of definition.inputs) variables[variableOf(input.name)] ??= fillIn(input.default, seen)
  return variables
}

/** What the runner warns of: inputs that the action does not declare, which it passes on all the same, or calls old. */
export function inputWarnings(definition: ActionDefinition, given: Record<string, string>): string[] {
  const declared = new Map(definition.inputs.map((input) => [input.name.toLowerCase(), input]))
  const old = Object.keys(given).flatMap((name) => {
    const message = declared.get(name.toLowerCase())?.deprecated
    return message === undefined ? [] : [`Input '${name}' has been deprecated with message: ${message}`]
  })
  const unexpected = Object.keys(given).filter((name) => !declared.has(name.toLowerCase()))
  if (unexpected.length === 0) return old
  const valid = definition.inputs.map(({ name }) => name)
  return [...old, `Unexpected input(s) '${unexpected.join("', '")}', valid inputs are ['${valid.join("', '")}']`]
}

function variableOf(input: string): string {
  return `INPUT_${input.replaceAll(' ', '_').toUpperCase()}`
}

function conditionOf(value: unknown): string {
  return value === undefined ? 'always()' : textOf(value).replace(/^\$\{\{(.*)\}\}$/s, '$1')
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : String(value)
}
