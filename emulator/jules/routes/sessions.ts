/** The methods of a session: create, get, list, delete, and the four custom verbs. */
import type { Answer, Request, Route } from '../../server.ts'
import type { Account } from '../account.ts'
import { approvePlan, archive, type Manners, receiveMessage, unarchive } from '../converse.ts'
import { sessionFilter } from '../filter.ts'
import { firstFrom } from '../first-from.ts'
import { allowParameters, cutPage } from '../query.ts'
import { exhausted, failedPrecondition, invalidArgument } from '../refusal.ts'
import type { SourceResource } from '../resource.ts'
import type { ScenarioLibrary } from '../scenario-file/library.ts'
import { isActive, present, type Session } from '../session.ts'
import type { Settings } from '../settings.ts'
import { readBody, type Shape, textOf } from '../shape.ts'
import type { Step } from '../step.ts'
import { makeSession, readWanted, scenarioFor } from './create.ts'

const DAY_MS = 24 * 60 * 60 * 1000

export type SessionRules = {
  naming: 'slash' | 'dashed'
  settings: Settings
  scenarios: ScenarioLibrary
  hasBranch(source: SourceResource, branch: string): boolean
}

export function sessionRoutes(account: Account, rules: SessionRules): Route[] {
  const found = ({ params }: Request) => account.find(params.id ?? '')
  /** What an empty success looks like: `{}` or nothing at all. */
  const empty = (): Answer => (rules.settings.emptyBodies ? { text: '' } : { body: {} })
  const shown = (session: Session): Answer => ({ body: present(session) })
  const route = (name: string, method: string, pattern: string, handle: Route['handle']): Route => ({
    name: `sessions.${name}`,
    method,
    pattern: `/v1alpha/sessions${pattern}`,
    handle,
  })
  return [
    route('create', 'POST', '', (request) => shown(create(account, rules, request))),
    route('list', 'GET', '', ({ query }) => list(account, query)),
    route('get', 'GET', '/:id', (request) => {
      allowParameters(request.query, [])
      return shown(account.read(request.params.id ?? ''))
    }),
    route('delete', 'DELETE', '/:id', (request) => {
      allowParameters(request.query, [])
      account.sessions.splice(account.sessions.indexOf(found(request)), 1)
      return empty()
    }),
    ...verbs(account, rules.settings).map(({ name, fields, act }) =>
      route(name, 'POST', `/:id:${name}`, (request) => {
        allowParameters(request.query, [])
        const body = readBody(request, fields)
        return act(found(request), body) ?? empty()
      }),
    ),
  ]
}

type Verb = { name: string; fields: Shape; act(session: Session, body: Record<string, unknown>): Answer | undefined }

/** The custom verbs; all but one have an empty body. */
function verbs(account: Account, manners: Manners): Verb[] {
  return [
    {
      name: 'sendMessage',
      fields: { prompt: 'string' },
      act: (session, body) => {
        const prompt = textOf(body, 'prompt')
        if (prompt.trim() === '') throw invalidArgument()
        receiveMessage(session, prompt, account.now(), manners)
        return undefined
      },
    },
    {
      name: 'approvePlan',
      fields: {},
      act: (session) => {
        approvePlan(session, account.now(), manners)
        return undefined
      },
    },
    {
      name: 'archive',
      fields: {},
      act: (session) => {
        archive(session, account.now())
        return { body: present(session) }
      },
    },
    {
      name: 'unarchive',
      fields: {},
      act: (session) => {
        unarchive(session, account.now())
        return { body: present(session) }
      },
    },
  ]
}

function create(account: Account, rules: SessionRules, request: Request): Session {
  allowParameters(request.query, [])
  const wanted = readWanted(request, account.sources, rules.naming)
  const scenario = scenarioFor(wanted.prompt, rules.scenarios)
  refuseOverQuota(account, rules.settings)
  const session = makeSession(wanted, scenario, account)
  const branch = wanted.context?.githubRepoContext?.startingBranch ?? ''
  if (wanted.source !== undefined && !rules.hasBranch(wanted.source, branch)) session.script = branchIsMissing(branch)
  account.sessions.unshift(session)
  account.creations.push(session.since)
  return session
}

/** A wrong branch is accepted at first and shows only when Jules fetches it. */
function branchIsMissing(branch: string): Step[] {
  return [
    { after: 3, do: 'become', state: 'PLANNING' },
    { after: 8, do: 'fail', reason: `The branch ${branch} could not be found in the repository.` },
  ]
}

/** A session counts for its day even when it has failed or was deleted, and as running while it waits for somebody. */
function refuseOverQuota(account: Account, { dailyLimit, concurrentLimit, quotaRefusal }: Settings): void {
  const dayAgo = account.now() - DAY_MS
  const today = account.creations.length - firstFrom(account.creations, (at) => at > dayAgo)
  const running = account.sessions.filter(isActive).length
  if (today < dailyLimit && running < concurrentLimit) return
  throw quotaRefusal === 'exhausted' ? exhausted() : failedPrecondition()
}

/** Newest first; the token is base64 and stands for the creation time of the last session on the page. */
function list(account: Account, query: URLSearchParams): Answer {
  allowParameters(query, ['pageSize', 'pageToken', 'filter'])
  const matches = sessionFilter(query.get('filter') ?? '')
  const { items, nextPageToken } = cutPage(account.sessions, ({ archived }) => matches(archived), {
    query,
    usual: 30,
    token: (last) => Buffer.from(`before:${last.createTime}`).toString('base64'),
    start: (token) => {
      const time = /^before:(\d+)$/.exec(Buffer.from(token, 'base64').toString())?.[1]
      return time === undefined ? undefined : firstFrom(account.sessions, ({ createTime }) => createTime < BigInt(time))
    },
  })
  const sessions = items.map(present)
  return { body: { ...(sessions.length > 0 && { sessions }), ...(nextPageToken !== '' && { nextPageToken }) } }
}
