/** Event → Intent, or why there is none. Needs of the inputs only the few words that decide what an event asks. */
import type { Event, Thread, What } from '../event/event.ts'
import { parseCommand } from './command.ts'
import type { Because, Ignored, Intent, Mistake } from './intent.ts'
import { fromPrompt, fromSession, type Run, sessionWish, sweepIntent, type Words } from './workflow.ts'

export type { Run, Words } from './workflow.ts'

export function deriveIntent(event: Event, words: Words, run: Run): Intent | Ignored | Mistake {
  if (event.repository !== '' && event.repository.toLowerCase() !== run.repository.toLowerCase())
    return { ignored: 'other-repository' }
  if (words.mode === 'sweep') return event.fork ? { ignored: 'fork' } : sweepIntent(run)
  const prompt = words.prompt.trim()
  const intent = fromWhat(event, words, run, prompt)
  const asks = !('ignored' in intent) || intent.ignored === 'fork'
  const secretless = event.fork || event.sender?.login === 'dependabot[bot]'
  return asks && secretless && !run.hasKey ? { ignored: 'no-secrets-here' } : intent
}

function fromWhat(event: Event, words: Words, run: Run, prompt: string): Intent | Ignored | Mistake {
  const wish = sessionWish(words, prompt)
  if (wish !== undefined) return fromSession(event, words, run, wish)
  switch (event.what.kind) {
    case 'commented':
    case 'review-commented':
      return fromComment(event, event.what, words)
    case 'reviewed':
      return fromReview(event, event.what.body, words)
    case 'comment-edited':
      return { ignored: 'edited' }
    default:
      if (prompt !== '' && !CONVERSATIONS.includes(event.name)) return fromPrompt(event, prompt, words, run)
  }
  if (event.what.kind === 'labeled') return fromLabel(event, event.what, words)
  if (event.what.kind === 'pull-request-news') return fromNews(event, event.what, run)
  if (event.what.kind === 'issue-closed') return report(event.what.thread, { kind: 'thread-closed' }, run)
  return { ignored: 'event-not-handled' }
}

/** Events that only report need nobody's permission: the session has to prove itself before anything of it is told. */
function report(thread: Thread, because: Because, run: Run): Intent {
  return { thread, because, subject: undefined, asker: undefined, origin: { kind: 'prompt', id: run.id } }
}

function fromNews(event: Event, what: Extract<What, { kind: 'pull-request-news' }>, run: Run): Intent | Ignored {
  const ours = !event.fork && (isNamedLikeOurs(what.branch) || NAMES_A_SESSION.test(what.body))
  return ours ? report(what.thread, { kind: 'news', news: what.news }, run) : { ignored: 'not-our-pull-request' }
}

const NAMES_A_SESSION = /jules\.google\.com\/(?:task|session)\/\d/

/** Events that bring somebody's own words, whatever has become of them: `prompt` never starts a session there. */
const CONVERSATIONS = [
  'issue_comment',
  'pull_request_review',
  'pull_request_review_comment',
  'commit_comment',
  'discussion',
  'discussion_comment',
]

const PROMPT_MISPLACED =
  '`prompt` is set on an event of a comment or a review, which brings its own words. Take `prompt` out of this workflow.'

function fromReview(event: Event, body: string, words: Words): Ignored | Mistake {
  if (parseCommand(body, words.command) === undefined) return { ignored: 'not-a-command' }
  return words.prompt.trim() === '' ? { ignored: unhandled(event) } : { mistake: PROMPT_MISPLACED }
}

/** Jules ends the names of its branches with the id of the session. Whether it is one of ours, only the API could say. */
function isNamedLikeOurs(branch: string): boolean {
  return /-\d{10,40}$/.test(branch) || /^jules-\d{1,40}-[0-9a-f]{8}$/.test(branch)
}

function unhandled(event: Event): 'fork' | 'event-not-handled' {
  return event.fork ? 'fork' : 'event-not-handled'
}

type CommentEvent = Extract<What, { kind: 'commented' | 'review-commented' }>

function fromComment(event: Event, what: CommentEvent, words: Words): Intent | Ignored | Mistake {
  const command = parseCommand(what.comment.body, words.command)
  if (command === undefined) return { ignored: 'not-a-command' }
  // Whoever can edit a comment must not speak in its author's name.
  if (what.comment.author === undefined || what.comment.author.id !== event.sender?.id)
    return { ignored: 'permission-unknown' }
  if (words.prompt.trim() !== '') return { mistake: PROMPT_MISPLACED }
  if (what.kind === 'review-commented') return { ignored: unhandled(event) }
  const because: Because = { kind: 'command', comment: what.comment.id, command }
  const origin = { kind: 'comment', id: String(what.comment.id) } as const
  return { thread: what.thread, because, subject: what.subject, asker: event.sender, origin }
}

function fromLabel(event: Event, what: Extract<What, { kind: 'labeled' }>, words: Words): Intent | Ignored {
  const label = what.label.toLowerCase()
  if (label !== words.triggerLabel.trim().toLowerCase()) return { ignored: 'event-not-handled' }
  if (event.sender === undefined) return { ignored: 'permission-unknown' }
  if (event.fork) return { ignored: 'fork' }
  const origin = { kind: 'label', id: `${label}/${what.at}` } as const
  return { thread: what.thread, because: { kind: 'label', label }, subject: what.subject, asker: event.sender, origin }
}
