/** Sees everything that the emulated GitHubs of this process are asked, answer and tell, and holds it against GitHub's word. */

import type { Delivery } from '../../../emulator/github/index.ts'
import { CALLS, WEBHOOKS } from '../../../emulator/github/witness.ts'
import type { Call } from '../../../emulator/server.ts'
import { faultsOfCall } from './call.ts'
import { faultsOfWebhook } from './webhook.ts'

export type Witness = {
  /** How much was held against GitHub's word so far. */
  seen: { exchanges: number; webhooks: number }
  /** An error for everything that was wrong since the last time; none if nothing was. */
  errors(): Error[]
  stop(): void
}

/** So many differences are worth reading at once. */
const MOST = 20

/** Only takes notes while a test runs, for its clock is fast, and judges when it is asked. */
export function startWitness(): Witness {
  const seen = { exchanges: 0, webhooks: 0 }
  let calls: Call[] = []
  let webhooks: Delivery[] = []
  const onCall = (call: unknown) => calls.push(call as Call)
  const onWebhook = (webhook: unknown) => webhooks.push(webhook as Delivery)
  CALLS.subscribe(onCall)
  WEBHOOKS.subscribe(onWebhook)

  function errors(): Error[] {
    const [asked, told] = [calls, webhooks]
    calls = []
    webhooks = []
    seen.exchanges += asked.length
    seen.webhooks += told.length
    return asErrors([...new Set([...asked.flatMap(faultsOfCall), ...told.flatMap(faultsOfWebhook)])])
  }

  function stop(): void {
    CALLS.unsubscribe(onCall)
    WEBHOOKS.unsubscribe(onWebhook)
  }

  return { seen, errors, stop }
}

/** Without a stack, for it would lead nowhere. */
function asErrors(faults: string[]): Error[] {
  if (faults.length === 0) return []
  const error = new Error(`This is not what passes between programs and GitHub:\n${faults.slice(0, MOST).join('\n')}`)
  error.stack = error.message
  return [error]
}
