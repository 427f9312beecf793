/** What a person says to a session through the API, and what it does with that. */
import { failedPrecondition } from './refusal.ts'
import { become, isActive, record, type Session, touch } from './session.ts'
import type { Step } from './step.ts'

/** What Jules does where nobody has seen what the real one does: it answers as if all were well, or it refuses. */
export type Manners = {
  /** A message to a session that has failed. */
  failedSessions: 'silent' | 'refuse'
  /** An approval without a plan that waits for it. */
  approvalsWithoutPlan: 'silent' | 'refuse'
}

/** Records a message and lets it act: an answer, an objection to a plan, or a new turn. */
export function receiveMessage(session: Session, text: string, at: number, { failedSessions }: Manners): void {
  if (session.state === 'FAILED' && failedSessions === 'refuse') throw failedPrecondition()
  record(session, at, { userMessaged: { userMessage: text } })
  if (session.state === 'FAILED') return
  session.since = at
  if (session.gate === 'open') revisePlan(session)
  else if (session.script[0]?.do === 'await') goOn(session, afterWaits(session.script))
  else if (session.state === 'COMPLETED' || session.script.length === 0) goOn(session, session.turn)
  else acknowledge(session)
}

/** Approves the plan that waits; what a plan that has expired makes of it depends on the scenario. */
export function approvePlan(session: Session, at: number, { approvalsWithoutPlan }: Manners): void {
  const waits = session.gate === 'open' && session.state === 'AWAITING_PLAN_APPROVAL'
  if (!waits && session.gate !== 'expired') {
    if (approvalsWithoutPlan === 'silent') return
    throw failedPrecondition()
  }
  if (session.gate === 'expired' && session.lateApproval === 'nothing') return
  record(session, at, { planApproved: { planId: session.planId ?? '' } })
  session.since = at
  goOn(session, afterWaits(session.script))
}

/** Hides the session, and pauses it if it is not settled. */
export function archive(session: Session, at: number): void {
  session.archived = true
  touch(session, at)
  if (!isActive(session)) return
  session.script.unshift({ after: 0, do: 'await' })
  become(session, 'PAUSED', at)
}

/** Shows the session again; a paused one stays paused. */
export function unarchive(session: Session, at: number): void {
  session.archived = false
  touch(session, at)
}

/** The state follows a moment later, so that a client may still read the old one, as it may with Jules. */
function goOn(session: Session, steps: Step[]): void {
  if (session.gate !== 'none') session.approved = true
  session.gate = 'none'
  const rest = steps.length > 0 ? steps : session.turn
  session.script = rest[0]?.do === 'become' ? [...rest] : [{ after: 1, do: 'become', state: 'IN_PROGRESS' }, ...rest]
}

function acknowledge(session: Session): void {
  const place = session.script[0]?.do === 'become' ? 1 : 0
  session.script.splice(place, 0, { after: 15, do: 'say', text: 'Understood, I will take that into account.' })
}

function revisePlan(session: Session): void {
  session.gate = 'none'
  session.script = [...session.replanning, ...afterWaits(session.script)]
}

/** The script without what it is waiting for. */
function afterWaits(script: Step[]): Step[] {
  const next = script.findIndex((step) => step.do !== 'await' && step.do !== 'expire')
  return next === -1 ? [] : script.slice(next)
}
