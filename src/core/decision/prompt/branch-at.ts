/** Where the branch of a pull request stood when it was asked, and when the session began: in between, anybody may have pushed. */

import type { BranchAt } from '../../record.ts'
import type { Scene, TrackedScene } from '../decision.ts'
import type { Ground, Request } from '../observed.ts'

/** As the event tells it, or else as the thread shows it now. Undefined where the thread is no pull request. */
export function branchWhenAsked({ observed, intent }: Scene, request: Request | undefined): BranchAt | undefined {
  const head = observed.thread?.head
  if (head === undefined) return undefined
  const told = request === undefined ? intent.subject : request.subject
  return { asked: told?.commit ?? head.commit, began: '' }
}

/** Where the session begins; undefined where it begins on another branch. */
export function branchAtStart(
  { observed, tracking }: TrackedScene,
  { branch }: Extract<Ground, { kind: 'ready' }>,
): BranchAt | undefined {
  const head = observed.thread?.head
  const { branchAt } = tracking.record
  return head?.branch === branch && branchAt !== undefined ? { ...branchAt, began: head.commit } : undefined
}

/** The branch at both times, where it has moved between them. */
export function movedBranch(branchAt: BranchAt | undefined): BranchAt | undefined {
  if (branchAt === undefined || branchAt.asked === '' || branchAt.began === '') return undefined
  return branchAt.asked === branchAt.began ? undefined : branchAt
}

/** For Jules: '' where nothing is known. */
export function branchInWords(branchAt: BranchAt | undefined, name: string): string {
  const { asked, began } = movedBranch(branchAt) ?? { asked: '', began: branchAt?.began ?? '' }
  if (began === '') return ''
  return asked === ''
    ? `The branch of ${name} stands at ${began}.`
    : `The branch of ${name} stood at ${asked} when this was asked, and stands at ${began} now. Whoever asked has not seen what came in between.`
}
