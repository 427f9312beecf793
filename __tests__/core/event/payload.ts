/** GitHub's own example payloads, and small ones of our own. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { list, text } from '../../../src/core/outside.ts'

const file = createRequire(import.meta.url).resolve('@octokit/webhooks-examples')
const definitions: unknown = JSON.parse(readFileSync(file, 'utf8'))

export type Example = { name: string; event: string; action: string; payload: unknown }

/** Every example of every event that GitHub sends. */
export const EXAMPLES: Example[] = list(definitions).flatMap((definition) => {
  const event = text(definition, 'name')
  return list(definition, 'examples').map((payload, at) => {
    const action = text(payload, 'action')
    return { name: `${event} ${action} ${at}`, event, action, payload }
  })
})

export function examplesOf(event: string, action: string): unknown[] {
  return EXAMPLES.filter((one) => one.event === event && one.action === action).map(({ payload }) => payload)
}

export const ADA = { login: 'ada', id: 7, type: 'User' }
export const REPO = { full_name: 'acme/widgets', id: 1000 }
export const ISSUE = { number: 12, title: 'Date test fails', body: 'Mend it.', updated_at: '2026-11-20T11:58:00Z' }
export const PULL_REQUEST = {
  ...ISSUE,
  number: 34,
  head: { ref: 'mend', repo: { id: 1000 } },
  base: { ref: 'main', repo: { id: 1000 } },
}
export const FORK_PULL = { ...PULL_REQUEST, head: { ref: 'mend', repo: { id: 2000 } } }
export const comment = (body: string, user: unknown = ADA) => ({
  id: 601,
  body,
  user,
  html_url: 'https://github.com/acme/widgets/issues/12#issuecomment-601',
})
export const SUBMITTED = '2026-11-20T11:58:30Z'
/** On a line of the pull request, as part of a review. */
export const lineComment = (body: string, user: unknown = ADA) => ({
  ...comment(body, user),
  pull_request_review_id: 901,
  created_at: '2026-11-20T11:58:00Z',
  updated_at: '2026-11-20T11:59:00Z',
  path: 'src/date.ts',
  line: 7,
  original_line: 6,
  side: 'RIGHT',
  diff_hunk: '@@ -1,2 +1,2 @@\n-old\n+new',
})
export const review = (body: string, user: unknown = ADA) => ({ id: 901, body, user, submitted_at: SUBMITTED })
export const payload = (more: object) => ({ repository: REPO, sender: ADA, ...more })
