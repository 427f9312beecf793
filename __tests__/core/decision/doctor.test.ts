import type { Config } from '../../../src/core/config.ts'
import { decide } from '../../../src/core/decision/decide.ts'
import type { SetUp } from '../../../src/core/decision/doctor/set-up.ts'
import type { Check } from '../../../src/core/effect/check.ts'
import type { Applied, Effect } from '../../../src/core/effect/effect.ts'
import type { Trouble } from '../../../src/core/effect/story.ts'
import { labelIntent, refused, scene, trouble } from '../builders.ts'

const SOUND: SetUp = {
  key: { known: true },
  source: { known: 'sources/github/acme/widgets' },
  token: { known: true },
  branch: { known: { name: 'main', there: true, near: [] } },
  label: { known: true },
  templates: { known: [{ path: '.github/ISSUE_TEMPLATE/bug.yml', labels: ['bug'] }] },
}
const UNASKED = { unasked: 'after-another' } as const
const failed = (failure: Trouble['failure']) => ({ trouble: trouble({ failure }) })
const JULES_DOWN = failed('jules-unavailable')
const GITHUB_DOWN = failed('github-unavailable')
const REFUSED = failed('github-permission-missing')

const ISSUES: Effect = { do: 'probe', permission: 'issues' }
const PULLS: Effect = { do: 'probe', permission: 'pull-requests' }
const GRANTED: Applied[] = [
  { effect: ISSUES, ok: true },
  { effect: PULLS, ok: true },
]

function examined(over: Partial<SetUp> = {}, applied: Applied[] = GRANTED, config: Partial<Config> = {}) {
  const intent = labelIntent({ thread: undefined, because: { kind: 'doctor' }, subject: undefined, asker: undefined })
  const observed = { thread: undefined, setUp: { ...SOUND, ...over }, applied }
  return decide(scene({ intent, observed, config }))
}

/** The checks that are not fine, in short. */
function amiss({ story }: ReturnType<typeof examined>): Record<string, string> {
  const inShort = (check: Check) => {
    if (check.result !== 'unknown') return [check.result, ...check.names].join(' ')
    return typeof check.why === 'string' ? check.why : `unknown: ${check.why.failure}`
  }
  const checks = story.checks.filter(({ result }) => result !== 'fine')
  return Object.fromEntries(checks.map((check) => [check.of, inShort(check)]))
}

test('the first look sends the probes, which can change nothing; the second tells what they came to', () => {
  const first = examined({}, [])
  expect([first.effects, first.next]).toEqual([[ISSUES, PULLS], 'again'])
  const second = examined()
  expect([second.effects, second.next, second.story.verdict.outcome]).toEqual([[], 'done', 'healthy'])
  expect(second.story.checks.map(({ of, result }) => `${of} ${result}`)).toEqual([
    'key fine',
    'source fine',
    'token fine',
    'branch fine',
    'contents fine',
    'issues fine',
    'pull-requests fine',
    'label fine',
    'templates fine',
  ])
})

