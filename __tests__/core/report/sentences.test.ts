import { renderComment } from '../../../src/core/report/comment.ts'
import { outputsOf } from '../../../src/core/report/result.ts'
import { sentenceOf } from '../../../src/core/report/sentences.ts'
import { renderSummary } from '../../../src/core/report/summary.ts'
import { PULL, story, trouble } from '../builders.ts'
import { seen, VERDICTS } from './full.ts'

describe('every outcome is told in words', () => {
  test.each(VERDICTS)('$outcome, $reason', (verdict) => {
    const one = story({ verdict, session: seen, pullRequest: PULL })
    const { headline, do: todo } = sentenceOf(one, '/jules')
    expect(headline.length).toBeGreaterThan(10)
    expect(headline).not.toContain('\n')
    expect(todo === '' || /[.:]$/.test(todo)).toBe(true)
    expect(renderComment(one, '/jules')).toMatch(/^### ./)
    expect(renderSummary(one, '/jules')).toContain(`| Outcome | \`${verdict.outcome}\` (\`${verdict.reason}\`) |`)
    expect(outputsOf(one, '/jules')).toMatchObject(verdict)
  })

  test.each(
    VERDICTS.filter(({ outcome }) =>
      ['failed', 'queued', 'waiting-for-approval', 'waiting-for-reply', 'changes'].includes(outcome),
    ),
  )('$outcome, $reason says what to do', (verdict) => {
    expect(sentenceOf(story({ verdict }), '/jules').do).not.toBe('')
  })

  test('the words to type use the command word of the inputs', () => {
    expect(sentenceOf(story({ verdict: { outcome: 'waiting-for-reply', reason: 'question' } }), '@bot').do).toContain(
      '`@bot reply <text>`',
    )
  })

  test.each([
    { name: 'a request that waited', session: undefined, headline: /Taken back before Jules began/, todo: /^$/ },
    { name: 'a session', session: seen, headline: /No longer followed/, todo: /archived.*may still go on\.$/ },
    {
      name: 'a session with a pull request',
      session: seen,
      pullRequest: PULL,
      headline: /No longer followed/,
      todo: /may still go on\. There is \[pull request #34\]\(\S+\) from it; close it/,
    },
    {
      name: 'a session that is paused by it',
      session: { ...seen, state: 'PAUSED' as const },
      headline: /No longer followed/,
      todo: /archived\. It is paused, so nothing goes on in it by itself\.$/,
    },
    {
      name: 'a session that failed then',
      session: { ...seen, state: 'FAILED' as const },
      headline: /No longer followed/,
      todo: /^The session is archived; nothing is under way in it\.$/,
    },
    {
      name: 'a session that was done',
      session: { ...seen, state: 'COMPLETED' as const },
      headline: /No longer followed/,
      todo: /^The session is archived; nothing is under way in it\.$/,
    },
    {
      name: 'a session that was done in spite of it',
      session: { ...seen, state: 'COMPLETED' as const },
      pullRequest: PULL,
      headline: /No longer followed/,
      todo: /^Jules was asked to stop and the session is archived\. There is \[pull request #34\]/,
    },
  ])('what was stopped: $name', ({ session, pullRequest, headline, todo }) => {
    const verdict = { outcome: 'stopped', reason: 'by-command' } as const
    const words = sentenceOf(story({ verdict, session, pullRequest }), '/jules')
    expect(words.headline).toMatch(headline)
    expect(words.do).toMatch(todo)
  })

  test.each([
    { name: 'before there was a session', session: undefined, words: '`/jules retry`' },
    { name: 'while a session goes on', session: seen, words: '`/jules stop`' },
    { name: 'when a session was done', session: seen && { ...seen, state: 'COMPLETED' as const }, words: 'See which' },
    { name: 'when a session had failed', session: seen && { ...seen, state: 'FAILED' as const }, words: 'See which' },
  ])('a job that was cancelled $name', ({ session, words }) => {
    const one = story({ verdict: { outcome: 'running', reason: 'cancelled' }, session })
    expect(sentenceOf(one, '/jules').do).toContain(words)
  })

  test.each(['quota-full', 'daily-quota-full', 'jules-unavailable'] as const)(
    'F-15 a thread that waits (%s) says who tries again, and how to do it now or to take it back',
    (reason) => {
      const { headline, do: todo } = sentenceOf(story({ verdict: { outcome: 'queued', reason } }), '@bot')
      expect(headline).toMatch(/^🕒 /)
      expect(todo).toMatch(/next sweep.*`@bot status`.*`@bot stop`/)
    },
  )

  test('T-20 what was changed while it waited: why nothing came of it, and how to ask for it all the same', () => {
    const words = sentenceOf(story({ verdict: { outcome: 'answered', reason: 'changed-since-request' } }), '@bot')
    expect(words.headline).toMatch(/changed while it waited.*not started/)
    expect(words.do).toContain('`@bot retry`')
  })

  test('an outage at the end of the wait is told with who goes on', () => {
    const away = trouble({ failure: 'jules-unavailable', sentence: 'Jules is away.' })
    const verdict = { outcome: 'running', reason: 'handed-over' } as const
    const words = (more: object) => sentenceOf(story({ verdict, trouble: away, ...more }), '/jules').do
    expect(words({})).toMatch(/^Jules is away\. No job follows it any more\. .*`\/jules status`/)
    expect(words({ trouble: trouble({ failure: 'github-unavailable', sentence: 'GitHub is away.' }) })).toBe(
      'GitHub is away.',
    )
  })

  test('what a trouble says comes before the general words', () => {
    const one = story({
      verdict: { outcome: 'failed', reason: 'key-rejected' },
      trouble: trouble({ sentence: 'Replace it.' }),
    })
    expect(sentenceOf(one, '/jules')).toMatchObject({ do: 'Replace it.' })
  })

  test.each([
    { name: 'is linked where it is one of this repository', url: PULL.url, words: `[pull request #34](${PULL.url})` },
    {
      name: 'T-79 is only named where it is not',
      url: 'https://evil.example/acme/widgets/pull/34',
      words: 'opened a pull request',
    },
  ])('a pull request $name', ({ url, words }) => {
    const one = story({ verdict: { outcome: 'pull-request', reason: 'completed' }, pullRequest: { ...PULL, url } })
    expect(sentenceOf(one, '/jules').headline).toContain(words)
    expect(renderComment(one, '/jules')).not.toContain('evil')
    expect(renderSummary(one, '/jules')).not.toContain('evil')
    expect(JSON.stringify(outputsOf(one, '/jules'))).not.toContain('evil')
  })

  test.each([
    { state: 'QUEUED', told: false, words: /queued/ },
    { state: 'PLANNING', told: false, words: /plan/ },
    { state: 'IN_PROGRESS', told: false, words: /working/ },
    { state: 'UNKNOWN', told: false, words: /working/ },
    { state: 'COMPLETED', told: false, words: /is done; a pull request may follow/ },
    { state: 'COMPLETED', told: true, words: /Passed on to Jules/ },
    { state: 'IN_PROGRESS', told: true, words: /working/ },
  ] as const)('the headline tells how far it is: $state, told a moment ago: $told', ({ state, told, words }) => {
    expect(sentenceOf(story({ session: { ...seen, state }, told }), '/jules').headline).toMatch(words)
  })

  test.each([
    { branch: 'dve', near: ['dev', 'develop'], words: 'There is no `dve`. Near to it: `dev`, `develop`. Push it' },
    { branch: 'dve', near: [], words: 'There is no `dve`. Push it' },
    { branch: '', near: [], words: 'There is no such branch. Push it' },
  ])('a branch that is not there: $words', ({ branch, near, words }) => {
    const one = story({ verdict: { outcome: 'failed', reason: 'branch-not-found' }, branch, near })
    expect(sentenceOf(one, '/jules').do).toContain(words)
  })

  test('T-23 another plan than the one that was named: nothing says that Jules has changed it', () => {
    const { headline, do: todo } = sentenceOf(
      story({ verdict: { outcome: 'waiting-for-approval', reason: 'plan-changed' } }),
      '/jules',
    )
    expect(headline).toMatch(/Nothing was approved.*named or shown before/)
    expect(`${headline} ${todo}`).not.toMatch(/changed/)
    expect(todo).toContain('`/jules approve`')
  })

  test('the comment says whether anybody keeps it up to date', () => {
    expect(sentenceOf(story({ session: seen, followed: true }), '/jules').do).toContain('kept up to date')
    expect(sentenceOf(story({ session: seen, followed: false }), '/jules').do).toContain('`/jules status`')
  })
})
