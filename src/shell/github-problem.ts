/** GitHub's refusals in words: which of our failures it is, what to do, and whether the thread takes any more words. */
import type { Refusal, Trouble } from '../core/effect/story.ts'
import type { Thread } from '../core/event/event.ts'
import type { Failure } from '../core/outcome.ts'
import { NOT_STORED } from './github/refusal.ts'
import { RATE_LIMITED } from './retry.ts'
import type { Facts } from './service-error.ts'

type Problem = { failure: Failure; sentence: string; refusal?: Refusal | undefined }

/** `kind`: of the thread that the run is about, for a pull request needs another permission. */
export function githubProblem(facts: Facts, kind: Thread['kind'], answer: string): Problem {
  const { status, code, call, passing } = facts
  const refusal = refusalOf(facts)
  if (refusal !== undefined) {
    const failure = refusal === 'token' ? 'github-permission-missing' : 'github-unavailable'
    return { failure, sentence: SENTENCES[refusal], refusal }
  }
  if (status === 403) return { failure: 'github-permission-missing', sentence: permissionSentence(facts, kind) }
  if (code === NOT_STORED) return { failure: 'github-unavailable', sentence: OLD_TEXT }
  const what = passing || status === 0 ? 'did not answer' : 'refused'
  return { failure: 'github-unavailable', sentence: `GitHub ${what} \`${call}\` (${answer}). Run the job again.` }
}

const OLD_TEXT = 'GitHub took the comment and kept its old text. What is new stands in the summary of the run.'

/** Calls about the thread itself: it was there when the event happened. */
const OF_THREAD = ['issues.get', 'issues.listComments', 'issues.createComment', 'pulls.get']

function refusalOf({ status, code, call, said }: Facts): Refusal | undefined {
  if (code === 'moved') return 'moved'
  if (code === RATE_LIMITED) return 'rate-limit'
  if (status === 401) return 'token'
  if (status === 410 || (status === 404 && OF_THREAD.includes(call))) return 'deleted'
  if (status === 404 && call === 'issues.updateComment') return 'comment-gone'
  return status === 403 && /\bis locked\b/i.test(said) ? 'locked' : undefined
}

const SENTENCES: { [R in Refusal]: string } = {
  locked:
    'The thread is locked, so nothing more is said there. A session that is under way goes on; follow it on its page, or unlock the thread and ask again.',
  deleted:
    'The thread is not there any more, so nothing is said about it. A session that is under way goes on; follow it on its page.',
  moved:
    'The thread or the repository has moved, and nothing is written to where it is now. A session that is under way goes on; follow it on its page, or ask again in the new place.',
  'comment-gone':
    'Somebody has deleted our comment, so it is not written again. A session that is under way goes on; follow it on its page.',
  newer:
    'A newer version of this action keeps the comment of this thread, and this version can neither read nor change it, so it does nothing here. Use the newer version in every workflow of this repository.',
  token:
    'GitHub does not accept `github-token`. Check where the workflow gets it from; the token of an app ends after an hour, so a job with one needs a shorter `wait-minutes`.',
  'rate-limit':
    "GitHub's rate limit for this token is used up. Run the job again when it is renewed, within an hour; a session that is under way goes on.",
}

/** The answer's own header knows best; without one the call tells. */
function permissionSentence({ call, needs = [] }: Facts, kind: Thread['kind']): string {
  const ofThread = kind === 'pull-request' ? 'pull-requests: write' : 'issues: write'
  const needed = needs.length > 0 && !needs.includes(ofThread) ? needs[0] : needOf(call, ofThread)
  return `The token may not do \`${call}\`. Add this line under \`permissions:\` of the job: \`${needed}\`.`
}

function needOf(call: string, ofThread: string): string {
  if (call.startsWith('repos.')) return 'contents: read'
  return call.startsWith('pulls.') ? 'pull-requests: write' : ofThread
}

/** What is told where our second comment was changed like the first. */
export const CHANGED_AGAIN: Trouble = {
  failure: 'github-unavailable',
  sentence:
    'Somebody has changed our comment twice, so nothing more is written. A session that is under way goes on; follow it on its page.',
  refusal: 'comment-gone',
  passing: false,
  unsure: false,
}

/** What is told where a later version of the action keeps the thread. */
export const KEPT_BY_NEWER: Trouble = {
  failure: 'needs-attention',
  sentence: SENTENCES.newer,
  refusal: 'newer',
  passing: false,
  unsure: false,
}
