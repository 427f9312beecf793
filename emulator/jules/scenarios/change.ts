/** What the agent of every scenario changes: a date test that fails late in the evening, and the function behind it. */
import { readFileSync } from 'node:fs'
import type { Change } from '../step.ts'

const read = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8')

const DESCRIPTION = [
  'The test for "due tomorrow" failed when it ran after 9 in the evening: `dueLabel` rounded a difference in hours.',
  '',
  '- `dueLabel` counts calendar days and takes the present time as an argument.',
  '- The tests use a fixed time.',
].join('\n')

const presentation = { title: 'Make the date test deterministic', branch: 'fix-date-test' }

/** The change of the first turn. */
export const FIRST_CHANGE: Change = {
  ...presentation,
  patch: read('./first-turn.diff'),
  commitMessage: 'Make the date test deterministic\n\nCount calendar days instead of rounding hours.',
  description: DESCRIPTION,
}

/** The change after a message: the first one and a further test. */
export const SECOND_CHANGE: Change = {
  ...presentation,
  patch: read('./second-turn.diff'),
  commitMessage: 'Make the date test deterministic\n\nCount calendar days, and test a change of month.',
  description: `${DESCRIPTION}\n- A further test covers a change of month.`,
}
