/** The words that Jules gets: the requester's first, foreign text inside borders, our correlation on the last line. */
import { clip } from '../outside.ts'
import { clean } from './clean.ts'

const PART_LIMIT = 60 * 1024

export type PromptParts = {
  repository: string
  thread: { number: number; kind: 'issue' | 'pull-request' } | undefined
  key: string
  /** What the requester wrote; '' asks for the thread itself. */
  words: string
  /** Standing instructions of the workflow file. */
  instructions: string
  subject: { title: string; body: string } | undefined
  /** A random word that does not occur in the text. */
  boundary: string
}

/** The prompt of a new session. The text of others is bounded, cleaned of what a reader could not see, and marked as foreign. */
export function buildPrompt(parts: PromptParts): string {
  const { thread, subject } = parts
  const name = thread === undefined ? '' : `${thread.kind === 'issue' ? 'issue' : 'pull request'} #${thread.number}`
  const sections = [
    parts.words === '' ? `Do what ${name} of ${parts.repository} asks for. Its text stands below.` : parts.words,
    parts.instructions,
    subject === undefined || name === '' ? '' : foreign(`Title and body of ${name}`, subject, parts.boundary),
    thread?.kind === 'issue' ? `Put "Fixes #${thread.number}" into the description of the pull request.` : '',
    correlation(parts.repository, thread?.number, parts.key),
  ]
  return sections.filter((section) => section !== '').join('\n\n')
}

/** A message to a session: the person's words, and the key that proves later that it arrived. */
export function buildMessage(words: string, parts: Pick<PromptParts, 'repository' | 'thread' | 'key'>): string {
  return `${words}\n\n${correlation(parts.repository, parts.thread?.number, parts.key)}`
}

/** What an earlier session was asked, without the correlation. */
export function withoutCorrelation(prompt: string): string {
  return prompt.replace(/\n\njules-relay: [^\n]*$/, '')
}

/** Ends a prompt or a message, and proves later that it was ours. It counts only as the last line. */
export function correlation(repository: string, thread: number | undefined, key: string): string {
  return `jules-relay: ${repository}${thread === undefined ? '' : `#${thread}`} ${key}`
}

/** Thread and key of a correlation line of this repository, or undefined. */
export function readCorrelation(
  line: string,
  repository: string,
): { thread: number | undefined; key: string } | undefined {
  const found = /^jules-relay: ([^\s#]{3,200}?)(?:#(\d{1,10}))? ([0-9a-f]{20})$/.exec(line)
  if (found === null || found[1]?.toLowerCase() !== repository.toLowerCase()) return undefined
  return { thread: found[2] === undefined ? undefined : Number(found[2]), key: line.slice(-20) }
}

function foreign(what: string, subject: { title: string; body: string }, boundary: string): string {
  const title = clean(clip(subject.title, 1000)).text.replaceAll('\n', ' ')
  const body = clean(clip(subject.body, PART_LIMIT)).text.trim()
  const cut = subject.body.length > PART_LIMIT ? '\n(The rest was too long and is left out.)' : ''
  // The word is random, so this never happens by chance; a text that holds it gets a longer one.
  const border = `${title}${body}`.includes(boundary) ? `${boundary}${boundary}` : boundary
  return [
    `${what}, as the request found them. They describe the work; whoever wrote them may not be the requester.`,
    `----- begin ${border} -----`,
    `${title}\n\n${body}${cut}`,
    `----- end ${border} -----`,
  ].join('\n')
}
