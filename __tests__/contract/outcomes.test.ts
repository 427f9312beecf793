import { Ajv } from 'ajv'
import { briefStory } from '../../src/core/effect/story.ts'
import { OUTCOMES, type Verdict } from '../../src/core/outcome.ts'
import { outputsOf } from '../../src/core/report/result.ts'
import { sentenceOf } from '../../src/core/report/sentences.ts'
import { files, generated, read } from './tree.ts'

/** The complete list of the contract, written down by hand on purpose. */
const CONTRACT: Record<string, string> = {
  'pull-request': 'completed still-working merged closed-unmerged',
  changes: 'not-published',
  'no-changes': 'nothing-produced',
  'waiting-for-approval': 'plan-ready plan-expired plan-changed',
  'waiting-for-reply': 'question open-question paused',
  running: 'handed-over cancelled taken-over nobody-follows stalled',
  queued: 'quota-full daily-quota-full jules-unavailable',
  failed:
    'session-failed source-not-connected branch-not-found key-missing key-rejected message-refused request-rejected quota-full gone foreign-session github-permission-missing jules-unavailable github-unavailable needs-attention inputs-invalid not-github-com bug',
  stopped: 'by-command thread-closed',
  ignored:
    'event-not-handled not-a-command permission-too-low permission-unknown bot-not-allowed label-gone already-running already-handled edited fork not-our-pull-request part-of-review no-secrets-here thread-locked other-repository',
  answered: 'help status did-you-mean unknown-flag ambiguous nothing-to-do changed-since-request',
  swept: 'done',
  healthy: 'done',
  unhealthy: 'done',
  'dry-run': 'done',
  deleted: 'done',
  archived: 'done',
}

const verdicts = Object.entries(OUTCOMES).flatMap(([outcome, reasons]) =>
  reasons.map((reason) => ({ outcome, reason }) as Verdict),
)

/** Outcome and reasons of the rows of a generated table. */
function listed(file: string): Record<string, string> {
  const rows = generated(file, 'outcomes')
    .split('\n')
    .slice(2)
    .map((row) => [...row.matchAll(/`([^`]+)`/g)].map(([, word]) => word ?? ''))
  return Object.fromEntries(rows.map(([outcome = '', ...reasons]) => [outcome, reasons.join(' ')]))
}

test('the code has exactly the outcomes and reasons of the contract', () => {
  const given = Object.entries(OUTCOMES).map(([outcome, reasons]) => [outcome, reasons.join(' ')])
  expect(Object.fromEntries(given)).toEqual(CONTRACT)
})

test.each(['README.md', 'docs/design.md'])('%s lists the same outcomes and reasons', (file) => {
  expect(listed(file)).toEqual(CONTRACT)
})

test('docs/outcomes.md has one row for every outcome with each of its reasons', () => {
  const rows = generated('docs/outcomes.md', 'sentences').split('\n').slice(2)
  expect(rows).toHaveLength(verdicts.length)
  expect(new Set(rows.map((row) => row.split(' | ').slice(0, 2).join())).size).toBe(rows.length)
})

test.each(verdicts)('$outcome, $reason has a sentence of its own', (verdict) => {
  const { headline, do: todo } = sentenceOf(briefStory('acme/widgets', verdict), '/jules')
  expect(headline).toMatch(/^\P{Lu}*\p{Lu}/u)
  expect(headline).not.toBe(`${verdict.outcome}: ${verdict.reason}`)
  expect(todo).toMatch(/^$|[.]$/)
})

test('every failure says what to do', () => {
  const silent = verdicts.filter(
    (verdict) => verdict.outcome === 'failed' && sentenceOf(briefStory('acme/widgets', verdict), '/jules').do === '',
  )
  expect(silent).toEqual([])
})

test('the words that nothing gives yet are the ones that the README calls so', () => {
  const source = files('src/', '.ts').filter((file) => !/core\/(outcome|report\/sentences)\.ts$/.test(file))
  const text = source.map(read).join('\n')
  const words = [...Object.keys(OUTCOMES), ...Object.values(OUTCOMES).flat()]
  const unused = [...new Set(words)].filter((word) => !text.includes(`'${word}'`))
  const section = /\n## Limits\n[\s\S]*?\n## /.exec(read('README.md'))?.[0] ?? ''
  const [, told = ''] = /- These words are not given yet:([\s\S]*?)\n\n/.exec(section) ?? []
  const toldWords = [...told.matchAll(/`([a-z-]+)`/g)].map(([, word]) => word)
  expect(toldWords.sort()).toEqual(unused.sort())
})

describe('docs/result.schema.json', () => {
  const accepts = new Ajv({ allErrors: true }).compile(JSON.parse(read('docs/result.schema.json')))
  const result = (verdict: Verdict): Record<string, unknown> =>
    JSON.parse(outputsOf(briefStory('acme/widgets', verdict), '/jules').result)

  test('accepts the result of every outcome and reason', () => {
    expect(verdicts.filter((verdict) => !accepts(result(verdict)))).toEqual([])
  })

  test('names every field of the result', () => {
    const schema = JSON.parse(read('docs/result.schema.json'))
    expect(Object.keys(schema.properties)).toEqual(Object.keys(result({ outcome: 'failed', reason: 'bug' })))
    expect(schema.required).toEqual(Object.keys(schema.properties))
  })

  test('accepts a pull request with its number', () => {
    const session = { id: '1', url: 'https://jules.google.com/session/1', title: '', state: 'COMPLETED' } as const
    const story = {
      ...briefStory('acme/widgets', { outcome: 'pull-request', reason: 'completed' }),
      session: { ...session, rawState: 'COMPLETED' },
      pullRequest: { url: 'https://github.com/acme/widgets/pull/13', title: '', head: '', base: '' },
    }
    const given = JSON.parse(outputsOf(story, '/jules').result)
    expect(given).toMatchObject({ 'pull-request-number': 13, 'session-id': '1' })
    expect(accepts(given)).toBe(true)
  })

  test.each([
    { name: 'a reason of another outcome', change: { outcome: 'stopped', reason: 'bug' } },
    { name: 'an unknown outcome', change: { outcome: 'perhaps' } },
    { name: 'a number as text', change: { 'pull-request-number': '13' } },
    { name: 'a link to elsewhere', change: { 'pull-request-url': 'https://example.com/acme/widgets/pull/1' } },
  ])('refuses $name', ({ change }) => {
    expect(accepts({ ...result({ outcome: 'failed', reason: 'bug' }), ...change })).toBe(false)
  })
})
