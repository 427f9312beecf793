/** Every scenario by its name. A session takes one by a marker in its prompt: `[scenario: question]`. */
import type { Scenario, Step } from '../step.ts'
import { DELIVERY, EXECUTION, gatedPlanning, INVESTIGATION, PLANNING, REPAIR, REVISION, steadyWork } from './work.ts'

const SCREENSHOT =
  'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAASUlEQVR42mP4+v0XSYhhkGlQ6g5hIEk1CTZAVBOrAa4aiwZkOawiDPjNw9SPTwOmapx+ACrF' +
  'qhqfBhIiDqKaNBvI0UCap/FoAAD5oMQFzXqE0gAAAABJRU5ErkJggg=='

const HOUR = 3600

/** A pull request is there, and the session goes on for two hours more. */
const LONG_TAIL: Step[] = [
  { after: 16, do: 'publish' },
  { after: 60, do: 'progress', title: 'Waiting for the checks of the pull request' },
  { after: 120, do: 'progress', title: 'The checks are green' },
  { after: 2 * HOUR, do: 'complete' },
]

export const SCENARIOS: Record<string, Scenario> = {
  'automatic-pull-request': {
    about: 'Plans, works and opens a pull request, all by itself, in about 150 seconds.',
    steps: [...PLANNING, ...EXECUTION],
  },
  failure: {
    about: 'Fails and says why.',
    steps: [
      ...PLANNING,
      ...INVESTIGATION,
      { after: 20, do: 'fail', reason: 'The setup script of the repository failed: npm ci ended with exit code 1.' },
    ],
  },
  'failure-without-reason': {
    about: 'Fails without an activity that says why.',
    steps: [...PLANNING, ...INVESTIGATION, { after: 20, do: 'fail' }],
  },
  'patch-only': {
    about: 'Completes with a patch and publishes nothing.',
    steps: [...PLANNING, ...INVESTIGATION, ...REPAIR, { after: 16, do: 'complete' }],
    turn: [...REVISION, { after: 12, do: 'complete' }],
  },
  'nothing-done': {
    about: 'Completes without having changed anything.',
    steps: [
      ...PLANNING,
      { after: 14, do: 'progress', title: 'Ran all tests', description: 'They pass, at every hour of the day.' },
      { after: 30, do: 'complete' },
    ],
  },
  question: {
    about: 'Asks a question, and opens a pull request after an answer.',
    steps: [
      ...PLANNING,
      ...INVESTIGATION,
      { after: 12, do: 'say', text: 'Should a date count as tomorrow by the calendar, or only 24 hours from now?' },
      { after: 0, do: 'become', state: 'AWAITING_USER_FEEDBACK' },
      { after: 0, do: 'await' },
      ...REPAIR,
      ...DELIVERY,
    ],
  },
  'plan-gate': {
    about: 'Waits for the approval of its plan; after ten minutes without one it completes with nothing.',
    steps: [...gatedPlanning({ tooLate: false }), ...EXECUTION],
  },
  'plan-expired': {
    about: 'Like plan-gate, and an approval that comes too late does nothing; only a message helps then.',
    steps: [...gatedPlanning({ tooLate: true }), ...EXECUTION],
  },
  'late-pull-request': {
    about: 'Completes, and shows its pull request 40 seconds later.',
    steps: [...PLANNING, ...INVESTIGATION, ...REPAIR, { after: 16, do: 'complete' }, { after: 40, do: 'publish' }],
  },
  'still-working': {
    about: 'Opens a pull request and stays in progress for two hours more.',
    steps: [...PLANNING, ...INVESTIGATION, ...REPAIR, ...LONG_TAIL],
  },
  stall: {
    about: 'Falls silent in the middle of its work until it gets a message.',
    steps: [
      ...PLANNING,
      ...INVESTIGATION,
      { after: 0, do: 'await' },
      { after: 70, do: 'say', text: 'Sorry for the silence, I am going on now.' },
      ...REPAIR,
      ...DELIVERY,
    ],
  },
  pause: {
    about: 'Is paused in the middle of its work until it gets a message.',
    steps: [
      ...PLANNING,
      ...INVESTIGATION,
      { after: 10, do: 'become', state: 'PAUSED' },
      { after: 0, do: 'await' },
      ...REPAIR,
      ...DELIVERY,
    ],
  },
  'open-question': {
    about: 'Completes with a question that nobody has answered; an answer leads to a pull request.',
    steps: [
      ...PLANNING,
      ...INVESTIGATION,
      { after: 12, do: 'say', text: 'I can repair the test or the function. Which of them do you want?' },
      { after: 4, do: 'complete' },
      { after: 0, do: 'await' },
      ...REPAIR,
      ...DELIVERY,
    ],
  },
  'ten-minutes': {
    about: 'Works for ten minutes, tells of it at a steady pace, and opens a pull request.',
    steps: steadyWork(600),
  },
  'one-hour': {
    about: 'Like ten-minutes, and takes an hour.',
    steps: steadyWork(HOUR),
  },
  media: {
    about: 'Like automatic-pull-request, with a picture among its artifacts.',
    steps: [
      ...PLANNING,
      ...INVESTIGATION,
      ...REPAIR,
      {
        after: 12,
        do: 'progress',
        title: 'Looked at the page in a browser',
        artifacts: [{ media: { data: SCREENSHOT, mimeType: 'image/png' } }],
      },
      ...DELIVERY,
    ],
  },
}

/** The scenario of this name; a wrong name is an error that lists the right ones. */
export function scenario(name: string): Scenario {
  const found = Object.hasOwn(SCENARIOS, name) ? SCENARIOS[name] : undefined
  if (found === undefined) {
    throw new Error(`There is no scenario "${name}". There are: ${Object.keys(SCENARIOS).join(', ')}.`)
  }
  return found
}
