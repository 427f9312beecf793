/** Names of branches that somebody who has mistyped one may have meant. */

const MOST_NAMES = 5
/** Longer names GitHub does not take. */
const LONGEST = 255
/** Slips that are still one name mistyped, however long it is. */
const MOST_SLIPS = 4
/** A shorter word begins too many names to say anything. */
const SHORTEST_PREFIX = 3

/** At most five of all names, the nearest first; none where none is near. */
export function near(wanted: string, all: readonly string[]): string[] {
  const target = wanted.slice(0, LONGEST).toLowerCase()
  return all
    .filter((name) => name.length <= LONGEST)
    .map((name) => ({ name, far: distance(target, name.toLowerCase()) }))
    .filter(({ far }) => far < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.far - b.far)
    .slice(0, MOST_NAMES)
    .map(({ name }) => name)
}

/** A few slips; else the same word behind the last slash; else one name that begins the other. Anything else is not near. */
function distance(wanted: string, name: string): number {
  const bound = Math.min(MOST_SLIPS, Math.ceil(wanted.length / 3))
  const apart = slips(...withoutEnds(wanted, name), bound)
  if (apart <= bound) return apart
  const behind = lastSegment(wanted)
  if (behind !== '' && behind === lastSegment(name)) return MOST_SLIPS + 1
  const [short, long] = wanted.length < name.length ? [wanted, name] : [name, wanted]
  const begins = short.length >= SHORTEST_PREFIX && long.startsWith(short)
  return begins ? MOST_SLIPS + 1 + long.length - short.length : Number.POSITIVE_INFINITY
}

/** What both begin or end with costs no slip. */
function withoutEnds(a: string, b: string): [string, string] {
  const most = Math.min(a.length, b.length)
  let from = 0
  while (from < most && a[from] === b[from]) from += 1
  let left = 0
  while (left < most - from && a.at(-1 - left) === b.at(-1 - left)) left += 1
  return [a.slice(from, a.length - left), b.slice(from, b.length - left)]
}

function lastSegment(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}

/**
 * Letters added, left out or changed, and neighbours swapped, that make one name of the other; `bound + 1` once it is clear
 * that there are more. Only three rows of the table are kept, and of those only the cells that can stay within the bound.
 */
function slips(a: string, b: string, bound: number): number {
  const far = bound + 1
  if (Math.abs(a.length - b.length) > bound) return far
  const fresh = () => new Uint8Array(b.length + 1).fill(far)
  let rows: Rows = [fresh(), fresh(), fresh()]
  for (let j = 0; j <= bound && j <= b.length; j += 1) rows[1][j] = j
  for (let i = 1; i <= a.length; i += 1) {
    if (fillRow(rows, a, b, { i, bound }) > bound) return far
    rows = [rows[1], rows[2], rows[0]]
  }
  return cellOf(rows[1], b.length)
}

const NOWHERE = -1
/** More than any bound. */
const FAR = MOST_SLIPS + 1

function cellOf(row: Uint8Array, at: number): number {
  return row[at] ?? FAR
}

/** The row before the last one, the last one, and the one that is filled. */
type Rows = [Uint8Array, Uint8Array, Uint8Array]

/** Fills the row of the i-th letter. Returns its smallest cell. */
function fillRow([before, above, row]: Rows, a: string, b: string, { i, bound }: { i: number; bound: number }): number {
  const far = bound + 1
  const [from, to] = [Math.max(1, i - bound), Math.min(b.length, i + bound)]
  let least = from === 1 && i < far ? i : far
  row[from - 1] = least
  for (let j = from; j <= to; j += 1) {
    const changed = cellOf(above, j - 1) - (a[i - 1] === b[j - 1] ? 1 : 0)
    const swapped = cellOf(before, isSwapped(a, b, i, j) ? j - 2 : NOWHERE)
    const cell = 1 + smaller(smaller(swapped, changed), smaller(cellOf(above, j), cellOf(row, j - 1)))
    row[j] = cell
    least = smaller(least, cell)
  }
  // An old row is written over; the next one reads one cell further.
  if (to < b.length) row[to + 1] = far
  return least
}

/** Do the two letters that end here stand the other way round in the other name? */
function isSwapped(a: string, b: string, i: number, j: number): boolean {
  return i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
}

function smaller(a: number, b: number): number {
  return a < b ? a : b
}
