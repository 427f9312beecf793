/** The files through which an action speaks to the runner, read as the runner's `FileCommandManager` does. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Annotation } from './log.ts'

const mostSummaryBytes = 1024 * 1024

export type CommandFiles = {
  /** `GITHUB_OUTPUT` and its like, with their paths. */
  variables: Record<string, string>
  read(): {
    outputs: Record<string, string>
    summary: string
    environmentFile: string
    pathFile: string
    problems: Annotation[]
  }
}

/** Makes the empty files in a folder. */
export function makeCommandFiles(folder: string): CommandFiles {
  mkdirSync(folder, { recursive: true })
  const variables: Record<string, string> = {}
  const text = (variable: string) => readFileSync(variables[variable] ?? '', 'utf8')
  for (const name of ['OUTPUT', 'STEP_SUMMARY', 'ENV', 'PATH', 'STATE']) {
    const path = join(folder, name.toLowerCase())
    writeFileSync(path, '')
    variables[`GITHUB_${name}`] = path
  }
  return {
    variables,
    read: () => {
      const problems: Annotation[] = []
      return {
        outputs: readOutputs(text('GITHUB_OUTPUT'), problems),
        summary: checkSummary(text('GITHUB_STEP_SUMMARY'), problems),
        environmentFile: text('GITHUB_ENV'),
        pathFile: text('GITHUB_PATH'),
        problems,
      }
    },
  }
}

function readOutputs(text: string, problems: Annotation[]): Record<string, string> {
  try {
    return parseKeyValues(text)
  } catch (error) {
    problems.push({ level: 'error', message: "Unable to process file command 'output' successfully." })
    problems.push({ level: 'error', message: error instanceof Error ? error.message : String(error) })
    return {}
  }
}

function checkSummary(text: string, problems: Annotation[]): string {
  const size = Buffer.byteLength(text)
  if (size <= mostSummaryBytes) return text
  const kilobytes = Math.ceil(size / 1024)
  problems.push({
    level: 'error',
    message: `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${kilobytes}k.`,
  })
  return ''
}

/** `name=value` lines and `name<<DELIMITER … DELIMITER` blocks; a text that is neither is refused as a whole. */
export function parseKeyValues(text: string): Record<string, string> {
  const values = new Map<string, string>()
  const lines = text.split('\n')
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    if (line === '') continue
    const equals = line.indexOf('=')
    const heredoc = line.indexOf('<<')
    if (heredoc >= 0 && (equals < 0 || heredoc < equals)) {
      const block = readBlock(lines, at)
      values.set(block.name, block.value)
      at = block.end
    } else if (equals > 0) values.set(line.slice(0, equals), line.slice(equals + 1))
    else throw new Error(`Invalid format '${line}'${equals === 0 ? '. Name must not be empty' : ''}`)
  }
  return Object.fromEntries(values)
}

function readBlock(lines: string[], start: number): { name: string; value: string; end: number } {
  const line = lines[start] ?? ''
  const name = line.slice(0, line.indexOf('<<'))
  const delimiter = line.slice(name.length + 2)
  if (name === '' || delimiter === '') {
    throw new Error(`Invalid format '${line}'. Name must not be empty and delimiter must not be empty`)
  }
  const end = lines.indexOf(delimiter, start + 1)
  if (end < 0) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`)
  return { name, value: lines.slice(start + 1, end).join('\n'), end }
}
