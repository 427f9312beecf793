/** What can be said, in words: for answers in threads, and for the documents. */
import type { Sayable, Standing, ThreadPhase } from '../effect/standing.ts'

type Says = { words: string; does: string }

/** Every command, as it is written behind the command word, and what it does. */
export const SAYS: Readonly<Record<Sayable, Says>> = {
  say: { words: '<text>', does: 'tell the session of this thread; where there is none to talk to, start one' },
  new: { words: 'new <text>', does: 'start a new session' },
  plan: { words: 'plan <text>', does: 'start, and wait for approval of the plan' },
  approve: { words: 'approve', does: 'approve the plan that the comment shows' },
  reject: { words: 'reject <text>', does: 'ask for changes to the plan' },
  reply: { words: 'reply <text>', does: 'answer, or add an instruction' },
  status: { words: 'status', does: 'look now, and bring the comment up to date' },
  retry: { words: 'retry', does: 'start again with the last instruction' },
  stop: { words: 'stop', does: 'stop following, and ask Jules to stop' },
  help: { words: 'help', does: 'show what can be said now' },
}

/** What a new session can be given, as it is written directly behind the command. */
export const FLAGS: readonly Says[] = [
  { words: '--branch <name>', does: 'start from this branch' },
  { words: '--title "…"', does: 'give the session this title' },
  { words: '--no-pr', does: 'make the changes, and open no pull request' },
]

/** Phases in which there is no session to talk to. */
const STARTS: readonly ThreadPhase[] = ['none', 'queued', 'failed', 'over']

function does(verb: Sayable, phase: ThreadPhase): string {
  if (verb !== 'say') return SAYS[verb].does
  return STARTS.includes(phase) ? 'start a session with these words' : 'tell the session'
}

/** How a thread stands, in a sentence. */
export const STANDS: Readonly<Record<ThreadPhase, string>> = {
  none: 'Nothing was asked of Jules here so far.',
  queued: 'The request waits until Jules has room for it.',
  working: 'Jules is working.',
  plan: 'Jules has a plan and waits for its approval.',
  question: 'Jules has a question and waits for the answer.',
  paused: 'The session is paused.',
  expired: 'Jules has a plan that nobody has approved, and has stopped waiting.',
  unanswered: 'Jules has stopped with a question.',
  completed: 'The session has come to its end, and goes on when it is told something.',
  failed: 'The last request came to nothing.',
  over: 'The last session is over.',
}

/** `link`: the tracking comment, or ''. */
export function renderStanding({ phase }: Standing, link: string): string {
  return `${STANDS[phase]}${link === '' ? '' : ` See the ${link}.`}`
}

export function renderHelp(standing: Standing, link: string, command: string): string {
  const { phase, sayable } = standing
  const rows = sayable.map((verb) => `- \`${command} ${SAYS[verb].words}\`: ${does(verb, phase)}`)
  return [
    renderStanding(standing, link),
    'What can be said now, on the first line of a comment:',
    rows.join('\n'),
  ].join('\n\n')
}
