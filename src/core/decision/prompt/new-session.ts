/** What a session is asked for: the words, the title, the branch, and what it may do by itself. */

import { clean, withoutInvisible } from '../../clean/clean.ts'
import type { NewSession } from '../../effect/effect.ts'
import { NOTHING_REMOVED, type Removed } from '../../effect/story.ts'
import { clip } from '../../outside.ts'
import type { Scene, TrackedScene } from '../decision.ts'
import type { Ground, Request } from '../observed.ts'
import { bordered, borderFor } from './foreign.ts'
import { buildMessage, composePrompt, type Prompt, withoutCorrelation } from './prompt.ts'

/** With what its prompt has lost. */
export function newSession(
  scene: TrackedScene,
  ground: Extract<Ground, { kind: 'ready' }>,
): { session: NewSession; removed: Removed } {
  const { observed, config, tracking } = scene
  const request = observed.asked
  const flags = request && 'flags' in request.command ? request.command.flags : {}
  const earlierTitle = tracking.record.replaces === '' ? '' : observed.earlier.title
  const { prompt, removed } = promptOf(scene, request)
  const session = {
    prompt,
    title: withoutInvisible(flags.title ?? (earlierTitle || config.title || titleOf(scene, request))).text,
    source: ground.source,
    branch: ground.branch,
    requirePlanApproval: tracking.record.planGate,
    autoCreatePullRequest: !tracking.record.noPullRequest,
    environmentVariables: config.environmentVariables,
  }
  return { session, removed }
}

function promptOf(scene: TrackedScene, request: Request | undefined): Prompt {
  const { observed, config, tracking, intent } = scene
  const parts = { repository: observed.repository, thread: observed.thread, key: tracking.record.key }
  const again = tracking.record.replaces === '' ? '' : withoutCorrelation(observed.earlier.prompt)
  // The earlier prompt holds everything already, as it was asked then.
  if (again !== '') return { prompt: buildMessage(`${again}${approvedPlan(scene)}`, parts), removed: NOTHING_REMOVED }
  return composePrompt({
    ...parts,
    words: words(scene, request),
    remarks: request?.remarks ?? [],
    instructions: config.instructions,
    subject: request?.subject ?? intent.subject,
    branchAt: tracking.record.branchAt,
    discussion: observed.discussion,
    gate: config.minimumPermission,
    boundary: observed.boundary,
  })
}

/** The plan that was approved in the session before, where this one starts in its place. */
function approvedPlan({ observed, tracking }: TrackedScene): string {
  const { plan } = observed.earlier
  if (plan === undefined || plan.id !== tracking.record.approved) return ''
  const steps = plan.steps.map(({ title, description }, at) => `${at + 1}. ${title}\n${description}`.trim())
  const heading = 'You made this plan for it before, and it is approved. Carry it out:'
  const text = clip(withoutInvisible(steps.join('\n')).text, PLAN_LIMIT)
  return `\n\n${bordered({ heading, text }, borderFor([text], observed.boundary))}`
}

const PLAN_LIMIT = 20 * 1024

/** What the requester wrote; '' asks for the thread itself. */
function words({ observed, intent }: Scene, request: Request | undefined): string {
  if (intent.because.kind === 'prompt') return intent.because.instruction
  if (request?.command.verb === 'retry') return observed.earlier.words
  return request && 'text' in request.command ? request.command.text : ''
}

/** Of the thread as the request found it, like the prompt. */
function titleOf({ observed, intent }: Scene, request: Request | undefined): string {
  const { thread, repository } = observed
  if (thread === undefined) return repository
  const { title } = request?.subject ?? intent.subject ?? thread
  const seen = clean(clip(title, 1000)).text.replace(/\s+/g, ' ').trim()
  return `${clip(seen, 150)} (#${thread.number})`
}
