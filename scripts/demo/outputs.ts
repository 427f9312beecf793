/** The outputs of a step as rows of a table. */
import type { Outputs } from './runs.ts'

/** Long values are measured instead of shown. */
export function outputRows(outputs: Outputs): [name: string, value: string][] {
  return Object.entries(outputs).map(([name, value]) => [name, shown(name, value)])
}

function shown(name: string, value: string): string {
  if (value === '') return '–'
  if (name === 'result') return `(JSON of all these, ${value.length} characters)`
  if (name === 'summary') return `(Markdown, ${value.split('\n').length} lines)`
  return value
}
