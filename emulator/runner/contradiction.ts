/** What GitHub refuses in a workflow although its published parser lets it pass. */
import { at, entries, type Piece } from './piece.ts'

/** Every contradiction of the file, in sentences. */
export function contradictionsOf(piece: Piece): string[] {
  const jobs = entries(at(piece, 'jobs')).map(({ value }) => value)
  return [
    ...entries(at(piece, 'on')).flatMap(({ key, value }) => filtersOf(key, value)),
    ...[piece, ...jobs].flatMap((owner) => queueOf(at(owner, 'concurrency'))),
  ]
}

function filtersOf(event: string, rule: Piece): string[] {
  return ['branches', 'tags', 'paths']
    .filter((filter) => at(rule, filter) !== null && at(rule, `${filter}-ignore`) !== null)
    .map((filter) => `on.${event}: you may only define one of '${filter}' and '${filter}-ignore' for a single event`)
}

function queueOf(concurrency: Piece): string[] {
  const both = at(concurrency, 'queue') === 'max' && at(concurrency, 'cancel-in-progress') === true
  return both ? ["concurrency: 'queue: max' and 'cancel-in-progress: true' cannot be combined"] : []
}
