/** New issues, and changes to threads that are none of their conversation. */

import { closePullRequest } from '../acts/pull.ts'
import { addLabel, closeIssue, editThread, openIssue, removeLabel, reopen, setLock } from '../acts/thread.ts'
import { demandAuthor, WRITE_ISSUE, writeThread } from '../permission.ts'
import { atLeast } from '../person.ts'
import { invalid } from '../refusal.ts'
import { renderRestIssue } from '../render/issue.ts'
import type { StateReason, Thread } from '../store.ts'
import { LOCK_REASONS } from '../thread.ts'
import { demandRoom, namesIn } from './labels.ts'
import { fieldOf, REPOSITORY, type Spec, threadAt, type Visit } from './plan.ts'
import { demandReopenable, stateOf, wordsOf } from './words.ts'

const ISSUES = `${REPOSITORY}/issues`
const write: Spec['need'] = (store, request) => writeThread(store, Number(request.params.number))

const BEYOND = ['assignee', 'assignees', 'milestone', 'type', 'issue_field_values', 'parent_issue_id']

/** Opening, changing and locking. */
export const THREAD_ROUTES: Spec[] = [
  {
    name: 'issues.create',
    method: 'POST',
    pattern: ISSUES,
    need: WRITE_ISSUE,
    content: true,
    beyond: BEYOND,
    handle: postIssue,
  },
  {
    name: 'issues.update',
    method: 'PATCH',
    pattern: `${ISSUES}/:number`,
    need: write,
    beyond: BEYOND,
    handle: patchThread,
  },
  {
    name: 'issues.lock',
    method: 'PUT',
    pattern: `${ISSUES}/:number/lock`,
    need: write,
    role: 'write',
    handle: lock,
  },
  {
    name: 'issues.unlock',
    method: 'DELETE',
    pattern: `${ISSUES}/:number/lock`,
    need: write,
    role: 'write',
    handle: (visit) => {
      setLock(visit.world, visit.token.actor, threadAt(visit), false)
      return { status: 204 }
    },
  },
]

function postIssue(visit: Visit) {
  const { store, world, token } = visit
  const { title, body } = wordsOf(visit)
  if (title === undefined) throw invalid('Issue', 'title', 'missing_field')
  const labels = givenLabels(visit) ?? []
  const issue = openIssue(world, token.actor, { title, ...(body !== undefined && { body }), labels })
  const rendered = renderRestIssue(store, issue)
  return { status: 201, headers: { location: rendered.url }, body: rendered }
}

/** The labels that a thread shall have; GitHub drops those of outsiders without a word. */
function givenLabels({ store, request, token }: Visit): string[] | undefined {
  if (fieldOf(request, 'labels') === undefined) return undefined
  if (token.kind === 'personal' && !atLeast(token.actor.person.permission, 'triage')) return undefined
  const names = namesIn(request, store, token)
  demandRoom(names)
  return names
}

function patchThread(visit: Visit) {
  const { store, world, request, token } = visit
  const thread = threadAt(visit)
  const words = wordsOf(visit)
  demandAuthor(token, thread.author, Object.keys(words).length > 0 ? 'write' : 'triage')
  const state = stateOf(request)
  const reason = reasonOf(request)
  const names = givenLabels(visit)
  if (state === 'open') demandReopenable(thread)
  editThread(world, token.actor, thread, words)
  if (names !== undefined) replaceLabels(visit, thread, names)
  if (state === 'closed') close(visit, thread, reason)
  if (state === 'open') reopen(world, token.actor, thread)
  return { body: renderRestIssue(store, thread) }
}

function close({ world, token }: Visit, thread: Thread, reason: StateReason): void {
  if (thread.kind === 'pull-request') closePullRequest(world, token.actor, thread, false)
  else closeIssue(world, token.actor, thread, reason)
}

const REASONS: StateReason[] = ['completed', 'not_planned', 'duplicate']

function reasonOf(request: Visit['request']): StateReason {
  const given = fieldOf(request, 'state_reason') ?? 'completed'
  const reason = given === 'reopened' ? 'completed' : REASONS.find((known) => known === given)
  if (reason === undefined) throw invalid('Issue', 'state_reason', 'invalid')
  return reason
}

/** Takes off what is not named, and puts on what is missing. */
export function replaceLabels({ world, token }: Visit, thread: Thread, names: string[]): void {
  const wanted = names.map((name) => name.toLowerCase())
  for (const name of thread.labels.filter((label) => !wanted.includes(label.toLowerCase())))
    removeLabel(world, token.actor, thread, name)
  for (const name of names) addLabel(world, token.actor, thread, name)
}

function lock(visit: Visit) {
  const given = fieldOf(visit.request, 'lock_reason') ?? null
  const reason = LOCK_REASONS.find((known) => known === given)
  if (given !== null && reason === undefined) throw invalid('Issue', 'lock_reason', 'invalid')
  setLock(visit.world, visit.token.actor, threadAt(visit), true, reason)
  return { status: 204 }
}
