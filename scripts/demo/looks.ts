/** What the action asks of Jules, told from its calls: each look at the session with its state and newest step. */
import type { Activity } from '../../emulator/jules/resource.ts'
import { dig } from '../../emulator/runner/origin.ts'
import type { Call } from '../../emulator/server.ts'
import type { World } from '../../emulator/world.ts'
import type { Style, Teller } from './teller.ts'
import { cut } from './wrap.ts'

const STATE_COLUMN = 13
/** Looks that follow each other this closely and see the same are told once. */
const SAME_LOOK_MS = 5000
const STATE_STYLES: Record<string, Style> = { COMPLETED: 'green', FAILED: 'red' }

/** Tells every call that matters from now on. */
export function followJules(world: World, teller: Teller): void {
  let seen = ''
  let at = 0

  function look(call: Call): void {
    const state = String(dig(call.answer, ['state']))
    const step = newestStep(activitiesOf(world, call.params.id ?? ''))
    const now = world.clock.now()
    const isSame = seen === `${state} ${step}`
    const isEcho = isSame && now - at < SAME_LOOK_MS
    seen = `${state} ${step}`
    at = now
    if (isEcho) return
    const news = isSame ? 'nothing new' : step
    const line = `${state.padEnd(STATE_COLUMN)}${cut(news, teller.room - STATE_COLUMN)}`
    teller.row('look', line, isSame ? 'dim' : STATE_STYLES[state])
  }

  world.jules.server.onCall((call) => {
    if (call.status >= 300) return
    if (call.route === 'sessions.get') look(call)
    if (call.route === 'sessions.create') teller.row('action', 'creates a session at Jules')
    if (call.route === 'sessions.sendMessage') teller.row('action', 'sends the message to the same session')
  })
}

function activitiesOf(world: World, id: string): Activity[] {
  return world.jules.sessions().find((session) => session.id === id)?.activities ?? []
}

function newestStep(activities: Activity[]): string {
  return activities.map(inWords).findLast((words) => words !== '') ?? ''
}

function inWords(activity: Activity): string {
  if (activity.planGenerated) return `made a plan of ${activity.planGenerated.plan.steps.length} steps`
  if (activity.agentMessaged) return `says: ${activity.agentMessaged.agentMessage}`
  if (activity.userMessaged) return 'has got the message'
  if (activity.sessionFailed) return `failed: ${activity.sessionFailed.reason}`
  if (activity.progressUpdated) return activity.progressUpdated.title ?? changeInWords(activity)
  return ''
}

function changeInWords({ artifacts = [] }: Activity): string {
  return artifacts.some((artifact) => 'changeSet' in artifact) ? 'changed the code' : ''
}
