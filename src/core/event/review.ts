/** Reviews and the comments on lines of code, as payloads and the API both show them. */
import { at, text, whole } from '../outside.ts'
import type { LineComment, Review } from './event.ts'
import { readPerson } from './person.ts'

/** Names of files that a person can still read are shorter. */
const PATH_LIMIT = 500

/** pull_request_review; undefined for what is none. */
export function readReview(value: unknown): Review | undefined {
  const id = whole(value, 'id')
  if (id === undefined) return undefined
  return { id, body: text(value, 'body'), author: readPerson(at(value, 'user')), at: text(value, 'submitted_at') }
}

/** pull_request_review_comment; undefined for what is none. */
export function readLineComment(value: unknown): LineComment | undefined {
  const id = whole(value, 'id')
  if (id === undefined) return undefined
  return {
    id,
    body: text(value, 'body'),
    author: readPerson(at(value, 'user')),
    url: text(value, 'html_url'),
    review: whole(value, 'pull_request_review_id') ?? 0,
    at: text(value, 'created_at'),
    changed: text(value, 'updated_at'),
    passage: {
      path: text(value, 'path').slice(0, PATH_LIMIT),
      line: whole(value, 'line') ?? whole(value, 'original_line'),
      before: text(value, 'side') === 'LEFT',
      hunk: text(value, 'diff_hunk'),
    },
  }
}
