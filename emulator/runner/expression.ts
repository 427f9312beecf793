/** GitHub's own expression language, evaluated by GitHub's own evaluator. */
import { data, Evaluator, Lexer, Parser } from '@actions/expressions'
import { truthy } from '@actions/expressions/result'

/** `github`, `secrets`, `vars` … as plain values. */
export type Contexts = Record<string, unknown>

/** A step or job is looked at while nothing before it has failed or was cancelled. */
const statusFunctions = [
  { name: 'success', minArgs: 0, maxArgs: 255, call: () => new data.BooleanData(true) },
  { name: 'always', minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(true) },
  { name: 'failure', minArgs: 0, maxArgs: 255, call: () => new data.BooleanData(false) },
  { name: 'cancelled', minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(false) },
]
const statusByName = new Map(statusFunctions.map((status) => [status.name, status]))

/** The value of an expression, without its `${{ }}`. */
export function evaluate(expression: string, contexts: Contexts): data.ExpressionData {
  const tree = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), statusFunctions).parse()
  return new Evaluator(tree, known(contexts), statusByName).evaluate()
}

/** Whether an `if:` lets its job or step run. */
export function holds(condition: string, contexts: Contexts): boolean {
  return truthy(evaluate(condition, contexts))
}

/** The value as plain data. */
export function plain(value: data.ExpressionData): unknown {
  return JSON.parse(JSON.stringify(value, data.replacer))
}

/** A text with every `${{ }}` in it replaced by its value. */
export function fillIn(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) => evaluate(expression, contexts).coerceString())
}

function known(contexts: Contexts): data.Dictionary {
  const pairs = Object.entries(contexts).map(([key, value]) => ({ key, value: dataOf(value) }))
  return new data.Dictionary(...pairs)
}

function dataOf(value: unknown): data.ExpressionData {
  return value === undefined ? new data.Null() : JSON.parse(JSON.stringify(value), data.reviver)
}
