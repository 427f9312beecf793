/** What the runner tells a run about itself. */
import { randomBytes } from 'node:crypto'
import { at, text, whole } from '../../core/outside.ts'

export type Surroundings = {
  repository: string
  repositoryId: string
  /** As the event tells it; '' where it does not. */
  defaultBranch: string
  runId: string
  attempt: number
  /** A fresh word: several jobs of a run may be at the same thread. */
  job: string
  runUrl: string
  apiUrl: string
  serverUrl: string
  /** Who started this attempt; somebody else than the sender where the run was started again. */
  triggeringActor: string
}

/** Reads the run's own context by the toolkit's eyes, once the event file is known to be sound. */
export async function readSurroundings(payload: unknown): Promise<Surroundings> {
  // Loaded late: it parses the event file while it loads, and would end in a stack trace where that is broken.
  const { context } = await import(/* webpackMode: "eager" */ '@actions/github')
  const { owner, repo } = context.repo
  const repository = `${owner}/${repo}`
  const repositoryId = process.env.GITHUB_REPOSITORY_ID || String(whole(payload, 'repository', 'id') ?? '')
  return {
    repository,
    repositoryId,
    defaultBranch: text(payload, 'repository', 'default_branch'),
    runId: String(context.runId),
    attempt: context.runAttempt || 1,
    job: randomBytes(4).toString('hex'),
    runUrl: `${context.serverUrl}/${repository}/actions/runs/${context.runId}`,
    apiUrl: context.apiUrl,
    serverUrl: context.serverUrl,
    triggeringActor: process.env.GITHUB_TRIGGERING_ACTOR || text(at(payload, 'sender'), 'login'),
  }
}

/** Has somebody switched off that certificates are checked? */
export function trustsAnyCertificate(): boolean {
  return process.env.NODE_TLS_REJECT_UNAUTHORIZED === '0'
}
