/** Lets a test put a session into any state by hand, also into one that no scenario leads to. */
import { hex } from './identity.ts'
import type { Activity, Output } from './resource.ts'
import { become, nextTime, type Session, touch } from './session.ts'
import { formatTimestamp } from './timestamp.ts'

export type Change = { state?: string; activity?: object; outputs?: object[] }

/** Applies the change. After a state is set, the script is dropped: nothing happens by itself any more. */
export function change(session: Session, { state, activity, outputs }: Change, at: number): void {
  if (activity !== undefined) append(session, activity, at)
  if (outputs !== undefined) session.outputs = outputs.map((output): Output => ({ ...output }))
  touch(session, at)
  if (state === undefined) return
  session.script = []
  session.gate = state === 'AWAITING_PLAN_APPROVAL' ? 'open' : 'none'
  become(session, state, at)
}

function append(session: Session, given: object, at: number): void {
  const id = hex(`activity ${session.id} ${session.activities.length}`)
  const name = `sessions/${session.id}/activities/${id}`
  const createTime = formatTimestamp(nextTime(session, at))
  const activity: Activity = { name, id, createTime, originator: 'agent', ...given }
  session.activities.push(activity)
  if (activity.planGenerated !== undefined) session.planId = activity.planGenerated.plan.id
}
