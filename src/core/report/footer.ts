/** The small last line of the tracking comment: who asked, and what can be said. */
import type { Story } from '../effect/story.ts'
import { span } from './markdown.ts'

export function footer({ requester, verdict, session }: Story, command: string): string {
  const asked = requester === '' ? '' : `Asked by ${span(requester, 60)}. `
  const isOver = OVER.includes(verdict.reason) || (verdict.outcome === 'failed' && session === undefined)
  const verbs = [...(VERBS_FOR[verdict.outcome] ?? ['status', 'stop']), 'help'].map((verb) => `\`${command} ${verb}\``)
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
}

/** After these the session can no longer be talked to. */
const OVER: readonly string[] = ['merged', 'closed-unmerged', 'session-failed', 'gone', 'by-command', 'thread-closed']
