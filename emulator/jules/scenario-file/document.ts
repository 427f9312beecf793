/** Opens the text of a scenario as YAML, and collects what is wrong with it by line and column. */
import { isDeepStrictEqual } from 'node:util'
import { type Document, LineCounter, parseDocument, visit } from 'yaml'
import { type Mistake, ScenarioError } from './mistake.ts'
import type { Spot } from './reader.ts'

const LARGEST_BYTES = 1024 * 1024
/** More than a person would read. */
const MOST_MISTAKES = 100

/** A text of a scenario with the name that sessions choose it by. */
export type ScenarioText = {
  name: string
  text: string
  /** Where it was read from; files that it names are looked for beside it. */
  file?: string
}

/** Reads the whole document with `read`; any mistake that was reported on the way is thrown in the end. */
export function readDocument<T>({ name, text, file }: ScenarioText, read: (spot: Spot) => T | undefined): T {
  const lines = new LineCounter()
  const mistakes: Mistake[] = []
  const report = (at: number, message: string) => {
    if (mistakes.length >= MOST_MISTAKES) return
    const { line, col } = lines.linePos(at)
    const mistake = { line: line || 1, column: col || 1, message }
    if (!mistakes.some((told) => isDeepStrictEqual(told, mistake))) mistakes.push(mistake)
  }
  const node = open(text, lines, report)
  const result = node === undefined ? undefined : read({ name: 'The file', node, at: 0, report, file })
  if (result === undefined || mistakes.length > 0) {
    mistakes.sort((one, other) => one.line - other.line || one.column - other.column)
    throw new ScenarioError(file ?? name, mistakes)
  }
  return result
}

/** What the document holds, or undefined after a report that there is nothing to read. */
function open(text: string, lines: LineCounter, report: Spot['report']): unknown {
  if (Buffer.byteLength(text) > LARGEST_BYTES) {
    report(0, 'The file is larger than 1 MiB. Say `repeat: 1000` in a step instead of writing it many times.')
    return undefined
  }
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true })
  const wrong = [...document.errors, ...document.warnings]
  if (wrong.some(({ code }) => code === 'RESOURCE_EXHAUSTION')) {
    report(wrong[0]?.pos[0] ?? 0, 'This is nested too deeply to be a scenario.')
    return undefined
  }
  for (const { pos, message } of wrong) report(pos[0], `This is not the YAML that was expected: ${sentence(message)}`)
  if (wrong.length > 0 || hasAlias(document, report)) return undefined
  if (document.contents !== null) return document.contents
  report(0, 'The file is empty. A scenario has an `about` and `steps`.')
  return undefined
}

/** Aliases are refused altogether: what is shared has a name here, and a few lines cannot unfold to billions. */
function hasAlias(document: Document.Parsed, report: Spot['report']): boolean {
  let found = false
  visit(document, {
    Alias: (_, { source, range }) => {
      found = true
      report(range?.[0] ?? 0, `Aliases such as *${source} are not used here. Name a stretch, and \`use\` it.`)
    },
  })
  return found
}

function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`
}
