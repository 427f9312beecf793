/** Which threads are under way: those with a live label, and those of the newest sessions that have not settled. */
import { lastLine } from '../core/decision/digest.ts'
import { readCorrelation } from '../core/decision/prompt.ts'
import { readLabeled } from './github/read.ts'
import { newestSessions } from './jules/read.ts'
import type { Parties } from './parties.ts'

/** Looked at in one sweep; the next one goes on. */
const MOST_THREADS = 50
const LIVE = ['jules: running', 'jules: waiting']
const SETTLED = ['COMPLETED', 'FAILED']

/** Their numbers, newest first. Each proves itself again when it is looked at. */
export async function liveThreads(parties: Parties): Promise<number[]> {
  const { github, jules, run, config } = parties
  const labeled = config.statusLabels ? await Promise.all(LIVE.map((label) => readLabeled(github, label))) : []
  const unsettled = (await newestSessions(jules)).filter(({ state }) => !SETTLED.includes(state))
  const named = unsettled.flatMap(({ prompt }) => readCorrelation(lastLine(prompt), run.repository)?.thread ?? [])
  return [...new Set([...labeled.flat(), ...named])].sort((a, b) => b - a).slice(0, MOST_THREADS)
}
