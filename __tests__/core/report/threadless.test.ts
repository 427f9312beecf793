import { outputsOf } from '../../../src/core/report/result.ts'
import { sentenceOf } from '../../../src/core/report/sentences.ts'
import { renderSummary } from '../../../src/core/report/summary.ts'
import { story, trouble } from '../builders.ts'
import { seen, VERDICTS } from './full.ts'

/** `stopped`, `queued` and the like are said of threads alone; another plan only where somebody approves in a comment. */
const WITHOUT_THREAD = VERDICTS.filter(
  ({ outcome, reason }) =>
    reason !== 'plan-changed' &&
    ['waiting-for-approval', 'waiting-for-reply', 'changes', 'no-changes', 'failed'].includes(outcome),
)

test.each(WITHOUT_THREAD)('where there is no thread no command is named: $outcome, $reason', (verdict) => {
  const one = story({ verdict, session: seen, threadless: true })
  expect(sentenceOf(one, '@bot').do).toMatch(/\.$/)
  expect(renderSummary(one, '@bot') + JSON.stringify(outputsOf(one, '@bot'))).not.toContain('@bot')
})

test('a session that was named and is not there: the id may be wrong', () => {
  const verdict = { outcome: 'failed', reason: 'gone' } as const
  expect(sentenceOf(story({ verdict, threadless: true }), '/jules').do).toContain('`session-id`')
})

test.each([
  { sentence: 'Jules does not accept the API key. Make a new one.', said: 'Make a new one.' },
  { sentence: 'Jules does not accept the API key (401).', said: 'Jules does not accept the API key (401).' },
  { sentence: 'The account may not do this.', said: 'The account may not do this.' },
])('what the headline says is not said again: $sentence', ({ sentence, said }) => {
  const verdict = { outcome: 'failed', reason: 'key-rejected' } as const
  expect(sentenceOf(story({ verdict, trouble: trouble({ sentence }) }), '/jules').do).toBe(said)
})
