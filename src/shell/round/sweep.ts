/** One sweep: visits the threads where something is new, within what one sweep may cost. */
import { briefStory, type Story } from '../../core/effect/story.ts'
import type { Verdict } from '../../core/outcome.ts'
import type { Known } from '../observe/memory.ts'
import type { Parties } from '../parties.ts'
import { type Due, dueThreads } from './threads.ts'

/** Runs the whole path for one thread, and notes in words what it has done there. */
export type Visit = (one: Parties, known: Known, did: string[]) => Promise<Story>

/** Requests to GitHub: its limit is a thousand an hour for all runs of a repository together. */
const MOST_CALLS = 300
/** What one visit may cost. */
const VISIT_CALLS = 20
/** A visit asks Jules twice, and Jules is felt to take no more than sixty calls a minute. */
const VISIT_MS = 2000
/** Left for the end of the job. */
const LAST_MS = 60_000

/** Fills in what it comes to as it goes, so that what was done is told even where it breaks. */
export async function sweepThreads(parties: Parties, story: Story, visit: Visit): Promise<Story> {
  const { due, calm, known } = await dueThreads(parties)
  story.unvisited = { calm, left: due.length }
  const began = parties.elapsed()
  for (const one of due) {
    await parties.patience.pause(Math.max(0, began + story.swept.length * VISIT_MS - parties.elapsed()))
    if (isSpent(parties)) break
    const { verdict, trouble } = await goTo(parties, known, story, one, visit)
    if (isForAll(trouble)) return { ...story, verdict, trouble }
    // Those that wait come last, the longest first: where Jules has no room for one, it has none for the next.
    if (verdict.outcome === 'queued') break
  }
  if (parties.cancelled()) return { ...story, verdict: CANCELLED }
  return parties.config.dryRun ? { ...story, verdict: REHEARSED } : story
}

/** What one sweep has found so far. */
export function emptySweep(repository: string): Story {
  return briefStory(repository, { outcome: 'swept', reason: 'done' })
}

const CANCELLED: Verdict = { outcome: 'running', reason: 'cancelled' }
const REHEARSED: Verdict = { outcome: 'dry-run', reason: 'done' }

async function goTo(parties: Parties, known: Known, story: Story, { number, askedOn, thread }: Due, visit: Visit) {
  const intent = { ...parties.intent, thread: { number, kind: 'issue' } as const }
  const did: string[] = []
  const found = await visit({ ...parties, intent }, { ...known, askedOn, ...(thread && { thread }) }, did)
  story.swept.push({ thread: number, verdict: found.verdict, did: parties.config.dryRun ? found.intended : did })
  story.unvisited.left -= 1
  return found
}

/** Is there no time, or are there no calls, for one more? */
function isSpent({ github, patience, cancelled }: Parties): boolean {
  return cancelled() || github.calls() + VISIT_CALLS > MOST_CALLS || patience.left() < LAST_MS
}

/** What GitHub refuses for one thread because of the token, it refuses for every other one. */
function isForAll(trouble: Story['trouble']): boolean {
  return trouble?.refusal === 'token' || trouble?.refusal === 'rate-limit'
}
