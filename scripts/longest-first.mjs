/** The order of the test files: what takes longest begins first, so that nothing long is left when all else is done. */

/** By what was measured; the others follow, the larger file first. */
const LONGEST = [
  'faults/schedules',
  'action/demo',
  'stories/first-half',
  'stories/second-half',
  'action/triggers',
  'faults/crash',
  'outcomes/work',
  'core/event/payloads',
  'faults/records',
  'shell/jules-pages',
]

/** What jest asks of a sequencer. */
export default class LongestFirst {
  sort(tests) {
    const rank = ({ path }) => {
      const at = LONGEST.findIndex((name) => path.endsWith(`__tests__/${name}.test.ts`))
      return at === -1 ? LONGEST.length : at
    }
    const size = ({ context, path }) => context.hasteFS.getSize(path) ?? 0
    return [...tests].sort((one, other) => rank(one) - rank(other) || size(other) - size(one))
  }
  allFailedTests(tests) {
    return tests
  }
  cacheResults() {}
}
