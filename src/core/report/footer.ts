/** The small last line of the tracking comment: who asked, and what can be said. */
import type { Story } from '../effect/story.ts'
import { span } from './markdown.ts'

export function footer({ requester, verdict, session }: Story, command: string): string {
  const asked = requester === '' ? '' : `Asked by ${span(requester, 60)}. `
  const isOver = OVER.includes(verdict.reason) || (SESSIONLESS.includes(verdict.outcome) && session === undefined)
  const isLive = !isOver && session !== undefined && session.state !== 'COMPLETED' && session.state !== 'FAILED'
  const sensible = (isLive ? undefined : VERBS_FOR[verdict.outcome]) ?? ['status', 'stop']
  const verbs = [...sensible, 'help'].map((verb) => `\`${command} ${verb}\``)
  const last = verbs.pop()
  return `<sub>${asked}Say \`${command} <text>\` to ${isOver ? 'start anew' : 'go on'}, ${verbs.join(', ')} or ${last}.</sub>`
}

/** What makes sense where nothing is under way. */
const VERBS_FOR: { [O in Story['verdict']['outcome']]?: string[] } = {
  'pull-request': ['status'],
  changes: ['status'],
  'no-changes': ['status', 'retry'],
  failed: ['status', 'retry'],
  stopped: ['retry'],
  answered: ['retry'],
}

/** Where these have no session, words begin one. */
const SESSIONLESS: readonly string[] = ['failed', 'queued', 'answered']

/** After these the session can no longer be talked to. */
const OVER: readonly string[] = ['merged', 'closed-unmerged', 'session-failed', 'gone', 'by-command', 'thread-closed']
