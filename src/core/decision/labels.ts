/** Labels: one of ours says how a thread stands, and the trigger label goes once it has done its work. */
import { type Effect, LIVE_LABELS, type LiveLabel } from '../effect/effect.ts'
import type { RecordPhase } from '../record.ts'
import type { Scene } from './decision.ts'

const LABEL_OF: { [P in RecordPhase]?: LiveLabel } = {
  claimed: 'jules: running',
  creating: 'jules: running',
  following: 'jules: running',
  queued: 'jules: queued',
  waiting: 'jules: waiting',
  failed: 'jules: failed',
}

/** Puts the label of the phase on the thread and takes the others off, as far as they are not so already. */
export function labels({ observed, config }: Scene, phase: RecordPhase): Effect[] {
  const { thread } = observed
  if (thread === undefined || !config.statusLabels) return []
  const wanted = LABEL_OF[phase]
  return LIVE_LABELS.filter((name) => thread.labels.includes(name) !== (name === wanted)).map((name) => ({
    do: 'label',
    thread: thread.number,
    name,
    on: name === wanted,
  }))
}

/** By its label a sweep finds a thread, so one is put on before anything is written, and taken off only after it. */
export function aroundLabels(scene: Scene, phase: RecordPhase, written: Effect[]): Effect[] {
  const changes = labels(scene, phase)
  const isOn = (effect: Effect) => effect.do === 'label' && effect.on
  return [...changes.filter(isOn), ...written, ...changes.filter((effect) => !isOn(effect))]
}

/** What a run that died before its last write has left on: everything but the label of the phase. */
export function staleLabelsOff(scene: Scene, phase: RecordPhase): Effect[] {
  return labels(scene, phase).filter((effect) => effect.do === 'label' && !effect.on)
}

export function triggerLabelOff({ observed, config }: Scene): Effect[] {
  const { thread } = observed
  if (thread === undefined || !thread.labels.includes(config.triggerLabel)) return []
  return [{ do: 'label', thread: thread.number, name: config.triggerLabel, on: false }]
}
