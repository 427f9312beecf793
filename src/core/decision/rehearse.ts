/** What a run would do, for `dry-run`: decided on the very same path, and nothing of it done. */
import type { Effect } from '../effect/effect.ts'
import type { Story } from '../effect/story.ts'
import { inWords } from '../effect/words.ts'
import { decide } from './decide.ts'
import type { Decision, Scene } from './decision.ts'

/** The story of a dry run. What is ignored or cannot be is told as it is. */
export function rehearse(scene: Scene, decision: Decision): Story {
  const effects = [...decision.effects, ...afterClaim(scene, decision), ...afterWriting(scene, decision)]
  const nothing = effects.length === 0 && decision.next === 'done'
  if (nothing || decision.story.verdict.outcome === 'ignored') return decision.story
  return { ...decision.story, verdict: { outcome: 'dry-run', reason: 'done' }, intended: effects.map(inWords) }
}

/** As if the claim stood: what comes next. */
function afterClaim(scene: Scene, decision: Decision): Effect[] {
  const claim = decision.effects.find((effect) => effect.do === 'claim')
  if (claim === undefined) return []
  const tracking = { comment: 0, url: '', record: claim.record, written: scene.observed.now }
  const observed = { ...scene.observed, trackings: [...scene.observed.trackings, tracking], requests: [], applied: [] }
  return decide({ ...scene, observed: { ...observed, asked: scene.observed.requests.at(0) ?? scene.observed.asked } })
    .effects
}

/** As if the record said what is about to be done to a session: the act itself. */
function afterWriting(scene: Scene, decision: Decision): Effect[] {
  const write = decision.effects.find((effect) => effect.do === 'write')
  if (write === undefined || (write.record.doing ?? { what: 'create' }).what === 'create') return []
  const { observed } = scene
  const trackings = observed.trackings.map((one) =>
    one.comment === write.comment ? { ...one, record: write.record } : one,
  )
  const shown = { story: write.story, at: Number.NEGATIVE_INFINITY }
  return decide({ ...scene, observed: { ...observed, trackings, shown, attempted: false, applied: [] } }).effects
}
