/** A scene as it is to be told. */
import { briefStory, type Story } from '../effect/story.ts'
import type { Box } from '../intent/tick.ts'
import type { Verdict } from '../outcome.ts'
import type { Session } from '../session.ts'
import { EMPTY_DIGEST } from './activities/digest.ts'
import type { Scene } from './decision.ts'
import { isStale } from './ending.ts'
import type { Tracking } from './observed.ts'
import { movedBranch } from './prompt/branch-at.ts'

export function storyOf(scene: Scene, verdict: Verdict, tracking?: Tracking, more: Partial<Story> = {}): Story {
  const { observed, intent, config } = scene
  // Nothing of a session that did not prove to be ours is told.
  const foreign = observed.session === 'foreign'
  const digest = foreign ? EMPTY_DIGEST : observed.digest
  const session = seenSession(scene)
  const settled = session?.state === 'COMPLETED' || session?.state === 'FAILED'
  return {
    ...briefStory(observed.repository, verdict),
    threadless: intent.thread === undefined,
    requester: tracking?.record.requester.login ?? intent.asker?.login ?? '',
    session: session === undefined ? unread(scene, tracking) : shown(session),
    pullRequest: session?.pullRequest,
    told: tracking !== undefined && isStale({ observed, tracking }),
    commentUrl: tracking?.url ?? '',
    replaces: tracking?.record.replaces ?? '',
    disowned: disowned(scene, tracking),
    runUrl: observed.run.url,
    branch: observed.ground?.kind === 'ready' ? observed.ground.branch : '',
    moved: movedBranch(tracking?.record.branchAt),
    into: session?.pullRequest === undefined ? (observed.thread?.head?.branch ?? '') : '',
    plan: digest.plan,
    progress: digest.progress,
    progressCount: digest.progressCount,
    message: digest.endsOn === 'question' ? digest.message : '',
    why: digest.why,
    files: foreign ? [] : observed.files,
    patch: session?.patch || digest.patch,
    bulk: session?.patch ? session.bulk : digest.bulk,
    media: digest.media,
    leftOut: digest.leftOut,
    unknown: digest.unknown,
    commands: digest.commands,
    minutes: settled ? Math.max(1, Math.round(digest.spanMs / 60_000)) : undefined,
    turns: digest.turns,
    removed: observed.removed,
    boxes: config.tickBoxes ? boxesFor(verdict) : [],
    // Of a request that came to nothing Jules got no part at all.
    cut: tracking !== undefined && tracking.record.session !== '' && tracking.record.cut,
    trouble: observed.silence,
    ...more,
  }
}

function shown({ id, url, title, state, rawState }: Session): Story['session'] {
  return { id, url, title, state, rawState }
}

/** A session that could not be read so far, such as one made a moment ago: its id must not get lost. */
function unread({ observed }: Scene, tracking: Tracking | undefined): Story['session'] {
  const id = tracking?.record.session ?? ''
  if (observed.session !== undefined || id === '') return undefined
  return { id, url: `https://jules.google.com/session/${id}`, title: '', state: 'UNKNOWN', rawState: 'UNKNOWN' }
}

/** What a person may want now; a session that is at work is not started again. */
function boxesFor({ outcome, reason }: Verdict): Box[] {
  if (reason === 'plan-expired') return ['approve', 'retry']
  if (outcome === 'waiting-for-approval') return ['approve']
  return outcome === 'no-changes' || reason === 'session-failed' || reason === 'gone' ? ['retry'] : []
}

function disowned({ observed }: Scene, tracking: Tracking | undefined): string {
  const comment = tracking?.record.disowned
  if (comment === undefined || observed.thread === undefined) return ''
  return `https://github.com/${observed.repository}/issues/${observed.thread.number}#issuecomment-${comment}`
}

/** The session, where it is there and proved to be ours. */
export function seenSession({ observed }: Scene): Session | undefined {
  return typeof observed.session === 'object' ? observed.session : undefined
}
