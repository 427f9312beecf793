/** Which of a thread's tracking comments is meant, and whose it is. */
import type { Intent } from '../intent/intent.ts'
import type { RunOfRecord } from '../record.ts'
import type { Observed, Tracking } from './observed.ts'

/** A claim that nobody has written to for so long is taken over. */
const ABANDONED_MS = 2 * 60_000

/**
 * The one of the session that is meant, or of this request (the oldest claim counts), else the newest that can be talked to,
 * else the newest.
 */
export function choose(all: readonly Tracking[], key: string, session = ''): Tracking | undefined {
  if (session !== '') return all.find(({ record }) => record.session === session)
  const trackings = all.filter((one) => !isDouble(one, all))
  return trackings.find(({ record }) => record.key === key) ?? trackings.findLast(isTalkable) ?? trackings.at(-1)
}

function isTalkable({ record }: Tracking): boolean {
  return !['failed', 'stopped', 'closed', 'queued'].includes(record.phase)
}

/** The one that this run is about. */
export function chosen(
  intent: Intent,
  { trackings, key, maker, run, requests }: Pick<Observed, 'trackings' | 'key' | 'maker' | 'run' | 'requests'>,
): Tracking | undefined {
  switch (intent.because.kind) {
    case 'news':
      return maker === undefined ? undefined : choose(trackings, key, maker)
    case 'sweep':
      return (
        begun(trackings, key, run) ??
        atWork(trackings) ??
        queued(trackings) ??
        newest(trackings, choose(trackings, key))
      )
    case 'session':
      return choose(trackings, key, namedSession(intent))
    default:
      return begun(trackings, key, run) ?? newest(trackings, unhindered(trackings, key, requests.length > 0))
  }
}

/** Where this request has come to nothing, what is said later is said to another session of the thread, if there is one. */
function addressed(trackings: readonly Tracking[], key: string, isAsked: boolean): Tracking | undefined {
  const own = choose(trackings, key)
  return isAsked && own?.record.key === key && !isTalkable(own) ? choose(trackings, '') : own
}

/** A request that waits for room at Jules goes on waiting while a session of the thread is at work. */
function unhindered(trackings: readonly Tracking[], key: string, isAsked: boolean): Tracking | undefined {
  const own = addressed(trackings, key, isAsked)
  const waits = own?.record.key === key && own.record.phase === 'queued'
  return waits ? (atWork(trackings) ?? own) : own
}

/** What this very run has claimed for a command that another one was started by, it carries on before its own. */
function begun(trackings: readonly Tracking[], key: string, run: Observed['run']): Tracking | undefined {
  return trackings.find(
    ({ record }) => record.key !== key && ['claimed', 'creating'].includes(record.phase) && isSameRun(record.run, run),
  )
}

/** As long as a session of the thread is at work, no other one is started. */
function atWork(trackings: readonly Tracking[]): Tracking | undefined {
  return trackings.find(({ record }) => record.phase === 'following' && record.session !== '')
}

/** A session that was started in place of another one goes on for it. */
function newest(trackings: readonly Tracking[], tracking: Tracking | undefined): Tracking | undefined {
  const session = tracking?.record.session ?? ''
  const next = session === '' ? undefined : trackings.find(({ record }) => record.replaces === session)
  return next === undefined ? tracking : newest(trackings, next)
}

/** The session that the workflow file names, or ''. */
export function namedSession({ because }: Intent): string {
  return because.kind === 'session' ? because.session : ''
}

/** A request that waits for room at Jules has nobody else to start it. */
function queued(trackings: readonly Tracking[]): Tracking | undefined {
  return trackings.findLast((one) => one.record.phase === 'queued' && !isDouble(one, trackings))
}

/** A second claim of the same request, which has come to no session: the first one counts. */
function isDouble(one: Tracking, trackings: readonly Tracking[]): boolean {
  return one.record.session === '' && trackings.find(({ record }) => record.key === one.record.key) !== one
}

/** Claims of the same request that came later. */
export function laterClaims(trackings: readonly Tracking[], chosen: Tracking): Tracking[] {
  return trackings.filter((other) => other !== chosen && other.record.key === chosen.record.key)
}

export function isSameRun(one: RunOfRecord | undefined, other: RunOfRecord | undefined): boolean {
  return one?.id === other?.id && one?.attempt === other?.attempt && one?.job === other?.job
}

/** Is it this run's? A later attempt carries on where the earlier one died; another job of the same attempt is another run. */
export function isOurs({ record }: Tracking, run: Observed['run']): boolean {
  if (record.run?.id !== run.id) return false
  return record.run.attempt < run.attempt || isSameRun(record.run, run)
}

/** May this run carry it on? */
export function isFree(tracking: Tracking, observed: Pick<Observed, 'run' | 'now'>): boolean {
  const nobodys = tracking.record.run === undefined
  return nobodys || isOurs(tracking, observed.run) || observed.now - tracking.written >= ABANDONED_MS
}
