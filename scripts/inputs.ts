/** Writes src/core/inputs.ts from action.yml, the one source of names and defaults. `--check` only compares. */
import { readFileSync, writeFileSync } from 'node:fs'
import { parse } from 'yaml'

const target = new URL('../src/core/inputs.ts', import.meta.url)
const action = parse(readFileSync(new URL('../action.yml', import.meta.url), 'utf8'))

const rows = Object.entries<{ default?: string }>(action.inputs).map(
  // The runner fills an expression in by itself, so there is no text to fall back to.
  ([name, input]) =>
    `  ${/^[a-z]+$/.test(name) ? name : quote(name)}: ${quote(String(input.default ?? '').startsWith('${{') ? '' : (input.default ?? ''))},`,
)
const outputs = Object.keys(action.outputs).map((name) => `  ${quote(name)},`)
const text = `/** Made from action.yml by \`npm run generate\`: every input with its default, and the outputs in their order. */
export const INPUT_DEFAULTS = {
${rows.join('\n')}
} as const

export const OUTPUT_NAMES = [
${outputs.join('\n')}
] as const
`

if (!process.argv.includes('--check')) writeFileSync(target, text)
else if (readFileSync(target, 'utf8') !== text) {
  console.error('src/core/inputs.ts does not fit action.yml. Run `npm run generate` and commit what it writes.')
  process.exitCode = 1
}

function quote(value: string): string {
  return `'${value.replaceAll("'", "\\'")}'`
}
