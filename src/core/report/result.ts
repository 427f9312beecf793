/** Story → the action's outputs. All of them are set on every run, empty when there is nothing to say. */
import type { Story } from '../effect/story.ts'
import type { OUTPUT_NAMES } from '../inputs.ts'
import { linkOf } from './comment.ts'
import { sessionLink } from './markdown.ts'
import { renderSummary } from './summary.ts'

export type OutputName = (typeof OUTPUT_NAMES)[number]
export type Outputs = Record<OutputName, string>

const OUTPUT_LIMIT = 100 * 1024
const RESULT_VERSION = 1

export function outputsOf(story: Story, command: string, filesPath = ''): Outputs {
  const { verdict, session } = story
  const pull = linkOf(story)
  const named = {
    outcome: verdict.outcome,
    reason: verdict.reason,
    'session-id': session?.id ?? '',
    'session-url': sessionLink(session?.url ?? '') ?? '',
    'session-state': session?.rawState ?? '',
    'pull-request-url': pull?.url ?? '',
    'pull-request-number': pull === undefined ? '' : String(pull.number),
    'comment-url': story.commentUrl,
    summary: renderSummary({ ...story, patch: '' }, command, Math.floor(OUTPUT_LIMIT / 3)),
    'files-path': filesPath,
  }
  return {
    ...named,
    result: JSON.stringify({ version: RESULT_VERSION, ...named, 'pull-request-number': pull?.number ?? null }),
  }
}
