/** What is kept of activities: of ten thousand, little more than that they were there. */
import type { Activity, Happening } from '../../session.ts'
import { byTime, type Digest, digestOf, lastLine, millis, SHOWN_COMMANDS, SHOWN_STEPS } from './digest.ts'
import { lighten } from './media.ts'

export type Kept = {
  /** By their ids. */
  activities: Map<string, Activity>
  /** Ids of steps of which nothing else will ever be told. */
  passed: Set<string>
}

export function nothingKept(): Kept {
  return { activities: new Map(), passed: new Set() }
}

/** Adds a page, and lets go of all that no digest will show because something newer is there. */
export function keepNeeded({ activities, passed }: Kept, page: readonly Activity[]): void {
  for (const activity of page) if (!passed.has(activity.id)) activities.set(activity.id, activity)
  const room: Room = { titles: SHOWN_STEPS, commands: SHOWN_COMMANDS, messages: 1, plans: 1 }
  const newestFirst = lighten([...activities.values()]).sort((a, b) => byTime(b, a))
  const ends = new Set([
    newestFirst.at(0),
    newestFirst.find(({ by }) => by === 'agent'),
    newestFirst.find(({ happening }) => happening.kind === 'progress'),
    newestFirst.findLast(({ at }) => millis(at) > 0),
  ])
  for (const one of newestFirst) {
    const activity = lightened(one, room)
    if (ends.has(one) || !isBare(activity)) activities.set(activity.id, activity)
    else {
      activities.delete(activity.id)
      passed.add(activity.id)
    }
  }
}

/** The digest of everything that was ever kept. */
export function digestOfKept({ activities, passed }: Kept): Digest {
  const digest = digestOf([...activities.values()])
  return {
    ...digest,
    count: digest.count + passed.size,
    progressCount: digest.progressCount + passed.size,
  }
}

/** When work began and what it ends on is told by the activities at its ends, so all that such a step adds is one step. */
function isBare({ happening, patch, media, commands, leftOut, unknown }: Activity): boolean {
  const empty = patch === '' && media.length === 0 && commands.length === 0 && unknown === undefined
  return empty && happening === A_STEP && Object.values(leftOut).every((count) => count === 0)
}

/** How many of each are still to be kept, from the newest on. */
type Room = { titles: number; commands: number; messages: number; plans: number }

function lightened(activity: Activity, room: Room): Activity {
  const commands = activity.commands.slice(Math.max(0, activity.commands.length - room.commands))
  room.commands -= commands.length
  return { ...activity, commands, happening: wordsIn(activity.happening, room) }
}

function wordsIn(happening: Happening, room: Room): Happening {
  switch (happening.kind) {
    case 'progress':
      if (happening.title === '' || room.titles === 0) return A_STEP
      room.titles -= 1
      return { ...happening, description: '' }
    case 'plan-generated':
      room.plans -= 1
      return room.plans < 0 ? { ...happening, plan: { ...happening.plan, steps: [] } } : happening
    case 'agent-messaged':
      room.messages -= 1
      return room.messages < 0 ? { ...happening, message: '' } : happening
    case 'user-messaged':
      return { ...happening, message: lastLine(happening.message) }
    default:
      return happening
  }
}

/** The same value for all of them. */
const A_STEP: Happening = { kind: 'progress', title: '', description: '' }
