/** What this run remembers of the tracking comments that it has written, or would have. */
import type { Applied, Effect } from '../../core/effect/effect.ts'
import type { Memory } from './memory.ts'

/** Does the thread take what is written? A record that only tells is known to this run even where it does not. */
export function rememberTaken(memory: Memory, one: Applied): void {
  if (one.effect.do !== 'claim' && one.effect.do !== 'write') return
  memory.untaken = one.ok ? 0 : memory.untaken + 1
  if (one.ok) return
  if (one.trouble.refusal !== undefined) memory.silence = one.trouble
  const { record } = one.effect
  // One that lets go is the last of its run, and worth another try.
  if (one.effect.do === 'write' && record.doing === undefined && record.run !== undefined)
    rememberRecord(memory, one.effect)
}

/** Without a `comment` the thread has not shown it: the run has no thread, or may not write to it. */
export function rememberRecord(
  memory: Memory,
  effect: Extract<Effect, { do: 'claim' | 'write' }>,
  shown?: Shown,
): void {
  const id = shown?.id ?? (effect.do === 'write' ? effect.comment : undefined)
  const known = memory.trackings.get(id ?? 0)
  const { url, written } = shown ?? known ?? { url: '', written: 0 }
  const record = { ...effect.record, author: shown?.author ?? effect.record.author }
  memory.trackings.set(id ?? 0, { comment: id, url, record, written })
}

type Shown = Extract<Applied, { ok: true }>['comment']
