/** Finds out what somebody meant who has mistyped a name. */

/** ` Did you mean "progress"?`, or nothing where no name is near enough. */
export function didYouMean(typed: string, names: string[]): string {
  const best = names
    .map((name) => ({ name, far: distance(plain(typed), plain(name)) }))
    .sort((one, other) => one.far - other.far)[0]
  return best !== undefined && best.far <= Math.max(1, best.name.length / 4) ? ` Did you mean "${best.name}"?` : ''
}

/** Names that differ only in their spelling are the same. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, 50)
}

/** How many letters have to be put in, taken out or exchanged (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (const [line, letter] of [...one].entries()) {
    const next = [line + 1]
    for (const [at, wanted] of [...other].entries()) {
      const exchanged = (row[at] ?? 0) + (letter === wanted ? 0 : 1)
      next.push(Math.min(exchanged, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
