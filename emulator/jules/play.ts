/** Takes a session along its script, one step at a time. */
import { hex } from './identity.ts'
import { type Artifact, omitDefaults, type Plan } from './resource.ts'
import { become, bringOutputsUpToDate, changeSetOf, record, recordAsGiven, type Session } from './session.ts'
import type { PlanDraft, Step } from './step.ts'
import { formatTimestamp, nanos } from './timestamp.ts'

/** How long an unattended plan waits before the session is reported COMPLETED. */
const PATIENCE_SECONDS = 600
/** How long Jules takes to approve its own plan. */
const OWN_APPROVAL_SECONDS = 2

/** When the next step is due, in emulated milliseconds; undefined: nothing happens by itself. */
export function dueAt(session: Session): number | undefined {
  const step = session.script[0]
  if (step === undefined || step.do === 'await' || session.publishing) return undefined
  return session.since + step.after * 1000
}

/** Takes the next step, at the time at which it was due. */
export function takeStep(session: Session, at: number, publish: (session: Session, at: number) => void): void {
  const step = session.script.shift()
  if (step === undefined) return
  session.since = at
  switch (step.do) {
    case 'become':
      become(session, step.state, at)
      break
    case 'plan':
      showPlan(session, step, at)
      break
    case 'approve':
      approve(session, at)
      break
    case 'expire':
      expire(session, at)
      break
    case 'progress':
      report(session, step, at)
      break
    case 'say':
      record(session, at, { agentMessaged: { agentMessage: step.text } })
      break
    case 'activity':
      recordAsGiven(session, at, step.activity)
      break
    case 'change':
      session.change = step.change
      record(session, at, { progressUpdated: {} }, artifactsOf(session))
      break
    case 'publish':
      publish(session, at)
      break
    case 'complete':
      complete(session, at)
      break
    case 'fail':
      fail(session, at, step.reason)
  }
}

/** Ends the session for good. */
export function fail(session: Session, at: number, reason?: string): void {
  if (reason !== undefined) record(session, at, { sessionFailed: { reason } })
  session.script = []
  become(session, 'FAILED', at)
}

function report(session: Session, step: Extract<Step, { do: 'progress' }>, at: number): void {
  const { title = '', description = '', artifacts } = step
  record(session, at, { progressUpdated: { title, description } }, artifacts)
}

function showPlan(session: Session, step: Extract<Step, { do: 'plan' }>, at: number): void {
  const plan = makePlan(session, step.plan, at)
  session.planId = plan.id
  record(session, at, { planGenerated: { plan } })
  if (!step.gated && session.approved && session.requirePlanApproval) {
    // A person's approval carries forward, and no activity tells of it.
    session.script.unshift({ after: OWN_APPROVAL_SECONDS, do: 'become', state: 'IN_PROGRESS' })
    return
  }
  if (!step.gated && !session.requirePlanApproval) {
    session.script.unshift({ after: OWN_APPROVAL_SECONDS, do: 'approve' })
    return
  }
  session.gate = 'open'
  session.script.unshift({ after: PATIENCE_SECONDS, do: 'expire' })
  become(session, 'AWAITING_PLAN_APPROVAL', at)
}

function makePlan(session: Session, draft: PlanDraft, at: number): Plan {
  const id = hex(`plan ${session.id} ${session.activities.length}`)
  const steps = draft.map((step, index) => ({ id: hex(`step ${id} ${index}`), index, ...step }))
  return omitDefaults({ id, steps, createTime: formatTimestamp(nanos(at)) })
}

function approve(session: Session, at: number): void {
  record(session, at, { planApproved: { planId: session.planId ?? '' } })
  session.approved = true
  become(session, 'IN_PROGRESS', at)
}

/** Without an activity: the API shows an unattended plan as COMPLETED and says nothing more. */
function expire(session: Session, at: number): void {
  session.gate = 'expired'
  session.script.unshift({ after: 0, do: 'await' })
  become(session, 'COMPLETED', at)
}

function complete(session: Session, at: number): void {
  record(session, at, { sessionCompleted: {} }, artifactsOf(session))
  bringOutputsUpToDate(session)
  become(session, 'COMPLETED', at)
}

function artifactsOf(session: Session): Artifact[] {
  const changeSet = changeSetOf(session)
  return changeSet === undefined ? [] : [{ changeSet }]
}
