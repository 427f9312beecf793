/**
 * A plan that was approved too late to be heard: Jules takes a session whose plan nobody approves for completed after some
 * minutes. One act of the person is enough all the same: the approval is said in words, and if that
 * is not heard either, a new session starts with the plan.
 */
import type { Verdict } from '../outcome.ts'
import { millis } from './activities/digest.ts'
import { remind } from './begin.ts'
import { claim } from './claim.ts'
import type { Decision, TrackedScene } from './decision.ts'
import { write } from './finish.ts'
import { hasHappened } from './message.ts'
import { storyOf } from './story.ts'

/** What a session comes to that has not heard of its approval. */
const FRUITLESS: readonly Verdict['reason'][] = ['nothing-produced', 'plan-expired']

/** The next step for an approval that was not heard; undefined where it was, or where nobody approved anything. */
export function unheard(scene: TrackedScene, verdict: Verdict): Decision | undefined {
  const { observed, tracking } = scene
  const plan = observed.digest.plan?.id ?? ''
  const approved = plan !== '' && tracking.record.approved === plan
  const idle = millis(observed.digest.lastAgentAt) <= millis(tracking.record.acted)
  if (!approved || !idle || !FRUITLESS.includes(verdict.reason)) return undefined
  const reminded = tracking.record.reminded === plan || hasHappened(scene, { what: 'remind', plan })
  return reminded ? startAgain(scene) : remind(scene, plan)
}

/** The comment of the first session says where it goes on; a second one is posted for the new session. */
function startAgain(scene: TrackedScene): Decision {
  const { tracking } = scene
  const { record } = tracking
  const old = storyOf(scene, REPLACED, tracking, { trouble: ELSEWHERE })
  const next = claim(scene, undefined, {
    key: keyOfNext(scene),
    requester: record.requester,
    request: record.request,
    approved: record.approved,
    noPullRequest: record.noPullRequest,
    planGate: false,
    replaces: record.session,
    handled: record.handled,
    handledToo: record.handledToo,
    handledOn: record.handledOn,
  })
  return { ...next, effects: [write(scene, { ...record, run: undefined, phase: 'waiting' }, old), ...next.effects] }
}

const REPLACED: Verdict = { outcome: 'no-changes', reason: 'nothing-produced' }
const ELSEWHERE = {
  failure: 'gone',
  sentence:
    'The approval of the plan came after Jules had given up waiting, and was not heard. A new session starts with this plan; its comment follows.',
  passing: true,
  unsure: false,
} as const

/** The same for every run that comes to this point, and for no other request: 20 hex digits of the request and the plan. */
function keyOfNext({ tracking }: TrackedScene): string {
  const plan = tracking.record.approved.toLowerCase().replace(/[^0-9a-f]/g, '')
  return `${tracking.record.key.slice(-6)}${plan.padStart(14, '0').slice(-14)}`
}
