/**
 * Writes the tables of README.md and docs/ between their markers, each from its one source. `--check` only compares.
 * A generated part stands between `<!-- generated: NAME -->` and `<!-- /generated: NAME -->`.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { parse } from 'yaml'
import { type Move, ON_COMMAND, ON_EVENT, THREAD_PHASES } from '../src/core/decision/table.ts'
import { briefStory, type Story } from '../src/core/effect/story.ts'
import { OUTCOMES, type Verdict } from '../src/core/outcome.ts'
import { FLAGS, SAYS, STANDS } from '../src/core/report/help.ts'
import { sentenceOf } from '../src/core/report/sentences.ts'

type Input = { description: string; required?: boolean; default?: string }
type Action = { inputs: Record<string, Input>; outputs: Record<string, { description: string }> }

const root = new URL('../', import.meta.url)
const read = (file: string): string => readFileSync(new URL(file, root), 'utf8')

const PARTS: Record<string, () => string> = {
  workflow: () => shown('yaml', 'examples/jules.yml'),
  'example-curl': () => shown('sh', 'emulator/examples/curl.sh'),
  'example-sdk': () => shown('ts', 'emulator/examples/sdk.ts'),
  'example-jest': () => shown('ts', '__tests__/emulator/example.test.ts').replace('../../emulator/', './emulator/'),
  inputs: () => table(['Input', 'Default', 'Meaning'], Object.entries(action().inputs).map(inputRow)),
  outputs: () =>
    table(
      ['Output', 'Meaning'],
      Object.entries(action().outputs).map(([name, { description }]) => [code(name), description]),
    ),
  outcomes: () =>
    table(
      ['Outcome', 'Reasons'],
      Object.entries(OUTCOMES).map(([outcome, reasons]) => [code(outcome), reasons.map(code).join(', ')]),
    ),
  sentences: () => table(['Outcome', 'Reason', 'What is said', 'What to do'], verdicts().map(sentenceRow)),
  'on-command': () => moves('Command', ON_COMMAND),
  'on-event': () => moves('Event', ON_EVENT),
  commands: () => table(['Command', 'What it does'], Object.values(SAYS).map(says('/jules '))),
  flags: () => table(['Flag', 'What it does'], FLAGS.map(says(''))),
  standings: () => table(['How the thread stands', ...Object.keys(MEANS)], THREAD_PHASES.map(standingRow)),
}

/** What commands lead to, from the column of those that act to that of those that are refused. */
const MEANS: Record<string, readonly Move[]> = {
  'A session starts': ['start', 'restart'],
  'Jules is told': ['send', 'approve'],
  'It ends': ['stop'],
  'You are told': ['look', 'help'],
  'Refused, with the reason': ['busy', 'nothing'],
}

/** What is said as a rule: there is a session, and it is at work. */
const SESSION: Story['session'] = { id: '1', url: '', title: '', state: 'IN_PROGRESS', rawState: 'IN_PROGRESS' }

const DOCUMENTS = ['README.md', 'docs/commands.md', 'docs/design.md', 'docs/outcomes.md', 'emulator/README.md']

main()

function main(): void {
  const check = process.argv.includes('--check')
  for (const file of DOCUMENTS) {
    const text = read(file)
    const fresh = filled(file, text)
    if (fresh === text) continue
    if (!check) writeFileSync(new URL(file, root), fresh)
    else {
      console.error(`${file} does not fit its sources. Run \`npm run generate\` and commit what it writes.`)
      process.exitCode = 1
    }
  }
}

/** A file as a block of code. */
function shown(language: string, file: string): string {
  return `\`\`\`${language}\n${read(file).trimEnd()}\n\`\`\``
}

/** The document with every generated part made anew. */
function filled(file: string, text: string): string {
  return text.replace(
    /(<!-- generated: ([a-z-]+) -->)[\s\S]*?(<!-- \/generated: \2 -->)/g,
    (_, start: string, name: string, end: string) => {
      const make = PARTS[name]
      if (make === undefined)
        throw new Error(`${file} asks for the part "${name}", which scripts/readme.ts cannot make.`)
      return `${start}\n\n${make()}\n\n${end}`
    },
  )
}

function action(): Action {
  return parse(read('action.yml'))
}

function inputRow([name, input]: [string, Input]): string[] {
  const usual = input.default ?? ''
  return [code(name), input.required ? '**required**' : usual === '' ? '' : code(usual), input.description]
}

function verdicts(): Verdict[] {
  return Object.entries(OUTCOMES).flatMap(([outcome, reasons]) =>
    // The two lists belong together; going over an object's entries loses that.
    reasons.map((reason) => ({ outcome, reason }) as Verdict),
  )
}

function sentenceRow(verdict: Verdict): string[] {
  const { headline, do: todo } = sentenceOf({ ...briefStory('acme/widgets', verdict), session: SESSION }, '/jules')
  return [code(verdict.outcome), code(verdict.reason), headline, todo]
}

function moves(title: string, rows: Record<string, Record<(typeof THREAD_PHASES)[number], string>>): string {
  return table(
    [title, ...THREAD_PHASES.map((phase) => code(phase))],
    Object.entries(rows).map(([name, row]) => [code(name), ...THREAD_PHASES.map((phase) => row[phase])]),
  )
}

function says(before: string) {
  return ({ words, does }: { words: string; does: string }): string[] => [code(`${before}${words}`), does]
}

function standingRow(phase: (typeof THREAD_PHASES)[number]): string[] {
  const named = (name: string): string => (name === 'say' ? '<text>' : name)
  const commands = Object.entries(ON_COMMAND).filter(([name]) => !name.startsWith('bare'))
  const cells = Object.values(MEANS).map((means) =>
    commands.flatMap(([name, row]) => (means.includes(row[phase]) ? [code(named(name))] : [])).join(', '),
  )
  return [STANDS[phase], ...cells]
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function code(text: string): string {
  return `\`${text}\``
}
