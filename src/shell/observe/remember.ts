/** What our own effects came to, as the next look has to know it. */
import type { Applied, Effect } from '../../core/effect/effect.ts'
import { NOTHING_REMOVED } from '../../core/effect/story.ts'
import type { Memory } from './memory.ts'
import { rememberRecord, rememberTaken } from './written.ts'

/** Takes in what our own effects have changed, so that a list which lags behind does not deceive us. */
export function remember(memory: Memory, applied: readonly Applied[], elapsed: number): void {
  for (const one of applied) {
    rememberTried(memory, one.effect)
    rememberTaken(memory, one)
    if (one.ok) rememberDone(memory, one, elapsed)
    else if (one.trouble.unsure && isUnsafe(one.effect)) memory.unsure = { effect: one.effect.do, since: elapsed }
  }
}

/** Whether it has worked or not: what was lost on its way may have happened too. */
function rememberTried(memory: Memory, effect: Effect): void {
  switch (effect.do) {
    case 'claim':
      memory.claims += 1
      return
    case 'create':
      memory.creates += 1
      memory.removed = effect.removed ?? NOTHING_REMOVED
      return
    case 'write':
      if (effect.record.doing !== undefined) memory.attempted = false
      return
    case 'send':
    case 'approve':
      memory.attempted = true
      return
    default:
      return
  }
}

function isUnsafe(effect: Effect): effect is Extract<Effect, { do: 'claim' | 'create' | 'send' | 'approve' }> {
  return ['claim', 'create', 'send', 'approve'].includes(effect.do)
}

function rememberDone(memory: Memory, { effect, comment }: Extract<Applied, { ok: true }>, elapsed: number): void {
  switch (effect.do) {
    case 'claim':
    case 'write':
      rememberRecord(memory, effect, comment)
      memory.shown = { story: effect.story, at: elapsed }
      memory.lastWrite = { at: elapsed, views: memory.views }
      if (effect.do === 'claim') memory.unsure = undefined
      // Whoever writes once more has taken it back.
      memory.lost = false
      return
    case 'fold':
      memory.trackings.delete(effect.comment)
      memory.shown = undefined
      return
    case 'note':
      memory.notes.add(effect.key)
      return
    case 'label':
      rememberLabel(memory, effect.name, effect.on)
      return
    case 'create':
    case 'send':
    case 'approve':
      memory.unsure = undefined
      return
    case 'react':
    case 'archive':
    case 'unarchive':
    case 'delete':
    case 'probe':
      return
  }
}

function rememberLabel({ thread }: Memory, name: string, on: boolean): void {
  if (thread === undefined) return
  const others = thread.labels.filter((label) => label !== name)
  thread.labels = on ? [...others, name] : others
}
