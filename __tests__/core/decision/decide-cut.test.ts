import { decide } from '../../../src/core/decision/decide.ts'
import type { Command } from '../../../src/core/intent/command.ts'
import type { RelayRecord } from '../../../src/core/record.ts'
import { follow } from './following.ts'
import { byCommand } from './starting.ts'
import { afterWriting, recordOf, told } from './telling.ts'

const words = (verb: 'reply' | 'say', cut: boolean): Command =>
  verb === 'reply' ? { verb, text: 'Mend it.', cut } : { verb, text: 'Mend it.', flags: {}, cut }

test.each([true, false])('a start keeps in mind whether its words were too long: %s', (cut) => {
  const [claim] = decide(byCommand(words('say', cut))).effects.filter((effect) => effect.do === 'claim')
  expect(claim?.record.cut).toBe(cut)
  // Nothing has reached Jules so far.
  expect(claim?.story.cut).toBe(false)
})

test.each<{ name: string; command: Command; before: boolean; after: boolean }>([
  { name: 'a message that was too long', command: words('reply', true), before: false, after: true },
  { name: 'one that was not, after one that was', command: words('reply', false), before: true, after: false },
  { name: 'a command without words', command: { verb: 'stop' }, before: true, after: false },
])('$name: said once Jules has it', ({ command, before, after }) => {
  const written = afterWriting(told(command, 'IN_PROGRESS', {}, { cut: before }))
  const { effects } = decide(written)
  expect(effects.map((effect) => effect.do)).toEqual(['send'])
  const applied = effects.map((effect) => ({ effect, ok: true }) as const)
  const done = decide({ ...written, observed: { ...written.observed, applied } })
  expect([recordOf(done.effects)?.cut, done.story.cut]).toEqual([after, after])
})

test.each<{ over: Partial<RelayRecord>; said: boolean }>([
  { over: { cut: true }, said: true },
  { over: { cut: false }, said: false },
  { over: { cut: true, session: '' }, said: false },
])('a later run still says it, and only of what Jules has got: $over', ({ over, said }) => {
  expect(follow({ record: over, observed: { ground: { kind: 'source-not-connected' } } }).story.cut).toBe(said)
})
