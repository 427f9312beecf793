/** What Jules tells that no document of its API names. */
import { clip } from '../../core/outside.ts'
import type { Activity } from '../../core/session.ts'

/** Of activities, and of their artifacts. */
const KNOWN = [
  ...['planGenerated', 'planApproved', 'userMessaged', 'agentMessaged'],
  ...['progressUpdated', 'sessionCompleted', 'sessionFailed'],
  ...['changeSet', 'bashOutput', 'media'],
]

/** The names in an activity and its artifacts that no document has. */
export function unknownAmong(parts: unknown[]): Pick<Activity, 'unknown'> {
  const names = parts.flatMap(namesIn).filter((name) => !KNOWN.includes(name))
  return names.length === 0 ? {} : { unknown: names.slice(0, 3).map((name) => clip(name, 60)) }
}

/** What an activity tells is an object; other fields that are new only describe it. */
function namesIn(part: unknown): string[] {
  if (!isObject(part)) return []
  return Object.entries(part).flatMap(([name, value]) => (isObject(value) ? [name] : []))
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
