/**
 * What passes through every GitHub of this process, on two diagnostics channels of Node, for whoever wants to check or
 * count it: the tests hold it against GitHub's own description.
 */
import { channel } from 'node:diagnostics_channel'
import type { Server } from '../server.ts'
import type { World } from './world.ts'

/** Told of every call, once its answer is decided. */
export const CALLS = channel('emulator.github.calls')

/** Told of every webhook. */
export const WEBHOOKS = channel('emulator.github.webhooks')

/** Lets all who subscribe see the calls and webhooks of one GitHub. */
export function show(server: Server, world: World): void {
  server.onCall((call) => CALLS.publish(call))
  world.onDelivery((delivery) => WEBHOOKS.publish(delivery))
}
