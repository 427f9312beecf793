import { makeConcurrencyGroups } from '../../emulator/runner/concurrency.ts'
import type { Concurrency } from '../../emulator/runner/workflow.ts'

/** Plays a story of arrivals (`a`, `b:max`, `c:cancel`) and departures (`-a`) in one group; tells what happened. */
function play(...story: string[]): string[] {
  const told: string[] = []
  const groups = makeConcurrencyGroups()
  const known = new Map<string, () => void>()
  for (const event of story) {
    if (event.startsWith('-')) {
      known.get(event.slice(1))?.()
      continue
    }
    const [name = '', how] = event.split(':')
    const rule: Concurrency = {
      group: name === name.toUpperCase() ? 'GROUP' : 'group',
      cancelInProgress: how === 'cancel',
      queue: how === 'max' ? 'max' : 'single',
    }
    const contender = {
      start: () => told.push(`${name} starts`),
      evict: () => told.push(`${name} is evicted`),
      interrupt: () => told.push(`${name} is interrupted`),
    }
    known.set(name, () => groups.leave(rule, contender))
    groups.enter(rule, contender)
  }
  return told
}

test.each([
  ['one runs, the next waits', ['a', 'b', '-a'], ['a starts', 'b starts']],
  ['a newer one evicts the one that waits', ['a', 'b', 'c', '-a'], ['a starts', 'b is evicted', 'c starts']],
  ['queue: max keeps all, in order', ['a:max', 'b:max', 'c:max', '-a', '-b'], ['a starts', 'b starts', 'c starts']],
  [
    'cancel-in-progress interrupts the running one and starts when it has ended',
    ['a', 'b:cancel', '-a'],
    ['a starts', 'a is interrupted', 'b starts'],
  ],
  [
    'cancel-in-progress evicts those that wait, too',
    ['a', 'b', 'c:cancel', '-a'],
    ['a starts', 'b is evicted', 'a is interrupted', 'c starts'],
  ],
  ['group names know no case', ['a', 'B', '-a'], ['a starts', 'B starts']],
  ['one that waits may leave', ['a', 'b', '-b', '-a', 'c'], ['a starts', 'c starts']],
  ['a group that emptied starts afresh', ['a', '-a', 'b'], ['a starts', 'b starts']],
])('%s', (_, story, told) => {
  expect(play(...story)).toEqual(told)
})

test('with queue: max a hundred wait, the next is turned away', () => {
  const arrivals = Array.from({ length: 102 }, (_, at) => `n${at}:max`)
  expect(play(...arrivals)).toEqual(['n0 starts', 'n101 is evicted'])
})
