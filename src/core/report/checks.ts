/** The doctor's checks in words: a table for the job summary, a line each for the log. */
import type { Check, Checked } from '../effect/check.ts'
import type { Story } from '../effect/story.ts'
import { cell } from './markdown.ts'

const RESULTS: { [R in Check['result']]: string } = {
  fine: '✅ fine',
  wrong: '❌ wrong',
  unknown: '❔ cannot be told',
  advice: '💡 advice',
}

/** One row for each check; '' for a run that checks nothing. */
export function checkTable({ checks }: Story): string {
  const rows = checks.map((check) => `| ${BOOK[check.of].title} | ${RESULTS[check.result]} | ${foundIn(check)} |`)
  return rows.length === 0 ? '' : ['| Check | Result | What was found |', '| --- | --- | --- |', ...rows].join('\n')
}

/** One line of the log. */
export function checkLine(check: Check): string {
  return `${RESULTS[check.result]}: ${BOOK[check.of].title}. ${foundIn(check)}`
}

function foundIn(check: Check): string {
  if (check.result !== 'unknown') {
    const [first, ...others] = check.names.map((name) => cell(name))
    return BOOK[check.of][check.result === 'fine' ? 'fine' : 'otherwise'](first ?? '', others.join(', '))
  }
  if (check.why === 'dry-run') return 'A dry run sends no write, and only a write can tell.'
  if (check.why === 'after-another') return 'It could not be looked at, because of what another check has found.'
  return check.why.sentence
}

/** `first` and `others` are names in code spans, '' where there are none. */
type Words = (first: string, others: string) => string

const permission = (line: string): { title: string; fine: Words; otherwise: Words } => ({
  title: `\`${line}\``,
  fine: () => 'The token has this permission.',
  otherwise: () =>
    `Add the line \`${line}\` under \`permissions:\` of the job, or give a token of your own this permission.`,
})

/** `otherwise`: what is wrong, or advised, and what to do. */
const BOOK: { [C in Checked]: { title: string; fine: Words; otherwise: Words } } = {
  key: {
    title: 'Jules API key',
    fine: () => 'Jules accepts it.',
    otherwise: () =>
      'Jules does not accept it: make a new one in the settings of jules.google.com and replace the secret.',
  },
  source: {
    title: 'Jules source',
    fine: (name) => `Jules knows this repository as ${name}.`,
    otherwise: (name) =>
      name === ''
        ? 'Jules does not know this repository: install its app for it at https://jules.google.com.'
        : `Jules knows no source ${name}: correct the input \`source\`, or leave it out, and the one of this repository is taken.`,
  },
  token: {
    title: '`github-token`',
    fine: () => 'GitHub accepts it.',
    otherwise: () => 'GitHub does not accept it, or not for this repository: check where the workflow gets it from.',
  },
  branch: {
    title: 'Starting branch',
    fine: (name) => `There is ${name}.`,
    otherwise: (name, near) =>
      `There is no ${name}: push it, or name another one in \`starting-branch\`${near === '' ? '' : `, such as ${near}`}.`,
  },
  contents: { ...permission('contents: read'), fine: () => 'The token may read this repository.' },
  issues: permission('issues: write'),
  'pull-requests': permission('pull-requests: write'),
  label: {
    title: 'Trigger label',
    fine: (name) => `There is ${name}.`,
    otherwise: (name) => `There is no label ${name}: make it in the repository, for people need it to ask.`,
  },
  templates: {
    title: 'Issue templates',
    fine: () => 'None puts the trigger label on by itself.',
    otherwise: (first, others) =>
      `The trigger label is put on new issues by ${first}${others === '' ? '' : `, ${others}`}, so people ask Jules without meaning to: take it out there.`,
  },
}
