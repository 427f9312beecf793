import type { Check } from '../../../src/core/effect/check.ts'
import { checkLine, checkTable } from '../../../src/core/report/checks.ts'
import { sentenceOf } from '../../../src/core/report/sentences.ts'
import { renderSummary } from '../../../src/core/report/summary.ts'
import { story, trouble } from '../builders.ts'

const fine = (of: Check['of'], ...names: string[]): Check => ({ of, result: 'fine', names })
const wrong = (of: Check['of'], ...names: string[]): Check => ({ of, result: 'wrong', names })
const advice = (of: Check['of'], ...names: string[]): Check => ({ of, result: 'advice', names })

const LINES: { check: Check; line: string }[] = [
  { check: fine('key'), line: '✅ fine: Jules API key. Jules accepts it.' },
  {
    check: wrong('key'),
    line: '❌ wrong: Jules API key. Jules does not accept it: make a new one in the settings of jules.google.com and replace the secret.',
  },
  { check: fine('source', 'sources/a'), line: '✅ fine: Jules source. Jules knows this repository as `sources/a`.' },
  {
    check: wrong('source'),
    line: '❌ wrong: Jules source. Jules does not know this repository: install its app for it at https://jules.google.com.',
  },
  {
    check: wrong('source', 'sources/a'),
    line: '❌ wrong: Jules source. Jules knows no source `sources/a`: correct the input `source`, or leave it out, and the one of this repository is taken.',
  },
  { check: fine('token'), line: '✅ fine: `github-token`. GitHub accepts it.' },
  {
    check: wrong('token'),
    line: '❌ wrong: `github-token`. GitHub does not accept it, or not for this repository: check where the workflow gets it from.',
  },
  { check: fine('branch', 'main'), line: '✅ fine: Starting branch. There is `main`.' },
  {
    check: wrong('branch', 'maim'),
    line: '❌ wrong: Starting branch. There is no `maim`: push it, or name another one in `starting-branch`.',
  },
  {
    check: wrong('branch', 'maim', 'main', 'make'),
    line: '❌ wrong: Starting branch. There is no `maim`: push it, or name another one in `starting-branch`, such as `main`, `make`.',
  },
  { check: fine('contents'), line: '✅ fine: `contents: read`. The token may read this repository.' },
  { check: fine('issues'), line: '✅ fine: `issues: write`. The token has this permission.' },
  { check: fine('label', 'ask-jules'), line: '✅ fine: Trigger label. There is `ask-jules`.' },
  {
    check: advice('label', 'ask-jules'),
    line: '💡 advice: Trigger label. There is no label `ask-jules`: make it in the repository, for people need it to ask.',
  },
  { check: fine('templates'), line: '✅ fine: Issue templates. None puts the trigger label on by itself.' },
  {
    check: advice('templates', 'a.yml'),
    line: '💡 advice: Issue templates. The trigger label is put on new issues by `a.yml`, so people ask Jules without meaning to: take it out there.',
  },
  {
    check: advice('templates', 'a.yml', 'b.md'),
    line: '💡 advice: Issue templates. The trigger label is put on new issues by `a.yml`, `b.md`, so people ask Jules without meaning to: take it out there.',
  },
  {
    check: { of: 'issues', result: 'unknown', why: 'dry-run' },
    line: '❔ cannot be told: `issues: write`. A dry run sends no write, and only a write can tell.',
  },
  {
    check: { of: 'source', result: 'unknown', why: 'after-another' },
    line: '❔ cannot be told: Jules source. It could not be looked at, because of what another check has found.',
  },
  {
    check: { of: 'key', result: 'unknown', why: trouble({ sentence: 'Jules did not answer.' }) },
    line: '❔ cannot be told: Jules API key. Jules did not answer.',
  },
]
test.each(LINES)('$line', ({ check, line }) => {
  expect(checkLine(check)).toBe(line)
})

test.each(['contents: read', 'issues: write', 'pull-requests: write'] as const)(
  'T-117 a missing `%s` is told with the very line to add',
  (line) => {
    const [of = ''] = line.split(':')
    const permission = of === 'contents' || of === 'issues' ? of : 'pull-requests'
    expect(checkLine(wrong(permission))).toBe(
      `❌ wrong: \`${line}\`. Add the line \`${line}\` under \`permissions:\` of the job, or give a token of your own this permission.`,
    )
  },
)

test('the summary has one row for each check, and none of it in a run that checks nothing', () => {
  const checks = [fine('key'), wrong('branch', 'a|b')]
  const table = [
    '| Check | Result | What was found |',
    '| --- | --- | --- |',
    '| Jules API key | ✅ fine | Jules accepts it. |',
    '| Starting branch | ❌ wrong | There is no `a¦b`: push it, or name another one in `starting-branch`. |',
  ].join('\n')
  expect(checkTable(story({ checks }))).toBe(table)
  expect(renderSummary(story({ checks }), '/jules')).toContain(`\n\n${table}`)
  expect(checkTable(story())).toBe('')
})

const unknown: Check = { of: 'key', result: 'unknown', why: 'after-another' }
test.each<{ outcome: 'healthy' | 'unhealthy'; checks: Check[]; headline: string }>([
  { outcome: 'healthy', checks: [fine('key'), advice('label')], headline: '✅ The set-up is right' },
  { outcome: 'healthy', checks: [unknown], headline: '✅ The set-up is right, as far as it could be checked' },
  { outcome: 'unhealthy', checks: [wrong('key')], headline: '❌ The set-up is not right' },
  { outcome: 'unhealthy', checks: [unknown, wrong('key')], headline: '❌ The set-up is not right' },
  { outcome: 'unhealthy', checks: [fine('key'), unknown], headline: '❔ The set-up could not be checked in full' },
])('$outcome: $headline', ({ outcome, checks, headline }) => {
  expect(sentenceOf(story({ verdict: { outcome, reason: 'done' }, checks }), '/jules').headline).toBe(headline)
})