type Row = {
  name: string
  setUp?: Partial<SetUp>
  applied?: Applied[]
  config?: Partial<Config>
  amiss: Record<string, string>
  outcome: 'healthy' | 'unhealthy'
}
const ROWS: Row[] = [
  {
    name: 'a key that is refused is told once',
    setUp: { key: failed('key-rejected'), source: UNASKED },
    amiss: { key: 'wrong', source: 'after-another' },
    outcome: 'unhealthy',
  },
  {
    name: 'a source that Jules does not show to a key that it accepts',
    setUp: { source: failed('key-rejected') },
    amiss: { source: 'wrong' },
    outcome: 'unhealthy',
  },
  {
    name: 'while Jules is down nothing is known, and that is not healthy',
    setUp: { key: JULES_DOWN, source: UNASKED },
    amiss: { key: 'unknown: jules-unavailable', source: 'after-another' },
    outcome: 'unhealthy',
  },
  {
    name: 'a repository that is not connected',
    setUp: { source: { known: '' } },
    amiss: { source: 'wrong' },
    outcome: 'unhealthy',
  },
  {
    name: 'a named source that is not there',
    setUp: { source: { known: '' } },
    config: { source: 'sources/github/acme/gadgets' },
    amiss: { source: 'wrong sources/github/acme/gadgets' },
    outcome: 'unhealthy',
  },
  {
    name: 'a branch that is not there, with those near to it',
    setUp: { branch: { known: { name: 'maim', there: false, near: ['main'] } } },
    amiss: { branch: 'wrong maim main' },
    outcome: 'unhealthy',
  },
  {
    name: 'T-117 contents: read is missing, and told once',
    setUp: { branch: REFUSED, templates: REFUSED },
    amiss: { branch: 'after-another', contents: 'wrong', templates: 'after-another' },
    outcome: 'unhealthy',
  },
  {
    name: 'T-117 issues: write is missing',
    applied: [refused(ISSUES, { failure: 'github-permission-missing' }), { effect: PULLS, ok: true }],
    amiss: { issues: 'wrong' },
    outcome: 'unhealthy',
  },
  {
    name: 'T-117 pull-requests: write is missing',
    applied: [{ effect: ISSUES, ok: true }, refused(PULLS, { failure: 'github-permission-missing' })],
    amiss: { 'pull-requests': 'wrong' },
    outcome: 'unhealthy',
  },
  {
    name: 'a probe that GitHub did not answer',
    applied: [refused(ISSUES, { failure: 'github-unavailable' }), { effect: PULLS, ok: true }],
    amiss: { issues: 'unknown: github-unavailable' },
    outcome: 'unhealthy',
  },
  {
    name: 'a token that is refused is told once, and not probed',
    setUp: { token: REFUSED, branch: UNASKED, label: UNASKED, templates: UNASKED },
    applied: [],
    amiss: {
      token: 'wrong',
      branch: 'after-another',
      contents: 'after-another',
      issues: 'after-another',
      'pull-requests': 'after-another',
      label: 'after-another',
      templates: 'after-another',
    },
    outcome: 'unhealthy',
  },
  {
    name: 'a token that does not see the repository is not probed either',
    setUp: { token: { known: false }, branch: UNASKED },
    applied: [],
    amiss: {
      token: 'wrong',
      branch: 'after-another',
      contents: 'after-another',
      issues: 'after-another',
      'pull-requests': 'after-another',
    },
    outcome: 'unhealthy',
  },
  {
    name: 'a trigger label that is not there is advice',
    setUp: { label: { known: false } },
    amiss: { label: 'advice ask-jules' },
    outcome: 'healthy',
  },
  {
    name: 'T-09 templates that put the trigger label on are advice',
    setUp: {
      templates: {
        known: [
          { path: 'a.yml', labels: ['bug', 'ask-jules'] },
          { path: 'b.yml', labels: ['bug'] },
          { path: 'c.md', labels: ['ask-jules'] },
        ],
      },
    },
    amiss: { templates: 'advice a.yml c.md' },
    outcome: 'healthy',
  },
  {
    name: 'advice that could not be formed does no harm',
    setUp: { label: GITHUB_DOWN, templates: GITHUB_DOWN },
    amiss: { label: 'unknown: github-unavailable', templates: 'unknown: github-unavailable' },
    outcome: 'healthy',
  },
  {
    name: 'a dry run sends no probe, and may be healthy',
    applied: [],
    config: { dryRun: true },
    amiss: { issues: 'dry-run', 'pull-requests': 'dry-run' },
    outcome: 'healthy',
  },
]

test.each(ROWS)('$name', ({ setUp, applied, config, amiss: expected, outcome }) => {
  const decision = examined(setUp, applied, config)
  expect([decision.effects, decision.next]).toEqual([[], 'done'])
  expect(amiss(decision)).toEqual(expected)
  expect(decision.story.verdict).toEqual({ outcome, reason: 'done' })
})
