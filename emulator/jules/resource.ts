/** The resources of the API as they travel, and the rule of proto3 JSON by which default values are left out. */

export type Artifact =
  | { changeSet: ChangeSet }
  | { bashOutput: { command: string; output: string; exitCode?: number } }
  | { media: { data: string; mimeType: string } }

export type ChangeSet = {
  source: string
  gitPatch: { unidiffPatch: string; baseCommitId?: string; suggestedCommitMessage?: string }
}

export type Plan = {
  id: string
  steps: { id: string; index?: number; title: string; description?: string }[]
  createTime: string
}

/** What an activity tells: exactly one of these keys. */
export type Happening =
  | { planGenerated: { plan: Plan } }
  | { planApproved: { planId: string } }
  | { userMessaged: { userMessage: string } }
  | { agentMessaged: { agentMessage: string } }
  | { progressUpdated: { title?: string; description?: string } }
  | { sessionCompleted: Record<string, never> }
  | { sessionFailed: { reason: string } }

export type Activity = {
  name: string
  id: string
  createTime: string
  originator?: 'user' | 'agent' | 'system'
  description?: string
  artifacts?: Artifact[]
} & Partial<{
  planGenerated: { plan: Plan }
  planApproved: { planId: string }
  userMessaged: { userMessage: string }
  agentMessaged: { agentMessage: string }
  progressUpdated: { title?: string; description?: string }
  sessionCompleted: Record<string, never>
  sessionFailed: { reason: string }
}>

export type PullRequestOutput = { url: string; title: string; description: string; baseRef?: string; headRef?: string }

export type Output = { changeSet?: ChangeSet; pullRequest?: PullRequestOutput }

export type SourceContext = {
  source: string
  githubRepoContext?: { startingBranch?: string; workingBranch?: string }
  workingBranch?: string
  environmentVariablesEnabled?: boolean
}

/** A session as `sessions.get` answers it. */
export type SessionResource = {
  name: string
  id: string
  prompt: string
  title: string
  state: string
  url: string
  sourceContext?: SourceContext
  outputs?: Output[]
  archived?: boolean
  createTime: string
  updateTime: string
}

export type SourceResource = {
  name: string
  id: string
  githubRepo: {
    owner: string
    repo: string
    isPrivate?: boolean
    defaultBranch: { displayName: string }
    branches: { displayName: string }[]
  }
}

/** Takes out what proto3 JSON never writes ("", 0, false, empty lists), at every depth; empty objects mean something and stay. */
export function omitDefaults<T extends object>(message: T): T {
  const kept = Object.entries(message).filter(([, value]) => !isDefault(value))
  return Object.fromEntries(kept.map(([name, value]) => [name, inside(value)])) as T
}

function inside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inside)
  return typeof value === 'object' && value !== null ? omitDefaults(value) : value
}

function isDefault(value: unknown): boolean {
  if (value === undefined || value === '' || value === 0 || value === false) return true
  return Array.isArray(value) && value.length === 0
}
