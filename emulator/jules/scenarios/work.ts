/** Stretches of work that the scenarios are put together from. */
import type { PlanDraft, Step } from '../step.ts'
import { FIRST_CHANGE, SECOND_CHANGE } from './change.ts'

/** The plan of the first turn. */
export const PLAN: PlanDraft = [
  { title: 'Reproduce the failure', description: 'Run the tests with the clock set to 22:30.' },
  { title: 'Find the cause in `src/due-label.js`' },
  {
    title: 'Count calendar days instead of hours',
    description: 'Pass the present time in, so that tests can choose it.',
  },
  { title: 'Run all tests' },
]

/** The plan after a person has objected to the first one. */
export const REVISED_PLAN: PlanDraft = [
  { title: 'Reproduce the failure', description: 'Run the tests with the clock set to 22:30.' },
  { title: 'Count calendar days instead of hours in `src/due-label.js`' },
  { title: 'Run all tests', description: 'Once in the morning and once late in the evening.' },
]

/** QUEUED, PLANNING, and a plan that is waited for only where the session asked for it. */
export const PLANNING: Step[] = [
  { after: 3, do: 'become', state: 'PLANNING' },
  { after: 18, do: 'plan', plan: PLAN },
]

/** The same with a plan that always waits for an approval. */
export function gatedPlanning(options: { tooLate: boolean }): Step[] {
  return [
    { after: 3, do: 'become', state: 'PLANNING' },
    { after: 18, do: 'plan', plan: PLAN, gated: true, tooLate: options.tooLate },
  ]
}

const FAILING_RUN = [
  '✖ says that something is due tomorrow (3.1ms)',
  "  AssertionError: 'due today' == 'due tomorrow'",
  '✔ says that something is overdue (0.4ms)',
  'tests 2, pass 1, fail 1',
].join('\n')

const PASSING_RUN = [
  '✔ says that something is due tomorrow, however late it is (0.9ms)',
  '✔ says that something is overdue (0.3ms)',
  'tests 2, pass 2, fail 0',
].join('\n')

/** Looking into it, up to the point where something would be changed. */
export const INVESTIGATION: Step[] = [
  { after: 14, do: 'progress', title: 'Read `src/due-label.js` and its test' },
  {
    after: 20,
    do: 'progress',
    title: 'Ran the tests late in the evening',
    description: 'The test for "due tomorrow" fails after 21:00.',
    artifacts: [{ bashOutput: { command: "faketime '22:30' npm test", output: FAILING_RUN, exitCode: 1 } }],
  },
  {
    after: 16,
    do: 'progress',
    title: 'The function rounds the difference in hours, so from 21:00 on a date at 9:00 of the next day counts as…',
    description:
      'The function rounds the difference in hours, so from 21:00 on a date at 9:00 of the next day counts as today. ' +
      'Counting calendar days is right at every hour.',
  },
]

/** Changing the two files and running the tests. */
export const REPAIR: Step[] = [
  { after: 22, do: 'change', change: FIRST_CHANGE },
  {
    after: 18,
    do: 'progress',
    title: 'Ran all tests',
    artifacts: [{ bashOutput: { command: "faketime '22:30' npm test", output: PASSING_RUN, exitCode: 0 } }],
  },
  { after: 14, do: 'progress', title: 'Reviewed the change', description: 'Two files changed, no open points.' },
]

/** The pull request, then the end. */
export const DELIVERY: Step[] = [
  { after: 16, do: 'publish' },
  { after: 6, do: 'complete' },
]

/** The whole work after a plan has been approved. */
export const EXECUTION: Step[] = [...INVESTIGATION, ...REPAIR, ...DELIVERY]

/** What a message to a settled session sets going, without a publication. */
export const REVISION: Step[] = [
  { after: 2, do: 'become', state: 'IN_PROGRESS' },
  { after: 12, do: 'say', text: 'Thank you, I will look at that.' },
  { after: 20, do: 'progress', title: 'Wrote a further test for a change of month' },
  { after: 16, do: 'change', change: SECOND_CHANGE },
]

/** The usual second turn: the same pull request, with more in it. */
export const SECOND_TURN: Step[] = [...REVISION, { after: 10, do: 'publish' }, { after: 5, do: 'complete' }]

/** What a healthy agent takes from one thing that it tells to the next, seconds. */
const USUAL_GAP = 26

/** All of a session that takes so many seconds, and tells of its work at a steady pace. */
export function steadyWork(seconds: number): Step[] {
  const count = Math.floor((seconds - 45) / USUAL_GAP) - 1
  const steps: Step[] = Array.from({ length: count }, (_, at) => ({
    after: USUAL_GAP,
    do: 'progress',
    title: `Looked through file ${at + 1} of ${count}`,
  }))
  return [...PLANNING, ...steps, { after: USUAL_GAP, do: 'change', change: FIRST_CHANGE }, ...DELIVERY]
}
