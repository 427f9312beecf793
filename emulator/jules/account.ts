/** One account of Jules: its sources, its sessions, and the passing of time over them. */
import type { Clock } from '../clock.ts'
import { firstFrom } from './first-from.ts'
import { dueAt, takeStep } from './play.ts'
import { makePublisher, type Publishing } from './publisher.ts'
import { notFound } from './refusal.ts'
import type { SourceResource } from './resource.ts'
import type { Session } from './session.ts'

export type Account = {
  sources: SourceResource[]
  /** Newest first. */
  sessions: Session[]
  /** When sessions were created, deleted ones too: they count for the daily quota. */
  creations: number[]
  now(): number
  /** The session, or the refusal that Jules gives for one that is not there. */
  find(id: string): Session
  /** The same for a read, which may come too early. */
  read(id: string): Session
  /** Does everything that is due at the present time. */
  catchUp(): void
  settled(): Promise<void>
  /** Forgets every session. */
  reset(sources: SourceResource[]): void
  stop(): void
}

export type AccountOptions = Publishing & {
  clock: Clock
  sources: SourceResource[]
  /** Called for every read of a session; may refuse it. */
  onRead(session: Session): void
}

export function openAccount(options: AccountOptions): Account {
  const { clock, sources, onRead } = options
  const sessions: Session[] = []
  const publisher = makePublisher({ ...options, onPublished: () => sleep() })
  const creations: number[] = []
  let callOff = () => {}
  let stopped = false

  function catchUp(): void {
    const now = clock.now()
    const line = dueBy(sessions, now)
    for (let next = line.pop(); next !== undefined; next = line.pop()) {
      const { session } = next
      takeStep(session, next.at, publisher.publish)
      const at = dueAt(session)
      if (at === undefined || at > now) continue
      const place = firstFrom(line, (due) => due.at <= at)
      line.splice(place, 0, { session, at })
    }
    sleep()
  }

  function sleep(): void {
    callOff()
    const next = earliest(sessions)
    if (next !== undefined && !stopped) callOff = clock.at(next, catchUp)
  }

  function find(id: string): Session {
    const session = sessions.find((candidate) => candidate.id === id)
    if (session === undefined) throw notFound()
    return session
  }

  return {
    sources,
    sessions,
    creations,
    now: clock.now,
    find,
    read: (id) => {
      const session = find(id)
      onRead(session)
      return session
    },
    catchUp,
    settled: async () => {
      catchUp()
      while (await publisher.published()) catchUp()
    },
    reset: (fresh) => {
      sessions.length = 0
      creations.length = 0
      publisher.reset()
      sources.splice(0, sources.length, ...fresh)
      sleep()
    },
    stop: () => {
      stopped = true
      callOff()
    },
  }
}

/** The sessions with a step that is due, the latest first; of those at the same time the one created first is last. */
function dueBy(sessions: Session[], now: number): { session: Session; at: number }[] {
  const due = sessions.flatMap((session) => {
    const at = dueAt(session)
    return at !== undefined && at <= now ? [{ session, at }] : []
  })
  return due.sort((a, b) => b.at - a.at)
}

function earliest(sessions: Session[]): number | undefined {
  let found: number | undefined
  for (const session of sessions) {
    const at = dueAt(session)
    if (at !== undefined && (found === undefined || at < found)) found = at
  }
  return found
}
