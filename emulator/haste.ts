/** Decides when the emulated time may leap: when every process and every call only waits for it to pass. */
import type { ChildProcess } from 'node:child_process'

export type Haste = {
  /** Takes a process into account that was started with the clock's environment and hears messages. */
  join(member: Member): Membership
  /** A call has arrived. Returns what tells that it is over. */
  open(): () => void
  /** A call is made to wait on purpose. Returns what tells that it is no longer so. */
  park(): () => void
  /** Something has changed: perhaps the time can leap now. */
  consider(): void
  /** Asked whenever everybody only waits; the time leaps only where it has nothing that goes on first. */
  whenIdle(goOn: () => boolean): void
}

/** Somebody who lives in the same time. */
export type Member = {
  tell(message: object): void
  onTold(listener: (message: Told) => void): void
}

export type Membership = {
  /** Something was done to it that it has not told of yet, such as a signal: it may not be idle any more. */
  stir(): void
  leave(): void
}

/** Without `left` it is at work; `sockets`: over so many connections it waits for answers. */
export type Told = { left?: number; sockets?: number }

/** A process of its own, started with a channel for messages. */
export function processMember(child: ChildProcess): Member {
  child.channel?.unref()
  return {
    tell: (message) => child.send(message, () => undefined),
    onTold: (listener) => child.on('message', (message) => listener(Object(message))),
  }
}

export type World = {
  now(): number
  leap(ms: number): void
  /** What is going to happen by itself; what somebody awaits is reason enough to leap. */
  alarms(): { due: number; isAwaited: boolean }[]
}

/** What a process waits for: the end of a timer, and answers over so many connections. */
type Idle = { due: number; sockets: number }

export function makeHaste({ now, leap, alarms }: World): Haste {
  const members = new Map<Member, Idle | undefined>()
  let opened = 0
  let parked = 0
  let planned = false
  let goOn = () => false

  /** Not at once: what has arrived in the same moment is to be heard first. */
  function consider(): void {
    if (planned) return
    planned = true
    setImmediate(() =>
      setImmediate(() => {
        planned = false
        leapIfIdle()
      }),
    )
  }

  function leapIfIdle(): void {
    const idle = [...members.values()].filter((one) => one !== undefined)
    const sockets = idle.reduce((sum, one) => sum + one.sockets, 0)
    if (idle.length < members.size || opened !== parked || sockets !== parked) return
    if (goOn()) {
      consider()
      return
    }
    const reasons = [...idle, ...alarms().filter(({ isAwaited }) => isAwaited)]
    const target = Math.min(...[...(reasons.length > 0 ? alarms() : []), ...reasons].map(({ due }) => due))
    const ms = Math.ceil(target - now())
    if (!(ms > 0 && Number.isFinite(ms))) return
    for (const [member, state] of members) {
      if (state !== undefined && state.due <= target) members.set(member, undefined)
      member.tell({ leap: ms })
    }
    leap(ms)
    consider()
  }

  function counted(change: (by: 1 | -1) => void): () => void {
    change(1)
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      change(-1)
      consider()
    }
  }

  return {
    join: (member) => {
      members.set(member, undefined)
      member.onTold(({ left, sockets = 0 }) => {
        if (!members.has(member)) return
        members.set(member, left === undefined ? undefined : { due: now() + left, sockets })
        consider()
      })
      return {
        stir: () => {
          if (!members.has(member)) return
          members.set(member, undefined)
          member.tell({})
        },
        leave: () => {
          members.delete(member)
          consider()
        },
      }
    },
    open: () => counted((by) => (opened += by)),
    park: () => {
      const end = counted((by) => (parked += by))
      consider()
      return end
    },
    consider,
    whenIdle: (given) => {
      goOn = given
    },
  }
}
