/** Does what GitHub shows lag behind? Told by the event, by counts, and by what this run has written itself. */
import type { Observed } from '../../core/decision/observed.ts'
import type { Parties } from '../parties.ts'
import type { Memory, Moment } from './memory.ts'

/** From its first view, or its own last writing, a run waits so long, and for so many views, for what may never be shown. */
const LONGEST_MS = 60_000
const MOST_VIEWS = 6
/** Where nothing else tells whether an earlier run has written anything. */
const VIEWS_AGAIN = 3
const VIEWS_OF_TRACKED = 2

/** What of a run tells how new its thread has to be. */
type Asking = Pick<Parties, 'intent' | 'elapsed'> & {
  config: Pick<Parties['config'], 'triggerLabel'>
  run: Pick<Parties['run'], 'runId' | 'attempt'>
}

export function howFarBehind(parties: Asking, memory: Memory): Observed['behind'] {
  memory.views += 1
  memory.firstView ??= { at: parties.elapsed(), views: memory.views }
  const isLate = ({ at, views }: Moment) => parties.elapsed() - at >= LONGEST_MS && memory.views - views >= MOST_VIEWS
  memory.isSure ||= isLate(memory.firstView) || !(isTooOld(parties, memory) || isSeenTooRarely(parties, memory))
  if (memory.isSure) trustTheEvent(parties, memory)
  if (!memory.isSure) return 'thread'
  const isFresh = memory.lastWrite !== undefined && !isLate(memory.lastWrite)
  return isFresh && isOwnUnseen(parties, memory) ? 'own' : undefined
}

/** The event came after what is shown. */
function isTooOld({ intent, config }: Asking, { thread, comments }: Memory): boolean {
  // A sweep knows of each thread only what is new in it.
  if (thread === undefined || intent.because.kind === 'sweep') return false
  if (thread.comments !== comments.size) return true
  const { because, origin } = intent
  if (because.kind === 'command' && because.of === undefined && intent.thread?.number === thread.number)
    return !comments.has(because.comment)
  const labeled = because.kind === 'label' ? labeledAt(origin.id) : 0
  return thread.updated < labeled || (thread.updated === labeled && !thread.labels.includes(config.triggerLabel))
}

/** The last part of what names the request. */
function labeledAt(id: string): number {
  return Date.parse(id.slice(id.lastIndexOf('/') + 1)) || 0
}

/** A comment of the thread that is shown came after all that an earlier run has written; nothing else does. */
function isSeenTooRarely({ intent, run }: Asking, { trackings, views }: Memory): boolean {
  if (run.attempt > 1) return views < VIEWS_AGAIN
  const { because } = intent
  const isShown = because.kind === 'command' && because.of === undefined
  return trackings.size > 0 && !isShown && views < VIEWS_OF_TRACKED
}

/** Where the thread is still older than the event, the label is on it as the event says. */
function trustTheEvent({ intent, config }: Asking, { thread }: Memory): void {
  if (intent.because.kind !== 'label' || thread === undefined || thread.labels.includes(config.triggerLabel)) return
  if (thread.updated < labeledAt(intent.origin.id)) thread.labels = [...thread.labels, config.triggerLabel]
}

/** What others wrote before it is seen by then as well. */
function isOwnUnseen({ run }: Asking, { trackings, shownSeq }: Memory): boolean {
  return [...trackings].some(
    ([comment, { record }]) =>
      comment !== 0 && record.run?.id === run.runId && (shownSeq.get(comment) ?? 0) < record.seq,
  )
}
