/** The client's own stores in memory: out of its files, media come back without their type and commands without their output. */
import { MemorySessionStorage, MemoryStorage, type StorageFactory } from '@google/jules-sdk'

/** A memory of its own. */
export function inMemory(): StorageFactory {
  const sessions = new MemorySessionStorage()
  const activities = new Map<string, MemoryStorage>()
  return {
    session: () => sessions,
    activity: (id) => {
      const known = activities.get(id) ?? new MemoryStorage()
      activities.set(id, known)
      return known
    },
  }
}
