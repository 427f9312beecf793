import type { Story } from '../../../src/core/effect/story.ts'
import { footer } from '../../../src/core/report/footer.ts'
import { story } from '../builders.ts'
import { seen } from './full.ts'

const live = seen
const done = { ...seen, state: 'COMPLETED' } as const
const ANEW = 'to start anew'
const ON = 'to go on'

const ROWS: { name: string; one: Partial<Story>; words: string; verbs: string[] }[] = [
  {
    name: 'at work',
    one: { verdict: { outcome: 'running', reason: 'handed-over' }, session: live },
    words: ON,
    verbs: ['status', 'stop'],
  },
  {
    name: 'with a pull request, and at work',
    one: { verdict: { outcome: 'pull-request', reason: 'still-working' }, session: live },
    words: ON,
    verbs: ['status', 'stop'],
  },
  {
    name: 'with a pull request, and done',
    one: { verdict: { outcome: 'pull-request', reason: 'completed' }, session: done },
    words: ON,
    verbs: ['status'],
  },
  {
    name: 'a message was refused, and the session lives on',
    one: { verdict: { outcome: 'failed', reason: 'message-refused' }, session: live },
    words: ON,
    verbs: ['status', 'stop'],
  },
  {
    name: 'failed',
    one: { verdict: { outcome: 'failed', reason: 'session-failed' }, session: { ...seen, state: 'FAILED' } },
    words: ANEW,
    verbs: ['status', 'retry'],
  },
  {
    name: 'waiting for room at Jules',
    one: { verdict: { outcome: 'queued', reason: 'quota-full' } },
    words: ANEW,
    verbs: ['status', 'stop'],
  },
  {
    name: 'changed while it waited',
    one: { verdict: { outcome: 'answered', reason: 'changed-since-request' } },
    words: ANEW,
    verbs: ['retry'],
  },
  {
    name: 'stopped while Jules may still be at work',
    one: { verdict: { outcome: 'stopped', reason: 'by-command' }, session: live },
    words: ANEW,
    verbs: ['retry'],
  },
]

test.each(ROWS)('the footer names what makes sense: $name', ({ one, words, verbs }) => {
  const line = footer(story(one), '/jules')
  const named = [...line.matchAll(/`\/jules (\w+)`/g)].map(([, verb]) => verb)
  expect(line).toContain(`\`/jules <text>\` ${words}`)
  expect(named).toEqual([...verbs, 'help'])
})
