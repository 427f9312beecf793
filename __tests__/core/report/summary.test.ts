import { OUTPUT_NAMES } from '../../../src/core/inputs.ts'
import { outputsOf } from '../../../src/core/report/result.ts'
import { renderSummary } from '../../../src/core/report/summary.ts'
import { commentUrl, PULL, SESSION, story } from '../builders.ts'
import { full, seen } from './full.ts'
import { scan } from './scanner.ts'

describe('the job summary', () => {
  test('facts in a table, then what a dry run would do, then the work', () => {
    const one = { ...full('words'), branch: 'main', verdict: { outcome: 'dry-run', reason: 'done' } } as const
    const summary = renderSummary(one, '/jules')
    expect(summary).toContain(`| Pull request | [#34](${PULL.url}) |`)
    expect(summary).toContain(`| Session | [\`${SESSION}\`](${seen.url}) |`)
    expect(summary).toContain('| State | `IN_PROGRESS` |')
    expect(summary).toContain('| Branch | `main` |')
    expect(summary).toContain(`| Thread | [tracking comment](${commentUrl(500)}) |`)
    expect(summary).toContain('**A real run would:**\n\n1. `words`')
    expect(summary).toContain('**Latest steps of 7**')
    expect(summary).toContain('```diff\nwords\n```')
  })

  test('rows without a value are left out', () => {
    expect(
      renderSummary(story(), '/jules')
        .split('\n')
        .filter((line) => line.startsWith('| ')),
    ).toEqual(['| | |', '| --- | --- |', expect.stringContaining('Outcome')])
  })

  test('F-19 what a service complains of is quoted in a fence; without a word there is none', () => {
    const trouble = { failure: 'request-rejected', sentence: 'No.', passing: false, unsure: false } as const
    const said = renderSummary(story({ trouble: { ...trouble, said: 'Invalid value @all' } }), '/jules')
    expect(said).toContain('**What the service said:**\n\n```text\nInvalid value @all\n```')
    expect(renderSummary(story({ trouble }), '/jules')).not.toContain('What the service said')
  })

  test.each([
    { calm: 0, left: 0, says: 'All threads are up to date' },
    { calm: 1, left: 1, says: 'Nothing is new in 1 thread. 1 thread is left for the next sweep.' },
    { calm: 480, left: 12, says: 'Nothing is new in 480 threads. 12 threads are left for the next sweep.' },
    { calm: 0, left: 12, says: 'The next one goes on where it ends.' },
  ])('threads that a sweep has not visited are counted: $calm, $left', ({ says, ...unvisited }) => {
    const verdict = { outcome: 'swept', reason: 'done' } as const
    expect(renderSummary(story({ verdict, unvisited }), '/jules')).toContain(says)
  })

  test('the table of a sweep has at most a hundred lines', () => {
    const verdict = { outcome: 'pull-request', reason: 'completed' } as const
    const swept = Array.from({ length: 130 }, (_, at) => ({ thread: at + 1, verdict, did: [] }))
    const summary = renderSummary(story({ verdict: { outcome: 'swept', reason: 'done' }, swept }), '/jules')
    expect(summary.match(/^\| \[#/gm)).toHaveLength(100)
    expect(summary).toContain('30 more were visited.')
  })

  test('what a sweep has found stands in a table, a thread a line', () => {
    const swept = [
      {
        thread: 12,
        verdict: { outcome: 'pull-request', reason: 'completed' } as const,
        did: ['take off the label jules: running', 'bring the tracking comment up to date'],
      },
      { thread: 7, verdict: { outcome: 'ignored', reason: 'already-running' } as const, did: [] },
    ]
    const summary = renderSummary(story({ verdict: { outcome: 'swept', reason: 'done' }, swept }), '/jules')
    expect(summary).toContain(
      [
        '| Thread | What was found | What was done |',
        '| --- | --- | --- |',
        '| [#12](https://github.com/acme/widgets/issues/12) | `pull-request` (`completed`) | take off the label jules: running, bring the tracking comment up to date |',
        '| [#7](https://github.com/acme/widgets/issues/7) | `ignored` (`already-running`) | nothing |',
      ].join('\n'),
    )
  })

  test('what a sweep did more than once is told once; a dry one tells what it would do', () => {
    const found = { outcome: 'dry-run', reason: 'done' } as const
    const swept = [{ thread: 12, verdict: found, did: ['bring it up to date', 'bring it up to date', 'take it off'] }]
    const summary = renderSummary(story({ verdict: found, swept }), '/jules')
    expect(summary).toContain('| Thread | What was found | What a real run would do |')
    expect(summary).toContain('| bring it up to date, take it off |')
  })

  test('all the steps there are', () => {
    expect(renderSummary(story({ progress: ['Read'], progressCount: 1 }), '/jules')).toContain('**Steps**\n\n- `Read`')
  })

  test('T-80 the id of a session without a proper link stands in code', () => {
    const summary = renderSummary(story({ session: { ...seen, url: 'https://evil.example' } }), '/jules')
    expect(summary).toContain(`| Session | \`${SESSION}\` |`)
    expect(summary).not.toContain('evil')
  })

  test.each([
    { name: 'the state', one: { session: { ...seen, rawState: 'X|@c4nary/all' } } },
    { name: 'the id of a session', one: { session: { ...seen, id: 'x|](//c4nary) @c4nary' } } },
    { name: 'the id of a session without a link', one: { session: { ...seen, url: '', id: 'x|@c4nary|' } } },
    { name: 'the branch', one: { branch: 'a|@c4nary`|' } },
  ])('T-81 a bar in $name does not end its cell', ({ one }) => {
    const summary = renderSummary(story(one), '/jules')
    const rows = summary.split('\n').filter((line) => line.startsWith('| '))
    expect(rows.join('')).toContain('c4nary')
    for (const row of rows) expect(row.split('|')).toHaveLength(4)
    const { outside, closed } = scan(summary)
    expect(outside).not.toContain('c4nary')
    expect(closed).toBe(true)
  })

  test('T-97 five megabytes become at most 900 KiB', () => {
    const steps = Array.from({ length: 20_000 }, () => ({ title: '中'.repeat(200), description: '' }))
    const summary = renderSummary(story({ plan: { id: 'p', steps } }), '/jules')
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(900 * 1024)
    expect(summary.isWellFormed()).toBe(true)
  })
})

describe('the outputs', () => {
  test('all of them are set on every run, empty where there is nothing to say', () => {
    const outputs = outputsOf(story({ verdict: { outcome: 'ignored', reason: 'edited' } }), '/jules')
    expect(Object.keys(outputs).sort()).toEqual([...OUTPUT_NAMES].sort())
    const { summary, result, ...others } = outputs
    expect(summary).toContain('ignored')
    expect(JSON.parse(result)).toMatchObject({ version: 1, outcome: 'ignored' })
    expect(others).toEqual({
      outcome: 'ignored',
      reason: 'edited',
      'session-id': '',
      'session-url': '',
      'session-state': '',
      'pull-request-url': '',
      'pull-request-number': '',
      'comment-url': '',
      'files-path': '',
    })
  })

  test('everything that is known', () => {
    const outputs = outputsOf(
      { ...full('words'), verdict: { outcome: 'pull-request', reason: 'completed' } },
      '/jules',
      '/tmp/files',
    )
    const { summary, result, ...others } = outputs
    expect(others).toEqual({
      outcome: 'pull-request',
      reason: 'completed',
      'session-id': SESSION,
      'session-url': seen.url,
      'session-state': 'IN_PROGRESS',
      'pull-request-url': PULL.url,
      'pull-request-number': '34',
      'comment-url': commentUrl(500),
      'files-path': '/tmp/files',
    })
    expect(JSON.parse(result)).toEqual({ version: 1, ...others, 'pull-request-number': 34, summary })
    expect(summary).not.toContain('```diff')
  })

  test.each([0, 1, 2, 3])(
    'T-82 T-96 a summary that is too long is cut at a whole character and outside its fences (shifted by %i)',
    (shift) => {
      const text = `${'x'.repeat(shift)}${'😀'.repeat(60_000)}`
      const { summary, result } = outputsOf(full(text), '/jules')
      expect(summary.isWellFormed()).toBe(true)
      expect(scan(summary).closed).toBe(true)
      expect(summary).toContain('too long')
      expect(JSON.parse(result).summary).toBe(summary)
    },
  )

  test('T-96 each is at most 100 KiB', () => {
    const outputs = outputsOf(full('中'.repeat(100_000)), '/jules')
    for (const value of Object.values(outputs)) expect(Buffer.byteLength(value)).toBeLessThanOrEqual(100 * 1024 + 1024)
  })
})
