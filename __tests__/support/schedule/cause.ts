/** What people do in a schedule, and the events that tell of it. */
import type { Stageful } from './play.ts'
import type { Happening } from './schedule.ts'

export type Event = { event: string; payload: object }
export const SWEEP: Event = { event: 'schedule', payload: { schedule: '17 */2 * * *' } }

const WORDS = {
  bare: '/jules',
  approve: '/jules approve',
  status: '/jules status',
  retry: '/jules retry',
  stop: '/jules stop',
}

/** Somebody does it; the event that tells of it. */
export function cause(
  { world, ann, rob, threads, deliveries }: Stageful,
  { what, thread }: Happening,
  at: number,
): Event | undefined {
  const number = threads[thread] ?? 0
  const before = deliveries.length
  const opened = () =>
    deliveries.findLast(({ event, payload }) => event === 'pull_request' && Reflect.get(payload, 'action') === 'opened')
  switch (what) {
    case 'sweep':
      return SWEEP
    case 'news':
      return opened()
    case 'again':
      return undefined
    case 'label':
      world.github.label(ann, number, 'ask-jules')
      break
    case 'say':
      world.github.comment(ann, number, `/jules ${wordsOf(at)}`)
      break
    case 'outsider':
      world.github.comment(rob, number, `/jules ${wordsOf(at)}`)
      break
    default:
      world.github.comment(ann, number, WORDS[what])
  }
  return deliveries.slice(before).at(-1)
}

/** Words that nobody else says. */
function wordsOf(at: number): string {
  return `please do number ${at}.`
}
