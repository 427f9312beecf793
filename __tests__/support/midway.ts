/** Trouble that comes while a run is at work: it is told by what the run asks Jules. */
import type { Answer } from '../../emulator/server.ts'
import type { Told } from './story.ts'

/** Does something when the session is looked at for the n-th time. */
export function atLook(world: Told, n: number, act: () => void): void {
  let seen = 0
  world.jules.server.onCall(({ route }) => {
    if (route !== 'sessions.get') return
    seen += 1
    if (seen === n) act()
  })
}

/** From now on GitHub answers so, on one route or on all. */
export function githubAnswers(world: Told, answer: Answer, route = '*', times = 9999): void {
  world.github.server.faults.add({ route, phase: 'before', times, act: { kind: 'answer', answer } })
}

/** Calls to GitHub that came after the first which was answered so. */
export function callsAfter(world: Told, status: number): string[] {
  const { calls } = world.github.server
  const first = calls.findIndex((call) => call.status === status)
  return first === -1 ? [] : calls.slice(first + 1).map(({ method, path }) => `${method} ${path}`)
}

/** All outputs that have to be there on every run. */
export const ALL_OUTPUTS = [
  'comment-url',
  'files-path',
  'outcome',
  'pull-request-number',
  'pull-request-url',
  'reason',
  'result',
  'session-id',
  'session-state',
  'session-url',
  'summary',
]
