/** What `action.yml` says: the program to start and the inputs with their defaults. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { type Contexts, fillIn } from './expression.ts'

export type ActionDefinition = { main: string; inputs: { name: string; default: string }[] }

/** Reads the `action.yml` (or `action.yaml`) in a folder. */
export function readActionDefinition(folder: string): ActionDefinition {
  const file = ['action.yml', 'action.yaml'].map((name) => join(folder, name)).find(existsSync)
  if (file === undefined) throw new Error(`There is no action.yml in ${folder}. Name the folder that holds the action.`)
  const definition: unknown = parse(readFileSync(file, 'utf8'))
  const main = field(field(definition, 'runs'), 'main')
  if (typeof main !== 'string') throw new Error(`${file} names no program. It needs "runs: { main: … }".`)
  const inputs = Object.entries(field(definition, 'inputs') ?? {}).map(([name, input]) => ({
    name,
    default: textOf(field(input, 'default')),
  }))
  return { main: join(folder, main), inputs }
}

/** The `INPUT_…` variables: every declared input, then what `with:` gives, names compared without case. */
export function inputVariables(
  definition: ActionDefinition,
  given: Record<string, string>,
  contexts: Contexts,
): Record<string, string> {
  const variables: Record<string, string> = {}
  for (const input of definition.inputs) variables[variableOf(input.name)] = fillIn(input.default, contexts)
  for (const [name, value] of Object.entries(given)) variables[variableOf(name)] = value
  return variables
}

/** Names in `with:` that the action does not declare; the real runner warns of them and passes them on. */
export function unexpectedInputs(definition: ActionDefinition, given: Record<string, string>): string[] {
  const declared = new Set(definition.inputs.map((input) => variableOf(input.name)))
  return Object.keys(given).filter((name) => !declared.has(variableOf(name)))
}

function variableOf(input: string): string {
  return `INPUT_${input.replaceAll(' ', '_').toUpperCase()}`
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : String(value)
}
