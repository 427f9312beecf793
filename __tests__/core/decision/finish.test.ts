import { asItIs, goOn, phaseOf, RUNNING, react } from '../../../src/core/decision/finish.ts'
import type { Verdict } from '../../../src/core/outcome.ts'
import type { Place } from '../../../src/core/record.ts'
import { ago, inShort, MINUTE, session, tracked, tracking } from '../builders.ts'
import { digest } from './telling.ts'

test.each<{ verdict: Verdict; phase: string }>([
  { verdict: { outcome: 'queued', reason: 'quota-full' }, phase: 'queued' },
  { verdict: { outcome: 'stopped', reason: 'by-command' }, phase: 'stopped' },
  { verdict: { outcome: 'changes', reason: 'not-published' }, phase: 'settled' },
  { verdict: { outcome: 'answered', reason: 'changed-since-request' }, phase: 'waiting' },
  { verdict: { outcome: 'archived', reason: 'done' }, phase: 'waiting' },
])('how $verdict.outcome is written down: $phase', ({ verdict, phase }) => {
  expect(phaseOf(verdict, 'waiting')).toBe(phase)
  const { effects } = asItIs(tracked({ tracking: tracking({ phase: 'waiting' }) }), verdict, false)
  expect(effects.at(-1)).toMatchObject({ do: 'write', record: { phase } })
})

test.each<{ place: Place; effects: string[] }>([
  { place: { comment: 1 }, effects: ['eyes comment 1'] },
  { place: { comment: 1, of: 'line' }, effects: ['eyes line 1'] },
  { place: { comment: 1, of: 'review' }, effects: [] },
  { place: { comment: 1, of: 'tick' }, effects: [] },
])('what can be reacted to: $place', ({ place, effects }) => {
  expect(react(place, 'eyes').map(inShort)).toEqual(effects)
})

describe('mere progress is written', () => {
  const look = (seen: Partial<Parameters<typeof session>[0]> | undefined, since: number) => {
    const one = { session: seen && session(seen), thread: undefined }
    const before = goOn(tracked({ observed: { ...one, elapsed: 0 } }), RUNNING, 'again', {})
    const shown = { story: before.story, at: 0 }
    const progress = digest({ progress: ['Reading'], progressCount: 1 })
    return goOn(tracked({ observed: { ...one, shown, elapsed: since, digest: progress } }), RUNNING, 'again', {})
  }

  test.each([
    { name: 'of a young session after 20 s', seen: { created: ago(MINUTE) }, since: 20_000, written: true },
    { name: 'of a young session not before', seen: { created: ago(MINUTE) }, since: 19_999, written: false },
    {
      name: 'of an old one when it is a quarter older',
      seen: { created: ago(40 * MINUTE) },
      since: 10 * MINUTE,
      written: true,
    },
    { name: 'of an old one not before', seen: { created: ago(40 * MINUTE) }, since: 10 * MINUTE - 1, written: false },
    { name: 'of one that could not be read after 20 s', seen: undefined, since: 20_000, written: true },
    { name: 'of one that could not be read not before', seen: undefined, since: 19_999, written: false },
  ])('$name: $written', ({ seen, since, written }) => {
    expect(look(seen, since).effects.some((effect) => effect.do === 'write')).toBe(written)
  })
})
