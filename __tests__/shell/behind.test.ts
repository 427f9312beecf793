import { howFarBehind } from '../../src/shell/observe/behind.ts'
import { emptyMemory, type Memory } from '../../src/shell/observe/memory.ts'
import { commandIntent, MINUTE, say, story, thread, tracking } from '../core/builders.ts'

const intent = commandIntent(say('Mend it.'))
const comment = { id: 601, body: '/jules', author: undefined, url: '', created: 0, updated: 0 }
const seen = { ...thread(), comments: 1, updated: 0 }

/** Of the run that has written the tracking comment `written` milliseconds after its start, or has written nothing. */
function behindAt(elapsed: number, memory: Memory): ReturnType<typeof howFarBehind> {
  return howFarBehind(
    { intent, elapsed: () => elapsed, config: { triggerLabel: 'ask-jules' }, run: { runId: '7001', attempt: 1 } },
    memory,
  )
}

describe('F-07 F-08 how long a run waits until what it has written is shown', () => {
  const written = (at: number, shown = 0): Memory => {
    const own = tracking({ seq: 1, run: { id: '7001', attempt: 1 } })
    return {
      ...emptyMemory({ thread: seen }),
      comments: new Map([[comment.id, comment]]),
      trackings: new Map([[900, { ...own, comment: 900 }]]),
      shownSeq: new Map([[900, shown]]),
      shown: { story: story(), at },
    }
  }

  test.each([
    { name: 'it was written a moment ago', at: 0, elapsed: 1000, behind: 'own' },
    {
      name: 'the run itself is late, and wrote a moment ago',
      at: 2 * MINUTE,
      elapsed: 2 * MINUTE + 1000,
      behind: 'own',
    },
    { name: 'it was written a minute ago', at: 2 * MINUTE, elapsed: 3 * MINUTE, behind: undefined },
    { name: 'it is shown', at: 0, elapsed: 1000, shown: 1, behind: undefined },
  ])('$name', ({ at, elapsed, shown, behind }) => {
    expect(behindAt(elapsed, written(at, shown))).toBe(behind)
  })
})

test('F-07 a thread that is older than its event is waited for from the first view on, not from the start of the run', () => {
  const memory = emptyMemory({ thread: { ...seen, comments: 2 } })
  expect(behindAt(2 * MINUTE, memory)).toBe('thread')
  expect(behindAt(3 * MINUTE - 1, memory)).toBe('thread')
  expect(behindAt(3 * MINUTE, memory)).toBe(undefined)
})
