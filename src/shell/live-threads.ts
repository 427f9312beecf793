/** Which threads are under way: those with a live label, and those of the newest sessions that have not settled. */
import { lastLine } from '../core/decision/digest.ts'
import { readCorrelation } from '../core/decision/prompt.ts'
import { readLabeled } from './github/read.ts'
import { newestSessions } from './jules/read.ts'
import type { Parties } from './parties.ts'

/** Looked at in one sweep; the next one goes on. */
const MOST_THREADS = 50
const LIVE = ['jules: running', 'jules: waiting']
const QUEUED = 'jules: queued'
const SETTLED = ['COMPLETED', 'FAILED']

/** Their numbers: those with a session first, the newest before the others; then those that wait for one, the longest first. */
export async function liveThreads(parties: Parties): Promise<number[]> {
  const { github, jules, run, config } = parties
  const labeled = async (name: string, direction: 'asc' | 'desc') =>
    config.statusLabels ? await readLabeled(github, name, direction) : []
  const live = (await Promise.all(LIVE.map((label) => labeled(label, 'desc')))).flat()
  const unsettled = (await newestSessions(jules)).filter(({ state }) => !SETTLED.includes(state))
  const named = unsettled.flatMap(({ prompt }) => readCorrelation(lastLine(prompt), run.repository)?.thread ?? [])
  const queued = await labeled(QUEUED, 'asc')
  const first = [...new Set([...live, ...named])].sort((a, b) => b - a)
  return [...new Set([...first, ...queued])].slice(0, MOST_THREADS)
}
