/** Under `npm run mutation` each test runs hundreds of times, and one look has to do. */
const MUTATED = '__stryker__' in globalThis
const RUNS = MUTATED ? 1 : 30

/**
 * What 64 KiB may cost at most here, milliseconds. The contract says 50; jest makes every look at a global dearer, up to
 * four times in all, and code that counts its own branches is slower still. A quadratic function takes seconds.
 */
export const BUDGET_MS = '__coverage__' in globalThis ? 250 : MUTATED ? 1000 : 150

/** The shortest of several runs, milliseconds: what the code costs, without what else the machine is doing. */
export function fastest(work: () => unknown): number {
  let shortest = Number.POSITIVE_INFINITY
  for (let runs = 0; runs < RUNS && shortest > BUDGET_MS; runs += 1) shortest = Math.min(shortest, timeOf(work))
  return shortest
}

/** On a busy machine the clock counts the turns of others too; where threads help, the processor's time counts twice. */
function timeOf(work: () => unknown): number {
  const [from, spent] = [performance.now(), process.cpuUsage()]
  work()
  const { user, system } = process.cpuUsage(spent)
  return Math.min(performance.now() - from, (user + system) / 1000)
}
