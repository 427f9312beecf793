/** Jules in trouble, as stories need it. */
import type { Told } from '../story.ts'

/** Answered as if it had arrived, and never heard of again. */
export function unheard({ jules }: Told): void {
  jules.server.faults.add({
    route: 'sessions.sendMessage',
    phase: 'before',
    times: 9,
    act: { kind: 'answer', answer: { status: 200, body: {} } },
  })
}

/** So many calls are refused as Google's services refuse. */
export function refusal({ jules }: Told, routes: string | string[], status: number, code: string, times: number): void {
  const body = { error: { code: status, message: 'Not now.', status: code } }
  for (const route of [routes].flat())
    jules.server.faults.add({ route, phase: 'before', times, act: { kind: 'answer', answer: { status, body } } })
}
