/** The shortest of several runs, milliseconds: what the code costs, without what else the machine is doing. */
export function fastest(work: () => unknown, runs = 5): number {
  const once = () => {
    const from = performance.now()
    work()
    return performance.now() - from
  }
  return Math.min(...Array.from({ length: runs }, once))
}
