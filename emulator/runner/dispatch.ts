/** A run that is started by hand: its inputs, as the workflow declares them. */
import type { Delivery } from '../github/index.ts'
import { dig } from './origin.ts'

/** What GitHub says against the inputs of a dispatch; undefined if nothing. */
export function dispatchProblem(rule: unknown, delivery: Delivery): string | undefined {
  const given = inputsOf(delivery)
  const declared = declaredIn(rule)
  const unexpected = Object.keys(given).filter((name) => !(name in declared))
  if (unexpected.length > 0) return `unexpected inputs provided: ${JSON.stringify(unexpected)}`
  for (const [name, declaration] of Object.entries(declared)) {
    const value = valueFor(given[name], declaration)
    if (value === '' && dig(declaration, ['required']) === true) return `required input '${name}' not provided`
    const problem = value === '' ? undefined : typeProblem(name, value, declaration)
    if (problem !== undefined) return problem
  }
  return undefined
}

/** The same delivery with the workflow's defaults among its inputs, all of them texts, as `github.event.inputs` has them. */
export function withDefaults(rule: unknown, delivery: Delivery): Delivery {
  const declared = Object.entries(declaredIn(rule))
  if (delivery.event !== 'workflow_dispatch' || declared.length === 0) return delivery
  const given = inputsOf(delivery)
  const inputs = Object.fromEntries(declared.map(([name, declaration]) => [name, valueFor(given[name], declaration)]))
  return { ...delivery, payload: { ...delivery.payload, inputs } }
}

/** The `inputs` context: booleans and numbers are what they are called. */
export function dispatchInputs(rule: unknown, delivery: Delivery): Record<string, unknown> {
  const given = inputsOf(delivery)
  const typed = Object.entries(declaredIn(rule)).map(([name, declaration]): [string, unknown] => {
    const value = valueFor(given[name], declaration)
    const type = dig(declaration, ['type'])
    if (type === 'boolean') return [name, value === 'true']
    return [name, type === 'number' && value !== '' ? Number(value) : value]
  })
  return { ...given, ...Object.fromEntries(typed) }
}

function declaredIn(rule: unknown): Record<string, unknown> {
  const inputs = dig(rule, ['inputs'])
  return typeof inputs === 'object' && inputs !== null ? { ...inputs } : {}
}

function inputsOf({ payload }: Delivery): Record<string, unknown> {
  const inputs = dig(payload, ['inputs'])
  return typeof inputs === 'object' && inputs !== null ? { ...inputs } : {}
}

function valueFor(given: unknown, declaration: unknown): string {
  const boolean = dig(declaration, ['type']) === 'boolean' ? 'false' : ''
  return String(given ?? dig(declaration, ['default']) ?? boolean)
}

function typeProblem(name: string, value: string, declaration: unknown): string | undefined {
  const type = dig(declaration, ['type'])
  const options = dig(declaration, ['options'])
  if (type === 'choice' && Array.isArray(options) && !options.map(String).includes(value)) {
    return `provided value '${value}' for input '${name}' not in the list of allowed values`
  }
  const isWrong =
    (type === 'boolean' && !/^(true|false)$/.test(value)) || (type === 'number' && Number.isNaN(Number(value)))
  return isWrong ? `provided value '${value}' for input '${name}' is not a ${type}` : undefined
}
