/** Any error → which of our failures it is, and the sentence that says what happened and what to do. */
import type { Trouble } from '../core/effect/story.ts'
import type { Thread } from '../core/event/event.ts'
import type { Failure } from '../core/outcome.ts'
import { githubProblem } from './github-problem.ts'
import { type Facts, ServiceError } from './service-error.ts'

/** `kind`: of the thread that the run is about. */
export function toTrouble(error: unknown, kind: Thread['kind'] = 'issue'): Trouble {
  if (!(error instanceof ServiceError)) {
    const sentence = 'This is a mistake in the action. Please report it, with the log of this run.'
    return { failure: 'bug', sentence, passing: false, unsure: false }
  }
  const { facts } = error
  const problem = facts.party === 'jules' ? julesProblem(facts) : githubProblem(facts, kind, told(facts))
  const { passing, unsure, retryAfterMs, code } = facts
  const said = facts.party === 'jules' && problem.failure !== 'key-rejected' ? facts.said : ''
  return {
    ...problem,
    passing,
    unsure,
    ...(retryAfterMs !== undefined && { waitMs: retryAfterMs }),
    ...(said !== '' && { said }),
    ...(code === 'FAILED_PRECONDITION' && { mistakable: true }),
  }
}

type Problem = { failure: Failure; sentence: string }

function julesProblem(facts: Facts): Problem {
  const { status, call } = facts
  if (call === 'sessions.sendMessage' && [400, 401, 403, 404].includes(status))
    return {
      failure: 'message-refused',
      sentence: `Jules did not take the message (${told(facts)}). Write it on the session's page.`,
    }
  if (status === 401) return { failure: 'key-rejected', sentence: KEY_REJECTED }
  if (status === 403) return { failure: 'key-rejected', sentence: KEY_WITHOUT_ACCESS }
  if (isQuota(facts)) return { failure: 'quota-full', sentence: QUOTA_FULL }
  if (call === 'sessions.create' && status === 404) return { failure: 'source-not-connected', sentence: NOT_CONNECTED }
  if (facts.passing) return { failure: 'jules-unavailable', sentence: unavailable(facts) }
  return { failure: 'request-rejected', sentence: rejected(facts) }
}

function unavailable(facts: Facts): string {
  if (facts.status === 429)
    return `Jules takes no more calls for a while (${told(facts)}): its limit is per account. Try again later.`
  return `Jules could not be reached (${told(facts)}). Try again later.`
}

function rejected(facts: Facts): string {
  const { call, code, status } = facts
  if (code === 'moved')
    return `Jules answered \`${call}\` with another address, which is not followed, for the key would go along. Check the proxy and \`jules-api-url\`.`
  if (code === 'too-large')
    return `What Jules answered to \`${call}\` is larger than 32 MiB and was not read. Look at the session's page.`
  if (call === 'sessions.approvePlan')
    return `Jules did not take the approval (${told(facts)}): no plan may be waiting for one any more. Look at the session's page.`
  if (status === 404)
    return `Jules knows nothing of what \`${call}\` asks for (${told(facts)}). Look at the session's page.`
  return `Jules refused \`${call}\` (${told(facts)}). The inputs of the workflow may not fit. The summary of this run quotes what it said.`
}

const KEY_REJECTED =
  'Jules does not accept the API key. Make a new one in the settings of jules.google.com and replace the secret.'
const KEY_WITHOUT_ACCESS =
  'The account of the API key may not do this at Jules. Check at jules.google.com that it can use Jules and sees this repository, or use the key of another account.'
const NOT_CONNECTED = 'Jules cannot see this repository. Install its app at https://jules.google.com and ask again.'
const QUOTA_FULL =
  'Jules takes no new session now. Most often the daily or the concurrent limit of the account is reached; a second cause is an account that Jules has blocked from creating for a while, a third a combination of settings that it does not allow. Try again later.'

/** FAILED_PRECONDITION has three known meanings on create; the usual one is a used-up quota. */
function isQuota({ call, status, code }: Facts): boolean {
  return call === 'sessions.create' && (status === 429 || (status === 400 && code === 'FAILED_PRECONDITION'))
}

/** Only the status and the service's own code word: what it said in full may hold anything. */
function told({ status, code }: Facts): string {
  const word = /^[A-Za-z_-]{1,40}$/.test(code) ? code : ''
  return [status === 0 ? '' : String(status), word].filter((part) => part !== '').join(' ') || 'no answer'
}
