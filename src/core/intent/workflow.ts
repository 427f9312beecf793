/** What the workflow file itself asks for: a prompt, or something to be done with a session that it names. */
import type { Event, Thread } from '../event/event.ts'
import { readSessionId } from '../session.ts'
import type { Because, Ignored, Intent, Mistake, SessionWish } from './intent.ts'

export type Words = {
  prompt: string
  triggerLabel: string
  command: string
  /** Thread that a run with `prompt` or `session-id` reports in. */
  issueNumber: string
  mode: string
  sessionId: string
  /** Are the boxes of our comments read? */
  tickBoxes: boolean
}

/** Facts of the run that an event is judged by. */
export type Run = {
  repository: string
  id: string
  /** Is there a Jules key? Events of forks and of Dependabot get no secrets. */
  hasKey: boolean
}

/** These carry only the workflow file's own words, so nobody's permission is asked. */
const SPEAKS_FOR_ITSELF = ['schedule', 'push']

/** A look at everything that is under way. Nobody asks for it, so nobody's permission counts. */
export function sweepIntent(run: Run): Intent {
  return {
    thread: undefined,
    because: { kind: 'sweep' },
    subject: undefined,
    asker: undefined,
    origin: { kind: 'prompt', id: run.id },
  }
}

/** What is to be done with the session that the inputs name, if they name one. */
export function sessionWish({ mode, sessionId }: Words, prompt: string): SessionWish | undefined {
  if (mode === 'archive' || mode === 'delete') return mode
  if (sessionId.trim() === '') return undefined
  return prompt === '' ? 'follow' : 'tell'
}

export function fromSession(event: Event, words: Words, run: Run, wish: SessionWish): Intent | Ignored | Mistake {
  const session = readSessionId(words.sessionId)
  if (session === '' && words.sessionId.trim() === '')
    return { mistake: `\`mode: ${wish}\` needs \`session-id\`: the id of the session, such as \`123…\`, or its URL.` }
  if (session === '')
    return { mistake: '`session-id` is not an id, `sessions/…` or the URL of a session at jules.google.com.' }
  return fromWorkflow(event, words, run, { kind: 'session', session, wish, message: words.prompt.trim() })
}

export function fromPrompt(event: Event, prompt: string, words: Words, run: Run): Intent | Ignored {
  return fromWorkflow(event, words, run, { kind: 'prompt', instruction: prompt })
}

/** What the workflow file itself asks for. */
function fromWorkflow(event: Event, words: Words, run: Run, because: Because): Intent | Ignored {
  if (event.fork) return { ignored: 'fork' }
  const trusted = SPEAKS_FOR_ITSELF.includes(event.name)
  if (!trusted && event.sender === undefined) return { ignored: 'permission-unknown' }
  return {
    thread: threadToReportIn(words.issueNumber),
    because,
    subject: undefined,
    asker: trusted ? undefined : event.sender,
    origin: { kind: 'prompt', id: run.id },
  }
}

/** Whether it is a pull request is seen when the thread is read. */
function threadToReportIn(issueNumber: string): Thread | undefined {
  return /^\d{1,9}$/.test(issueNumber.trim()) ? { number: Number(issueNumber), kind: 'issue' } : undefined
}
