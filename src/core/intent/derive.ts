/** Event → Intent, or why there is none. Needs of the inputs only the few words that decide what an event asks. */
import type { Comment, Event, Thread, What } from '../event/event.ts'
import { parseCommand } from './command.ts'
import type { Because, Ignored, Intent, Mistake } from './intent.ts'
import { commandOfTick } from './tick.ts'
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
  if (words.mode === 'doctor') return report(undefined, { kind: 'doctor' }, run)
  const wish = sessionWish(words, prompt)
  if (wish !== undefined) return fromSession(event, words, run, wish)
  switch (event.what.kind) {
    case 'commented':
      return fromComment(event, event.what, words)
    case 'review-commented':
      return fromLine(event, event.what, words)
    case 'reviewed':
      return fromReview(event, event.what, words)
    case 'comment-edited':
      return fromTick(event, event.what, words)
    default:
      if (prompt !== '' && !CONVERSATIONS.includes(event.name)) return fromPrompt(event, prompt, words, run)
  }
  if (event.what.kind === 'labeled') return fromLabel(event, event.what, words)
  if (event.what.kind === 'pull-request-news') return fromNews(event, event.what, run)
  if (event.what.kind === 'issue-closed') return report(event.what.thread, { kind: 'thread-closed' }, run)
  return { ignored: 'event-not-handled' }
}

/** What only reports needs nobody's permission: a session has to prove itself before anything of it is told. */
function report(thread: Thread | undefined, because: Because, run: Run): Intent {
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

/** Jules ends the names of its branches with the id of the session. Whether it is one of ours, only the API could say. */
function isNamedLikeOurs(branch: string): boolean {
  return /-\d{10,40}$/.test(branch) || /^jules-\d{1,40}-[0-9a-f]{8}$/.test(branch)
}

type Said<K extends What['kind']> = Extract<What, { kind: K }>

function fromComment(event: Event, what: Said<'commented'>, words: Words): Intent | Ignored | Mistake {
  const command = parseCommand(what.comment.body, words.command)
  if (command === undefined) return { ignored: 'not-a-command' }
  return spoken(event, what, words, what.comment, { kind: 'command', comment: what.comment.id, command })
}

function fromLine(event: Event, what: Said<'review-commented'>, words: Words): Intent | Ignored | Mistake {
  const { id, body, review, at, passage } = what.comment
  const command = parseCommand(body, words.command)
  if (command === undefined) return { ignored: 'not-a-command' }
  const part = { review, at, passage }
  return spoken(event, what, words, what.comment, { kind: 'command', comment: id, of: 'line', command, part })
}

/** Its comments on lines may hold commands where its own words hold none. */
function fromReview(event: Event, what: Said<'reviewed'>, words: Words): Intent | Ignored | Mistake {
  const { id, body, at } = what.review
  const command = parseCommand(body, words.command)
  if (event.fork && command === undefined) return { ignored: 'not-a-command' }
  const part = { review: id, at }
  return spoken(event, what, words, what.review, { kind: 'command', comment: id, of: 'review', command, part })
}

/** Our own comment may be edited by whoever may write here, so what counts is who has ticked, not whose comment it is. */
function fromTick(event: Event, what: Said<'comment-edited'>, words: Words): Intent | Ignored {
  const { id, body } = what.comment
  const time = Date.parse(what.at)
  const command = words.tickBoxes && !Number.isNaN(time) ? commandOfTick(what.before, body) : undefined
  if (command === undefined) return { ignored: 'edited' }
  if (event.sender === undefined) return { ignored: 'permission-unknown' }
  const because: Because = {
    kind: 'command',
    comment: time,
    of: 'tick',
    command,
    ticked: id,
    part: { review: 0, at: what.at },
  }
  const origin = { kind: 'tick', id: `${id}/${what.at}` } as const
  return { thread: what.thread, because, subject: what.subject, asker: event.sender, origin }
}

/** Somebody's own words. On events of forks there is nobody to answer to. */
function spoken(
  event: Event,
  { thread, subject }: Said<'commented' | 'review-commented' | 'reviewed'>,
  words: Words,
  { author }: Pick<Comment, 'author'>,
  because: Extract<Because, { kind: 'command' }>,
): Intent | Ignored | Mistake {
  // Whoever can edit a comment must not speak in its author's name.
  if (author === undefined || author.id !== event.sender?.id) return { ignored: 'permission-unknown' }
  if (words.prompt.trim() !== '' && because.command !== undefined) return { mistake: PROMPT_MISPLACED }
  if (event.fork) return { ignored: 'fork' }
  const origin = { kind: because.of ?? 'comment', id: String(because.comment) } as const
  return { thread, because, subject, asker: event.sender, origin }
}

function fromLabel(event: Event, what: Extract<What, { kind: 'labeled' }>, words: Words): Intent | Ignored {
  const label = what.label.toLowerCase()
  if (label !== words.triggerLabel.trim().toLowerCase()) return { ignored: 'event-not-handled' }
  if (event.sender === undefined) return { ignored: 'permission-unknown' }
  if (event.fork) return { ignored: 'fork' }
  const origin = { kind: 'label', id: `${label}/${what.at}` } as const
  return { thread: what.thread, because: { kind: 'label', label }, subject: what.subject, asker: event.sender, origin }
}
