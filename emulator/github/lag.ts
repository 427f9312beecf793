/** Reads that are behind: GitHub's lists come from copies of its data, which may not have heard of the last writes. */
import type { Clock } from '../clock.ts'
import type { Store } from './store.ts'

export type StaleReads = {
  /** What was written is not seen by so many of the reads after it. */
  calls?: number
  /** … nor by any read in so many seconds. */
  seconds?: number
  /** `lists`: what is asked for by number or id is always fresh. `all`: every read is behind. Default `lists`. */
  scope?: 'lists' | 'all'
}

export type Lag = {
  /** Makes reads stale from now on; without settings, fresh again. */
  set(stale?: StaleReads): void
  /** Something was written. */
  changed(): void
  /** What a list is made of. */
  list(): Store
  /** Where a single thing is looked up. */
  lookup(): Store
}

type Version = { at: number; reads: number; store: Store }

/** Keeps copies of the store for as long as a stale read may need them. */
export function makeLag(store: Store, clock: Clock, stale?: StaleReads): Lag {
  let settings: StaleReads | undefined
  let versions: Version[] = []
  let reads = 0

  function set(given?: StaleReads): void {
    settings = given
    versions = given === undefined ? [] : [{ at: -Infinity, reads: -Infinity, store: copyOf(store) }]
  }

  function read({ calls = 0, seconds = 0 }: StaleReads): Store {
    const isOld = (version: Version) => reads - version.reads >= calls && clock.now() - version.at >= seconds * 1000
    const newest = versions.findLastIndex(isOld)
    reads += 1
    versions = versions.slice(newest)
    return versions[0]?.store ?? store
  }

  set(stale)
  return {
    set,
    changed: () => {
      if (settings !== undefined) versions.push({ at: clock.now(), reads, store: copyOf(store) })
    },
    list: () => (settings === undefined ? store : read(settings)),
    lookup: () => (settings?.scope === 'all' ? read(settings) : store),
  }
}

/** People and the counter of ids are shared: who may do what is never behind. */
function copyOf(store: Store): Store {
  const { branches, labels, threads, comments, reviews, reviewComments, reactions } = store
  return { ...store, ...structuredClone({ branches, labels, threads, comments, reviews, reviewComments, reactions }) }
}
