import { howFarBehind } from '../../src/shell/observe/behind.ts'
import { emptyMemory, type Memory } from '../../src/shell/observe/memory.ts'
import { commandIntent, MINUTE, say, thread, tracking } from '../core/builders.ts'

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
  const written = (at: number, { shown = 0, views = 0 }): Memory => {
    const own = tracking({ seq: 1, run: { id: '7001', attempt: 1 } })
    return {
      ...emptyMemory({ thread: seen }),
      comments: new Map([[comment.id, comment]]),
      trackings: new Map([[900, { ...own, comment: 900 }]]),
      shownSeq: new Map([[900, shown]]),
      lastWrite: { at, views: 0 },
      views,
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
    {
      name: 'it was written a minute ago, and five views do not show it',
      at: 0,
      elapsed: MINUTE,
      views: 4,
      behind: 'own',
    },
    { name: '… nor does the sixth', at: 0, elapsed: MINUTE, views: 5, behind: undefined },
    {
      name: 'a sixth view does not show what was written just now',
      at: 0,
      elapsed: MINUTE - 1,
      views: 5,
      behind: 'own',
    },
    { name: 'it is shown', at: 0, elapsed: 1000, shown: 1, behind: undefined },
  ])('$name', ({ at, elapsed, behind, ...more }) => {
    expect(behindAt(elapsed, written(at, more))).toBe(behind)
  })
})

test('F-07 a thread that is older than its event is waited for from the first view on, not from the start of the run', () => {
  const memory = emptyMemory({ thread: { ...seen, comments: 2 } })
  expect(behindAt(2 * MINUTE, memory)).toBe('thread')
  for (let view = 2; view <= 6; view += 1) expect(behindAt(3 * MINUTE, memory)).toBe('thread')
  expect(behindAt(3 * MINUTE, memory)).toBe(undefined)
})
