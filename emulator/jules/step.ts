/** A scenario is data: what the agent does, step by step, and how long after the step before. */
import type { Artifact } from './resource.ts'

/** A step of a session's script; `after` is in emulated seconds. */
export type Step = { after: number } & Act

export type Act =
  | { do: 'become'; state: string }
  /** Shows a plan, then waits for a person where the session or the scenario asks for it, or approves it by itself. */
  | { do: 'plan'; plan: PlanDraft; gated?: boolean }
  /** The approval that Jules records by itself when nobody asked for a gate. */
  | { do: 'approve' }
  /** A plan that nobody approved in time. */
  | { do: 'expire' }
  | { do: 'progress'; title?: string; description?: string; artifacts?: Artifact[] }
  | { do: 'say'; text: string }
  /** An activity whose members are taken as they are, however strange. */
  | { do: 'activity'; activity: Record<string, unknown> }
  | { do: 'change'; change: Change }
  /** Opens the pull request, or brings the open one up to date. */
  | { do: 'publish' }
  | { do: 'complete' }
  | { do: 'fail'; reason?: string }
  /** Nothing more happens until a person sends a message. */
  | { do: 'await' }

export type PlanDraft = { title: string; description?: string }[]

/** What the agent changed, cumulative against the base commit, and how it presents it. */
export type Change = {
  patch: string
  commitMessage: string
  title: string
  description: string
  /** First part of the branch's name; the session id follows. */
  branch: string
}

export type Scenario = {
  /** One sentence for people who choose. */
  about: string
  /** From the creation on. */
  steps: Step[]
  /** What a message to the settled session sets going. */
  turn: Step[]
  /** What a message to a plan that waits sets going, before the rest of the steps. */
  replanning: Step[]
  /** Plans wait for an approval although the session did not ask for that. */
  gated: boolean
  /** What an approval does that comes when the plan has expired; it is answered well either way. */
  lateApproval: 'works' | 'nothing'
}
