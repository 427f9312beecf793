/** GitHub's own expression language, evaluated by GitHub's own evaluator. */
import { data, Evaluator, Lexer, Parser } from '@actions/expressions'
import { truthy } from '@actions/expressions/result'

/** `github`, `secrets`, `vars` … as plain values. */
export type Contexts = Record<string, unknown>

/** How things stand before a job or step: what `success()` and its like tell. */
export type Status = { success: boolean; failure: boolean; cancelled: boolean }

/** Nothing has failed or was cancelled. */
export const ALL_WELL: Status = { success: true, failure: false, cancelled: false }

/** The value of an expression, without its `${{ }}`. */
export function evaluate(expression: string, contexts: Contexts, status = ALL_WELL): data.ExpressionData {
  const functions = statusFunctions(status)
  const tree = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), functions).parse()
  return new Evaluator(tree, known(contexts), new Map(functions.map((one) => [one.name, one]))).evaluate()
}

/** Whether an `if:` lets its job or step run. */
export function holds(condition: string, contexts: Contexts, status: Status): boolean {
  return truthy(evaluate(condition, contexts, status))
}

/** The value as plain data. */
export function plain(value: data.ExpressionData): unknown {
  return JSON.parse(JSON.stringify(value, data.replacer))
}

/** A text with every `${{ }}` in it replaced by its value. */
export function fillIn(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) => evaluate(expression, contexts).coerceString())
}

function statusFunctions(status: Status) {
  const tell = (name: string, value: boolean, maxArgs = 0) => ({
    name,
    minArgs: 0,
    maxArgs,
    call: () => new data.BooleanData(value),
  })
  return [
    tell('success', status.success, 255),
    tell('failure', status.failure, 255),
    tell('cancelled', status.cancelled),
    tell('always', true),
  ]
}

function known(contexts: Contexts): data.Dictionary {
  const pairs = Object.entries(contexts).map(([key, value]) => ({ key, value: dataOf(value) }))
  return new data.Dictionary(...pairs)
}

function dataOf(value: unknown): data.ExpressionData {
  return value === undefined ? new data.Null() : JSON.parse(JSON.stringify(value), data.reviver)
}
