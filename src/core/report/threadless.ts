/** What to do about a session that no thread tells of: there is nowhere to write a command. */
import type { Story } from '../effect/story.ts'

const AGAIN = 'start the workflow anew'
const PAGE_OR_JOB = "on the session's page, or in another job with the inputs `session-id` and `prompt`"

const WORDS: { [R in Story['verdict']['reason']]?: string } = {
  'plan-ready': "Approve it, or ask for changes, on the session's page.",
  'plan-expired': "Approve it, or ask for changes, on the session's page.",
  question: `Answer it ${PAGE_OR_JOB}.`,
  'open-question': `Answer it ${PAGE_OR_JOB}.`,
  paused: 'Resume it on its page.',
  'not-published': "Publish them from the session's page.",
  'nothing-produced': `If you expected a change, say what is missing: ${PAGE_OR_JOB}.`,
  'session-failed': `Look at its page, then ${AGAIN}.`,
  gone: `It was deleted in Jules, or never was there. Check \`session-id\` where it is set; else ${AGAIN}.`,
  'needs-attention': `Look at https://jules.google.com for a session of this run; if there is none, ${AGAIN}.`,
  stalled: 'Look at the session on its page.',
  cancelled: 'Run the job again, or look at https://jules.google.com for a session of this run.',
}

/** In place of words that name commands; undefined where those hold for a run without a thread too. */
export function todoWithoutThread({ threadless, verdict }: Story): string | undefined {
  return threadless ? WORDS[verdict.reason] : undefined
}
