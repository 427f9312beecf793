/** The repository together with its time and with those who listen to what happens in it. */
import type { Clock } from '../clock.ts'
import { type Content, sharedPart } from './payload.ts'
import type { Actor, Cause } from './person.ts'
import { findThread, fullName, type PullRequest, type Store, type Thread, timestamp } from './store.ts'

/** A webhook, and which token caused it: what a `github-token` does starts no workflow. */
export type Delivery = { event: string; payload: object; cause: Cause }

export type World = {
  store: Store
  now(): string
  /** Tells every listener; what they get is a copy that later changes do not reach. */
  deliver(actor: Actor, content: Content): void
  /** Like `deliver`, for events whose sender is nobody in particular. */
  deliverRaw(delivery: Delivery): void
  onDelivery(listener: (delivery: Delivery) => void): void
  /** To be called after every change that no delivery tells of. */
  changed(): void
}

/** A world in which nothing has happened yet. */
export function makeWorld(store: Store, clock: Clock, changed: () => void): World {
  const listeners: ((delivery: Delivery) => void)[] = []
  function deliverRaw({ event, payload, cause }: Delivery): void {
    changed()
    for (const listener of listeners) listener({ event, payload: structuredClone(payload), cause })
  }
  return {
    store,
    now: () => timestamp(clock),
    deliver: ({ person, cause }, { event, said }) =>
      deliverRaw({ event, payload: { ...said, ...sharedPart(store, person) }, cause }),
    deliverRaw,
    onDelivery: (listener) => listeners.push(listener),
    changed,
  }
}

/** The thread that a person acts on, or a plain complaint to the author of the story. */
export function threadOf(store: Store, number: number): Thread {
  const thread = findThread(store, number)
  if (thread === undefined || thread.deleted)
    throw new Error(`There is no issue or pull request #${number} in ${fullName(store.repository)}. Open one first.`)
  return thread
}

/** Like `threadOf`, for what can be done to pull requests only. */
export function pullOf(store: Store, number: number): PullRequest {
  const thread = threadOf(store, number)
  if (thread.kind === 'issue') throw new Error(`#${number} is an issue, not a pull request. Name a pull request.`)
  return thread
}
