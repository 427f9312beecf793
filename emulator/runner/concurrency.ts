/** Concurrency groups: one runs, others wait, and who waits may be pushed out by who comes after. */
import type { Concurrency } from './workflow.ts'

/** Something that wants to run in a group. */
export type Contender = {
  start(): void
  /** It waited and lost its place; it never starts. */
  evict(reason: string): void
  /** It runs and is to be cancelled; it calls `leave` when it has ended. */
  interrupt(): void
}

export type ConcurrencyGroups = {
  enter(rule: Concurrency, contender: Contender): void
  /** The contender has ended or gives up its place; the next one starts. */
  leave(rule: Concurrency, contender: Contender): void
}

/** The most that may wait with `queue: max`. */
const mostWaiting = 100

type Group = { running: Contender; waiting: Contender[] }

export function makeConcurrencyGroups(): ConcurrencyGroups {
  const groups = new Map<string, Group>()

  function enter(rule: Concurrency, contender: Contender): void {
    const group = groups.get(nameOf(rule))
    if (group === undefined) {
      groups.set(nameOf(rule), { running: contender, waiting: [] })
      contender.start()
      return
    }
    if (rule.queue === 'max' && group.waiting.length >= mostWaiting) {
      contender.evict(`Cancelled: ${mostWaiting} runs wait in the group '${rule.group}' already.`)
      return
    }
    const evicted = rule.queue === 'max' && !rule.cancelInProgress ? [] : group.waiting.splice(0)
    group.waiting.push(contender)
    for (const older of evicted) older.evict(`Cancelled: a newer run waits in the group '${rule.group}'.`)
    if (rule.cancelInProgress) group.running.interrupt()
  }

  function leave(rule: Concurrency, contender: Contender): void {
    const group = groups.get(nameOf(rule))
    if (group === undefined) return
    if (group.running !== contender) {
      group.waiting = group.waiting.filter((waiting) => waiting !== contender)
      return
    }
    const next = group.waiting.shift()
    if (next === undefined) {
      groups.delete(nameOf(rule))
      return
    }
    group.running = next
    next.start()
  }

  return { enter, leave }
}

/** Group names are compared without case. */
function nameOf(rule: Concurrency): string {
  return rule.group.toLowerCase()
}
