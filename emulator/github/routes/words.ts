/** What a call says that a thread shall be: its title, its body, its state. */
import type { Request } from '../../server.ts'
import { invalid } from '../refusal.ts'
import type { Thread } from '../store.ts'
import { fieldOf, type Visit } from './plan.ts'

const LONGEST_TITLE = 256

/** Title and body, as far as they are given; null for a body is none. */
export function wordsOf({ store, request }: Visit): { title?: string; body?: string } {
  const title = wordOf(request, 'title', LONGEST_TITLE)
  if (title?.trim() === '') throw invalid('Issue', 'title', 'custom', "title can't be blank")
  const body = wordOf(request, 'body', store.commentLimit)
  return { ...(title !== undefined && { title }), ...(body !== undefined && { body }) }
}

function wordOf(request: Request, field: 'title' | 'body', limit: number): string | undefined {
  const value = fieldOf(request, field)
  if (value === undefined || (value === null && field === 'title')) return undefined
  if (value === null) return ''
  if (typeof value !== 'string') throw invalid('Issue', field, 'invalid')
  if (value.length > limit)
    throw invalid('Issue', field, 'custom', `${field} is too long (maximum is ${limit} characters)`)
  return value
}

/** Open or closed, if anything is said of it. */
export function stateOf(request: Request): 'open' | 'closed' | undefined {
  const state = fieldOf(request, 'state')
  if (state === undefined || state === null || state === 'open' || state === 'closed') return state ?? undefined
  throw invalid('Issue', 'state', 'invalid')
}

/** What is merged stays closed. */
export function demandReopenable(thread: Thread): void {
  if (thread.kind === 'pull-request' && thread.mergedAt !== null)
    throw invalid('PullRequest', 'state', 'custom', 'state cannot be changed. The pull request cannot be reopened.')
}
