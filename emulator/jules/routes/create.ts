/** What `sessions.create` asks for, checked as strictly as Jules checks it. */
import type { Request } from '../../server.ts'
import type { Account } from '../account.ts'
import { digits, spread } from '../identity.ts'
import { invalidArgument, notFound } from '../refusal.ts'
import { omitDefaults, type SourceContext, type SourceResource } from '../resource.ts'
import type { ScenarioLibrary } from '../scenario-file/library.ts'
import type { Session } from '../session.ts'
import { messageOf, readBody, type Shape, textOf } from '../shape.ts'
import type { Scenario } from '../step.ts'
import { type Nanos, nanos } from '../timestamp.ts'

const OUTPUT_ONLY = ['name', 'id', 'state', 'url', 'outputs', 'createTime', 'updateTime', 'archived']

const CONTEXT: Shape = {
  source: 'string',
  githubRepoContext: { message: { startingBranch: 'string', workingBranch: 'string' } },
  // Clients disagree on where it stands, and nobody says what it does.
  workingBranch: 'string',
  environmentVariablesEnabled: 'boolean',
}

const SESSION: Shape = {
  prompt: 'string',
  title: 'string',
  sourceContext: { message: CONTEXT },
  requirePlanApproval: 'boolean',
  automationMode: {
    enum: 'google.labs.jules.v1alpha.AutomationMode',
    values: ['AUTOMATION_MODE_UNSPECIFIED', 'AUTO_CREATE_PR'],
  },
  ...Object.fromEntries(OUTPUT_ONLY.map((name) => [name, 'output' as const])),
}

export type Wanted = {
  prompt: string
  title: string
  context: SourceContext | undefined
  source: SourceResource | undefined
  requirePlanApproval: boolean
  createsPullRequest: boolean
}

/** Reads the body, or refuses it. */
export function readWanted(request: Request, sources: SourceResource[], naming: 'slash' | 'dashed'): Wanted {
  const body = readBody(request, SESSION, 'session')
  const prompt = textOf(body, 'prompt')
  if (prompt.trim() === '') throw invalidArgument()
  const context = readContext(messageOf(body, 'sourceContext'))
  return {
    prompt,
    title: textOf(body, 'title') || titleFor(prompt),
    context,
    source: context && findSource(context.source, sources, naming),
    requirePlanApproval: body.requirePlanApproval === true,
    createsPullRequest: body.automationMode === 'AUTO_CREATE_PR',
  }
}

function readContext(given: Record<string, unknown> | undefined): SourceContext | undefined {
  if (given === undefined) return undefined
  const repository = messageOf(given, 'githubRepoContext') ?? {}
  const source = textOf(given, 'source')
  const startingBranch = textOf(repository, 'startingBranch')
  if (source === '' || startingBranch === '') throw invalidArgument()
  const workingBranch = textOf(repository, 'workingBranch')
  return omitDefaults({
    source,
    githubRepoContext: { startingBranch, workingBranch },
    workingBranch: textOf(given, 'workingBranch'),
    environmentVariablesEnabled: given.environmentVariablesEnabled === true,
  })
}

const WELL_FORMED = { slash: /^sources\/github\/[^/]+\/[^/]+$/, dashed: /^sources\/github-[^/]+$/ }

function findSource(name: string, sources: SourceResource[], naming: 'slash' | 'dashed'): SourceResource {
  if (!WELL_FORMED[naming].test(name)) throw invalidArgument()
  const source = sources.find((candidate) => candidate.name === name)
  if (source === undefined) throw notFound()
  return source
}

function titleFor(prompt: string): string {
  const line = prompt.trim().split('\n')[0] ?? ''
  return line.length > 60 ? `${line.slice(0, 59).trimEnd()}…` : line
}

/** The scenario that a marker in the prompt names, else the usual one. */
export function scenarioFor(prompt: string, library: ScenarioLibrary): Scenario {
  const marked = /\[scenario: *([a-z0-9-]+)\]/i.exec(prompt)?.[1]?.toLowerCase()
  if (marked === undefined) return library.usual()
  try {
    return library.find(marked)
  } catch (error) {
    throw invalidArgument(error instanceof Error ? error.message : String(error))
  }
}

/** A new session in the state QUEUED, with its script laid out. */
export function makeSession(wanted: Wanted, scenario: Scenario, account: Account): Session {
  const since = account.now()
  const serial = account.creations.length
  const createTime = timeAfter(account.sessions[0], nanos(since) + BigInt(spread(`session ${serial}`, 1_000_000)))
  return {
    ...wanted,
    requirePlanApproval: wanted.requirePlanApproval || scenario.gated,
    id: digits(`session ${serial}`),
    state: 'QUEUED',
    archived: false,
    createTime,
    updateTime: createTime - (createTime % 1000n),
    gate: 'none',
    lateApproval: scenario.lateApproval,
    approved: false,
    planId: undefined,
    change: undefined,
    outputs: [],
    activities: [],
    script: [...scenario.steps],
    turn: scenario.turn,
    replanning: scenario.replanning,
    since,
    publishing: false,
  }
}

/** Lists are in the order of the times, so that no two sessions share one, however quickly they are created. */
function timeAfter(newest: Session | undefined, wanted: Nanos): Nanos {
  return newest === undefined || wanted > newest.createTime ? wanted : newest.createTime + 1000n
}
