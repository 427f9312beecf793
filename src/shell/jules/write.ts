/** What is changed at Jules. Nothing here is repeated by itself; only apply.ts may call it. */
import type { NewSession } from '../../core/effect/effect.ts'
import type { Session } from '../../core/session.ts'
import { ServiceError } from '../service-error.ts'
import type { JulesClient } from './client.ts'
import { unlessMissing } from './read.ts'
import { readSession } from './schema.ts'

/** sessions.create. Input-only fields are sent only where they differ from the service's own default. */
export async function createSession(client: JulesClient, wanted: NewSession): Promise<Session> {
  const reply = await client.write('sessions.create', 'POST', 'sessions', {
    prompt: wanted.prompt,
    ...(wanted.title !== '' && { title: wanted.title }),
    sourceContext: {
      source: wanted.source,
      githubRepoContext: { startingBranch: wanted.branch },
      ...(wanted.environmentVariables && { environmentVariablesEnabled: true }),
    },
    ...(wanted.requirePlanApproval && { requirePlanApproval: true }),
    ...(wanted.autoCreatePullRequest && { automationMode: 'AUTO_CREATE_PR' }),
  })
  const session = readSession(reply)
  // An answer that names no session says nothing about whether one was made.
  if (session.id === '') throw new ServiceError({ ...NO_SESSION, passing: true, unsure: true })
  return session
}

const NO_SESSION = { party: 'jules', call: 'sessions.create', status: 200, code: 'no-session', said: '' } as const

/** sessions.sendMessage. The field is `prompt`. */
export async function sendMessage(client: JulesClient, session: string, message: string): Promise<void> {
  await client.write('sessions.sendMessage', 'POST', `sessions/${encodeURIComponent(session)}:sendMessage`, {
    prompt: message,
  })
}

/** sessions.approvePlan: approves the latest plan, whichever that is by then. */
export async function approvePlan(client: JulesClient, session: string): Promise<void> {
  await client.write('sessions.approvePlan', 'POST', `sessions/${encodeURIComponent(session)}:approvePlan`, {})
}

/** sessions.delete: for ever. One that is gone already is as good as deleted. */
export async function deleteSession(client: JulesClient, session: string): Promise<void> {
  await unlessMissing(client.write('sessions.delete', 'DELETE', `sessions/${encodeURIComponent(session)}`))
}

/** sessions.archive: hides the session, and pauses a running one. */
export async function archiveSession(client: JulesClient, session: string): Promise<void> {
  await client.write('sessions.archive', 'POST', `sessions/${encodeURIComponent(session)}:archive`, {})
}

/** sessions.unarchive: shows the session again. */
export async function unarchiveSession(client: JulesClient, session: string): Promise<void> {
  await client.write('sessions.unarchive', 'POST', `sessions/${encodeURIComponent(session)}:unarchive`, {})
}
