/** The scenarios that the command line names: some are built in, some are files. */
import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { ScenarioText } from '../jules/scenario-file/document.ts'
import { openLibrary } from '../jules/scenario-file/library.ts'
import { Mistake } from './mistake.ts'

/** Files are brought along, each under its own name; the first of all is what sessions do whose prompt has no marker. */
export function readScenarios(given: readonly string[]): { scenario: string; scenarios: ScenarioText[] } {
  const files = given.filter(isFile).map(readFile)
  const names = given.map(nameOf)
  const library = openLibrary()
  const mistakes = [
    ...files.map((file) => () => library.load(file)),
    ...names.filter((_, at) => !isFile(given[at] ?? '')).map((name) => () => library.find(name)),
  ].flatMap(mistakeOf)
  if (mistakes.length > 0) throw new Mistake(mistakes.join('\n'))
  return { scenario: names[0] ?? '', scenarios: files }
}

function isFile(given: string): boolean {
  return /\.ya?ml$/.test(given)
}

function nameOf(given: string): string {
  return isFile(given) ? basename(given).replace(/\.ya?ml$/, '') : given
}

function readFile(file: string): ScenarioText {
  try {
    return { name: nameOf(file), text: readFileSync(file, 'utf8'), file }
  } catch (error) {
    const why = existsSync(file) ? String(error) : 'there is no such file here.'
    throw new Mistake(`The scenario ${file} cannot be read: ${why}`)
  }
}

function mistakeOf(act: () => unknown): string[] {
  try {
    act()
    return []
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}
