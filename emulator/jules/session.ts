/** A session as the emulator keeps it, and how it is served and added to. */
import { hex, spread } from './identity.ts'
import {
  type Activity,
  type Artifact,
  type ChangeSet,
  type Happening,
  type Output,
  omitDefaults,
  type PullRequestOutput,
  type SessionResource,
  type SourceContext,
  type SourceResource,
} from './resource.ts'
import type { Change, Step } from './step.ts'
import { formatTimestamp, type Nanos, nanos, parseTimestamp } from './timestamp.ts'

export type Session = {
  id: string
  prompt: string
  title: string
  state: string
  archived: boolean
  createTime: Nanos
  updateTime: Nanos
  context: SourceContext | undefined
  source: SourceResource | undefined
  requirePlanApproval: boolean
  createsPullRequest: boolean
  /** Whether a plan waits for its approval, or did so in vain. */
  gate: 'none' | 'open' | 'expired'
  /** What an approval does when the plan has expired. */
  lateApproval: 'works' | 'nothing'
  /** An approval carries forward: later plans run without a second gate. */
  approved: boolean
  planId: string | undefined
  change: Change | undefined
  outputs: Output[]
  activities: Activity[]
  /** What is still to come, each step counted from the one before, the first from `since`. */
  script: Step[]
  turn: Step[]
  replanning: Step[]
  since: number
  /** While the pull request is being opened nothing else happens. */
  publishing: boolean
}

/** The session as the API shows it. */
export function present(session: Session): SessionResource {
  return omitDefaults({
    name: `sessions/${session.id}`,
    id: session.id,
    title: session.title,
    prompt: session.prompt,
    state: session.state,
    url: `https://jules.google.com/session/${session.id}`,
    ...(session.context && { sourceContext: session.context }),
    outputs: session.outputs,
    archived: session.archived,
    createTime: formatTimestamp(session.createTime),
    updateTime: formatTimestamp(session.updateTime),
  })
}

/** True while Jules works on it, or waits for somebody so that it can. */
export function isActive(session: Session): boolean {
  return !['COMPLETED', 'FAILED', 'PAUSED'].includes(session.state)
}

/** Notes that something about the session has changed. */
export function touch(session: Session, at: number): void {
  const time = nanos(at) + BigInt(spread(`update ${session.id} ${at}`, 1000)) * 1000n
  if (time > session.updateTime) session.updateTime = time
}

/** Moves the session to a state. */
export function become(session: Session, state: string, at: number): void {
  session.state = state
  touch(session, at)
}

/** Appends an activity; its time is later than that of every other, however quickly they follow. */
export function record(session: Session, at: number, happening: Happening, artifacts: Artifact[] = []): Activity {
  const id = hex(`activity ${session.id} ${session.activities.length}`)
  const activity: Activity = omitDefaults({
    name: `sessions/${session.id}/activities/${id}`,
    id,
    createTime: formatTimestamp(nextTime(session, at)),
    ...originatorOf(happening, artifacts),
    artifacts,
    ...happening,
  })
  session.activities.push(activity)
  touch(session, at)
  return activity
}

/** Appends an activity that has exactly these members beside those that every activity has. */
export function recordAsGiven(session: Session, at: number, members: Record<string, unknown>): void {
  const id = hex(`activity ${session.id} ${session.activities.length}`)
  const name = `sessions/${session.id}/activities/${id}`
  session.activities.push({ name, id, createTime: formatTimestamp(nextTime(session, at)), ...members })
  touch(session, at)
}

/** A time for the next activity: most have 6 digits, every seventh has 9. */
export function nextTime(session: Session, at: number): Nanos {
  const count = session.activities.length
  const wanted = nanos(at) + BigInt(1 + spread(`time ${session.id} ${count}`, 999)) * 1000n
  const last = parseTimestamp(session.activities.at(-1)?.createTime ?? '') ?? 0n
  const time = wanted > last ? wanted : last - (last % 1000n) + 1000n
  return count % 7 === 6 ? time + 347n : time
}

/** Jules says that the user approved even where it did so itself, and leaves the originator out now and then. */
function originatorOf(happening: Happening, artifacts: Artifact[]): Pick<Activity, 'originator'> {
  if ('planApproved' in happening || 'userMessaged' in happening) return { originator: 'user' }
  if ('sessionCompleted' in happening || 'sessionFailed' in happening) return { originator: 'system' }
  const isBareChange = 'progressUpdated' in happening && artifacts.some((artifact) => 'changeSet' in artifact)
  return isBareChange ? {} : { originator: 'agent' }
}

/** What the session has changed so far, as an artifact or an output carries it. */
export function changeSetOf(session: Session): ChangeSet | undefined {
  if (session.change === undefined) return undefined
  const source = session.source?.name
  const gitPatch = { unidiffPatch: session.change.patch, suggestedCommitMessage: session.change.commitMessage }
  if (source === undefined) return { source: 'sources/github/', gitPatch }
  const baseCommitId = hex(`commit ${source} ${session.context?.githubRepoContext?.startingBranch}`, 40)
  return { source, gitPatch: { ...gitPatch, baseCommitId } }
}

/** Puts the latest change set, and the pull request if there is one, into the outputs. */
export function bringOutputsUpToDate(session: Session, pullRequest = pullRequestOf(session)): void {
  const changeSet = changeSetOf(session)
  if (changeSet !== undefined) session.outputs = [{ changeSet }, ...(pullRequest ? [{ pullRequest }] : [])]
}

/** The pull request among the outputs. */
export function pullRequestOf(session: Session): PullRequestOutput | undefined {
  return session.outputs.find((output) => output.pullRequest)?.pullRequest
}
