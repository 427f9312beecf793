/** F-07 what is decided on reads that may be behind. */
import { decide } from '../../../src/core/decision/decide.ts'
import type { Observed } from '../../../src/core/decision/observed.ts'
import { inShort, scene, session, thread, tracking } from '../builders.ts'
import { afterClaim, byCommand, byLabel, claimed, labeled } from './starting.ts'

const AGAIN = { effects: [], next: { lookAfterMs: 3000 } }

describe('the thread may be older than the event', () => {
  const behind = 'thread'

  test('nothing is claimed yet', () => {
    expect(decide(byLabel({ behind }))).toMatchObject(AGAIN)
  })

  test('nor is the label taken for gone', () => {
    expect(decide(byLabel({ behind, thread: thread() }))).toMatchObject(AGAIN)
  })

  test.each<{ name: string; over: Partial<Observed>; config?: object; first: string[] }>([
    {
      name: 'a cancelled run does not wait',
      over: { cancelled: true, trackings: [claimed()] },
      first: ['write claimed'],
    },
    {
      name: 'nor does one whose thread takes no more words',
      over: {
        silence: { failure: 'github-unavailable', sentence: '', passing: false, unsure: false, refusal: 'locked' },
      },
      first: [],
    },
    { name: 'a dry run looks once', over: {}, config: { dryRun: true }, first: ['eyes thread 12', 'claim claimed'] },
  ])('$name', ({ over, config, first }) => {
    const { effects, next } = decide(byLabel({ behind, thread: labeled, ...over }, config))
    expect(effects.map(inShort)).toEqual(first)
    expect(next).not.toEqual(AGAIN.next)
  })

  test('a sweep with nothing to do comes again, and one with something to do looks again', () => {
    const sweep = (observed: Partial<Observed>) =>
      decide(
        scene({
          intent: { ...byLabel().intent, because: { kind: 'sweep' } },
          observed: { behind, trackings: [tracking({ run: undefined })], session: session(), ...observed },
        }),
      )
    expect(sweep({ thread: thread({ labels: ['jules: running'] }) })).toMatchObject({ effects: [], next: 'done' })
    expect(sweep({ session: session({ state: 'FAILED' }) })).toMatchObject(AGAIN)
  })
})

describe('what this run has written is not shown yet', () => {
  const behind = 'own'

  test('no session is created before it is', () => {
    expect(decide(afterClaim({ behind }))).toMatchObject(AGAIN)
    expect(decide(afterClaim()).effects.map(inShort)).toContain('create')
  })

  test('a comment is written all the same', () => {
    expect(decide(byCommand(undefined, { behind })).effects.map(inShort)).toContain('claim claimed')
  })
})

test('F-01 a session that an earlier run may have made is looked for six times at least', () => {
  const creating = claimed({ phase: 'creating', doing: { what: 'create' }, run: { id: '900', attempt: 0 } }, 60_000)
  expect(decide(byLabel({ trackings: [creating], searches: 5 }))).toMatchObject({ effects: [] })
  expect(decide(byLabel({ trackings: [creating], searches: 6 })).effects.map(inShort)).toContain('create')
})

describe('the same run once more, for a command that is dealt with', () => {
  const rerun = (over: Parameters<typeof tracking>[0]) =>
    byCommand(undefined, {
      requests: [],
      run: { id: '900', attempt: 2, url: '' },
      thread: thread({ labels: ['jules: running'] }),
      session: session(),
      trackings: [tracking({ run: undefined, ...over })],
    })

  test('F-02 what it was following is followed on', () => {
    expect(decide(rerun({ phase: 'following' })).effects.map(inShort)).toEqual(['write following'])
  })

  test('F-12 what it has told stays as it is, and a label that it left on is taken off', () => {
    expect(decide(rerun({ phase: 'settled' }))).toMatchObject({
      next: 'done',
      story: { verdict: { reason: 'already-handled' } },
    })
    expect(decide(rerun({ phase: 'settled' })).effects.map(inShort)).toEqual(['-jules: running'])
  })
})

test('F-01 a session that ended while nobody followed it is told of by the same request once more', () => {
  const { effects } = decide(
    byLabel({ session: session({ state: 'FAILED' }), trackings: [tracking({ phase: 'following', run: undefined })] }),
  )
  expect(effects.map(inShort)).toContain('write failed')
})
