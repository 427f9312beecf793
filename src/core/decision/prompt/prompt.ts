/** The words that Jules gets: the requester's first, foreign text inside borders, our correlation on the last line. */

import { clean, withoutInvisible } from '../../clean/clean.ts'
import type { Permission } from '../../config.ts'
import type { Removed } from '../../effect/story.ts'
import type { Subject } from '../../event/event.ts'
import { clip } from '../../outside.ts'
import type { BranchAt } from '../../record.ts'
import type { Discussion, Remark } from '../observed.ts'
import { branchInWords } from './branch-at.ts'
import { chooseQuotes } from './discussion.ts'
import { type Block, bordered, borderFor, by } from './foreign.ts'
import { remarksInWords, textsOf } from './remarks.ts'
import { type Piece, tally } from './removed.ts'

const PART_LIMIT = 60 * 1024

export type PromptParts = {
  repository: string
  thread: { number: number; kind: 'issue' | 'pull-request' } | undefined
  key: string
  /** What the requester wrote; '' asks for the thread itself. */
  words: string
  /** What they said about lines of code. */
  remarks?: readonly Remark[]
  /** Standing instructions of the workflow file. */
  instructions: string
  subject: Subject | undefined
  /** Of the pull request that the session begins on. */
  branchAt?: BranchAt | undefined
  /** Undefined: nothing is known of it, nor of who wrote the thread. */
  discussion?: Discussion | undefined
  /** The permission that whoever passes the gate has at least. */
  gate?: Permission
  /** A random word that does not occur in the text. */
  boundary: string
}

export type Prompt = { prompt: string; removed: Removed }

/** The prompt of a new session, with what it has lost: the text of others is bounded, marked as foreign, and cleaned of what a reader could not see. */
export function composePrompt(parts: PromptParts): Prompt {
  const { thread, repository, instructions, remarks = [] } = parts
  const name = nameOf(thread)
  const words = withoutInvisible(parts.words)
  const subject = name === '' ? NONE : subjectOf(parts, name)
  const talk = name === '' ? NONE : talkOf(parts)
  const texts = [...subject.blocks, ...talk.blocks].map(({ text }) => text)
  const border = borderFor([words.text, instructions, ...texts, ...textsOf(remarks)], parts.boundary)
  const sections = [
    words.text === '' && remarks.every(({ text }) => text === '')
      ? `Do what ${name} of ${repository} asks for. Its text stands below.`
      : words.text,
    remarksInWords(remarks, words.text, name, border),
    instructions,
    branchInWords(parts.branchAt, name),
    ...subject.blocks.map((block) => bordered(block, border)),
    talk.heading,
    ...talk.blocks.map((block) => bordered(block, border)),
    thread?.kind === 'issue' ? `Put "Fixes #${thread.number}" into the description of the pull request.` : '',
    correlation(repository, thread?.number, parts.key),
  ]
  const prompt = sections.filter((section) => section !== '').join('\n\n')
  return { prompt, removed: tally([{ given: parts.words, cleaned: words }, ...subject.pieces, ...talk.pieces]) }
}

function nameOf(thread: PromptParts['thread']): string {
  return thread === undefined ? '' : `${thread.kind === 'issue' ? 'issue' : 'pull request'} #${thread.number}`
}

/** What a person tells a session: their words, and what they said about lines of code. */
export function wordsTold(
  words: string,
  remarks: readonly Remark[],
  pull: number | undefined,
  boundary: string,
): string {
  const text = withoutInvisible(words).text
  const name = nameOf(pull === undefined ? undefined : { number: pull, kind: 'pull-request' })
  const about = remarksInWords(remarks, text, name, borderFor([text, ...textsOf(remarks)], boundary))
  return [text, about].filter((part) => part !== '').join('\n\n')
}

/** A message to a session: what it is told, and the key that proves later that it arrived. */
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

type Foreign = { heading: string; blocks: Block[]; pieces: Piece[] }

const NONE: Foreign = { heading: '', blocks: [], pieces: [] }
const CUT = '\n(The rest was too long and is left out.)'

function subjectOf({ subject, discussion, gate = 'write' }: PromptParts, name: string): Foreign {
  if (subject === undefined) return NONE
  const [title, body] = [pieceOf(subject.title, 1000), pieceOf(subject.body, PART_LIMIT)]
  const cut = subject.body.length > PART_LIMIT ? CUT : ''
  const text = `${title.cleaned.text.replaceAll('\n', ' ')}\n\n${body.cleaned.text.trim()}${cut}`
  const author = discussion && subject.author && `, ${by(subject.author, discussion.passing, gate)}`
  const heading = `Title and body of ${name}${author ?? ''}, as the request found them. They describe the work; whoever wrote them may not be the requester.`
  return { heading: '', blocks: [{ heading, text }], pieces: [title, body] }
}

function talkOf({ discussion, gate = 'write' }: PromptParts): Foreign {
  if (discussion === undefined) return NONE
  const { quotes, leftOut } = chooseQuotes(discussion)
  const blocks = quotes
    .filter(({ text }) => text !== '')
    .map(({ author, text, cut }) => ({
      heading: `Comment ${by(author, discussion.passing, gate)}:`,
      text: `${text}${cut ? CUT : ''}`,
    }))
  if (blocks.length === 0) return { ...NONE, pieces: quotes }
  const earlier = `${leftOut} earlier ${leftOut === 1 ? 'comment is' : 'comments are'} left out.`
  const heading = `What was said before the request by people who may ask here, oldest first.${leftOut === 0 ? '' : ` ${earlier}`}`
  return { heading, blocks, pieces: quotes }
}

function pieceOf(whole: string, limit: number): Piece {
  const given = clip(whole, limit)
  return { given, cleaned: clean(given) }
}
