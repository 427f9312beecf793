/**
 * Effects → what came of them: writes only, in order. The first that fails ends the list, unless it was a courtesy; but where the
 * thread will never take our words, labels that say what is not so still come off.
 */
import type { Applied, Effect } from '../core/effect/effect.ts'
import type { Story, Trouble } from '../core/effect/story.ts'
import type { RelayRecord } from '../core/record.ts'
import { encodeRecord } from '../core/record-text.ts'
import { COMMENT_LIMIT, renderComment } from '../core/report/comment.ts'
import { renderNote } from '../core/report/note.ts'
import { NOT_STORED } from './github/refusal.ts'
import { makeSeal, noteLine } from './github/seal.ts'
import {
  addLabel,
  createComment,
  deleteComment,
  probe,
  reactToComment,
  reactToLine,
  reactToThread,
  removeLabel,
  updateComment,
  type Written,
} from './github/write.ts'
import {
  approvePlan,
  archiveSession,
  createSession,
  deleteSession,
  sendMessage,
  unarchiveSession,
} from './jules/write.ts'
import type { Parties } from './parties.ts'
import { toTrouble } from './problem.ts'
import { ServiceError } from './service-error.ts'

export type Redact = (text: string) => string

export async function apply(parties: Parties, effects: readonly Effect[], redact: Redact): Promise<Applied[]> {
  const applied: Applied[] = []
  let ended: Trouble | undefined
  for (const effect of effects) {
    if (ended !== undefined && !(isForGood(ended) && effect.do === 'label' && !effect.on)) continue
    const one = await applyOne(parties, effect, redact)
    applied.push(one)
    if (!one.ok && !isCourtesy(effect)) ended = one.trouble
  }
  return applied
}

function isForGood({ refusal }: Trouble): boolean {
  return refusal === 'comment-gone' || refusal === 'deleted' || refusal === 'moved'
}

/**
 * A thread without a reaction, a label or a short comment is still a thread that is told the truth; and what one probe comes to
 * says nothing of the next.
 */
function isCourtesy(effect: Effect): boolean {
  return ['react', 'label', 'note', 'archive', 'unarchive', 'probe'].includes(effect.do)
}

async function applyOne(parties: Parties, effect: Effect, redact: Redact): Promise<Applied> {
  try {
    return { effect, ok: true, ...(await act(parties, effect, redact)) }
  } catch (error) {
    return { effect, ok: false, trouble: toTrouble(error, parties.intent.thread?.kind) }
  }
}

type Gain = { session?: string; comment?: Written }

async function act(parties: Parties, effect: Effect, redact: Redact): Promise<Gain> {
  const { github, jules, config } = parties
  switch (effect.do) {
    case 'claim': {
      if (effect.thread === undefined) return {}
      const { thread } = effect
      const page = (limit: number) => tracking(parties, thread, effect, redact, limit)
      return { comment: await shorter(page, (body) => createComment(github, thread, body)) }
    }
    case 'write': {
      if (effect.thread === undefined || effect.comment === undefined) return {}
      const { thread, comment } = effect
      const page = (limit: number) => tracking(parties, thread, effect, redact, limit)
      return { comment: await shorter(page, (body) => updateComment(github, comment, body)) }
    }
    case 'note': {
      const text = redact(renderNote(effect.kind, effect.words, effect.story, config.command))
      await createComment(github, effect.thread, `${text}\n\n${noteLine(effect.key)}`)
      return {}
    }
    case 'create':
      return { session: (await createSession(jules, effect.session)).id }
    default:
      await small(parties, effect)
      return {}
  }
}

const REACT = { comment: reactToComment, line: reactToLine, thread: reactToThread }

async function small(
  { github, jules }: Parties,
  effect: Exclude<Effect, { do: 'claim' | 'write' | 'note' | 'create' }>,
): Promise<void> {
  switch (effect.do) {
    case 'react':
      return REACT[effect.to.kind](github, effect.to.id, effect.with)
    case 'label':
      return effect.on ? addLabel(github, effect.thread, effect.name) : removeLabel(github, effect.thread, effect.name)
    case 'fold':
      return deleteComment(github, effect.comment)
    case 'send':
      return sendMessage(jules, effect.session, effect.message)
    case 'approve':
      return approvePlan(jules, effect.session)
    case 'delete':
      return deleteSession(jules, effect.session)
    case 'probe':
      return probe(github, effect.permission)
    case 'archive':
      return archiveSession(jules, effect.session)
    case 'unarchive':
      return unarchiveSession(jules, effect.session)
  }
}

/**
 * GitHub refuses what is too long with a 422, or keeps the old text without a word, and its limit may change: half of it, then
 * the least that tells anything.
 */
async function shorter<T>(page: (limit: number) => string, send: (body: string) => Promise<T>): Promise<T> {
  const whole = page(COMMENT_LIMIT)
  try {
    return await send(whole)
  } catch (error) {
    if (!isRefused(error)) throw error
  }
  try {
    return await send(page(Math.max(LEAST, whole.length / 2)))
  } catch (error) {
    // Where nothing is kept whatever its length, a third text would not be either.
    if (!isRefused(error) || error.facts.code === NOT_STORED) throw error
  }
  return send(page(LEAST))
}

const LEAST = 8000

function isRefused(error: unknown): error is ServiceError {
  return error instanceof ServiceError && (error.facts.status === 422 || error.facts.code === NOT_STORED)
}

/** The tracking comment: what people read, and on its last line what we read. */
function tracking(
  parties: Parties,
  thread: number,
  page: { record: RelayRecord; story: Story },
  redact: Redact,
  limit: number,
): string {
  const { config, run } = parties
  const seal = makeSeal(config.julesKey, run.repositoryId, thread)
  return `${redact(renderComment(page.story, config.command, limit))}\n\n${seal.close(encodeRecord(page.record))}`
}
