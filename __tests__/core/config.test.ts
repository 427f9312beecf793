import fc from 'fast-check'
import { type Config, type InputName, type Inputs, readConfig } from '../../src/core/config.ts'
import { INPUT_DEFAULTS } from '../../src/core/inputs.ts'
import { config, inputs, KEY_INPUT } from './builders.ts'

function good(over: Partial<Inputs>): Config {
  const read = readConfig(inputs(over))
  if ('problems' in read) throw new Error(read.problems.map(({ message }) => message).join('\n'))
  return read.config
}

function problems(over: Partial<Inputs>) {
  const read = readConfig(inputs(over))
  return 'problems' in read ? read.problems : []
}

test('the defaults of action.yml with a key and a token are a good configuration', () => {
  const read = good({})
  expect(read).toEqual(config())
  expect(Object.isFrozen(read)).toBe(true)
})

describe('good values', () => {
  const rows: { input: InputName; given: string; read: Partial<Config> }[] = [
    { input: 'jules-api-key', given: ` ${KEY_INPUT}\n`, read: { julesKey: KEY_INPUT } },
    { input: 'jules-api-key', given: 'x'.repeat(8), read: { julesKey: 'x'.repeat(8) } },
    { input: 'jules-api-key', given: 'x'.repeat(200), read: { julesKey: 'x'.repeat(200) } },
    { input: 'github-token', given: 'ghp_1', read: { githubToken: 'ghp_1' } },
    { input: 'prompt', given: ' go\non ', read: { prompt: 'go\non' } },
    { input: 'instructions', given: 'x'.repeat(60 * 1024), read: { instructions: 'x'.repeat(60 * 1024) } },
    { input: 'title', given: 'A title: "x"', read: { title: 'A title: "x"' } },
    { input: 'issue-number', given: '12', read: { issueNumber: 12 } },
    { input: 'issue-number', given: '', read: { issueNumber: undefined } },
    { input: 'source', given: 'sources/github/acme/widgets', read: { source: 'sources/github/acme/widgets' } },
    { input: 'source', given: 'sources/github-acme-widgets', read: { source: 'sources/github-acme-widgets' } },
    { input: 'starting-branch', given: 'release/1.x', read: { startingBranch: 'release/1.x' } },
    { input: 'require-plan-approval', given: 'TRUE', read: { requirePlanApproval: true } },
    { input: 'automation-mode', given: 'AUTOMATION_MODE_UNSPECIFIED', read: { autoCreatePullRequest: false } },
    { input: 'environment-variables', given: 'True', read: { environmentVariables: true } },
    { input: 'trigger-label', given: 'Fix: With Jules', read: { triggerLabel: 'fix: with jules' } },
    { input: 'command', given: '@bot', read: { command: '@bot' } },
    { input: 'minimum-permission', given: 'triage', read: { minimumPermission: 'triage' } },
    { input: 'minimum-permission', given: 'maintain', read: { minimumPermission: 'maintain' } },
    { input: 'minimum-permission', given: 'admin', read: { minimumPermission: 'admin' } },
    { input: 'allowed-bots', given: 'Renovate[bot], 49699333 ,', read: { allowedBots: ['renovate[bot]', '49699333'] } },
    { input: 'wait-minutes', given: '0', read: { waitMs: 0 } },
    { input: 'wait-minutes', given: ' 350 ', read: { waitMs: 350 * 60_000 } },
    { input: 'poll-seconds', given: '1', read: { pollMs: 1000 } },
    { input: 'poll-seconds', given: '600', read: { pollMs: 600_000 } },
    { input: 'status-labels', given: 'False', read: { statusLabels: false } },
    { input: 'notify', given: 'always', read: { notify: 'always' } },
    { input: 'notify', given: 'never', read: { notify: 'never' } },
    { input: 'tick-boxes', given: 'FALSE', read: {} },
    { input: 'fail-on-session-failure', given: 'false', read: { failOnSessionFailure: false } },
    { input: 'dry-run', given: 'true', read: { dryRun: true } },
    { input: 'mode', given: 'sweep', read: {} },
    { input: 'mode', given: 'doctor', read: {} },
    {
      input: 'jules-api-url',
      given: 'https://jules.googleapis.com/v1alpha//',
      read: { julesUrl: 'https://jules.googleapis.com/v1alpha' },
    },
    {
      input: 'jules-api-url',
      given: 'http://127.0.0.1:8080/v1alpha',
      read: { julesUrl: 'http://127.0.0.1:8080/v1alpha' },
    },
    {
      input: 'jules-api-url',
      given: 'https://jules.googleapis.com',
      read: { julesUrl: 'https://jules.googleapis.com' },
    },
    { input: 'jules-api-url', given: 'http://127.0.0.1/', read: { julesUrl: 'http://127.0.0.1' } },
    { input: 'jules-api-url', given: 'http://localhost:8080', read: { julesUrl: 'http://localhost:8080' } },
    { input: 'jules-api-url', given: 'http://[::1]:8080/', read: { julesUrl: 'http://[::1]:8080' } },
  ]
  test.each(rows)('$input: $given', ({ input, given, read }) => {
    expect(good({ [input]: given })).toEqual(config(read))
  })
})

describe('bad values', () => {
  const rows: { input: InputName; given: string }[] = [
    { input: 'github-token', given: '' },
    { input: 'github-token', given: 'two words' },
    { input: 'mode', given: 'watch' },
    { input: 'mode', given: '' },
    { input: 'prompt', given: 'x'.repeat(60 * 1024 + 1) },
    { input: 'instructions', given: 'x'.repeat(60 * 1024 + 1) },
    { input: 'title', given: 'two\nlines' },
    { input: 'title', given: 'x'.repeat(201) },
    { input: 'issue-number', given: '0' },
    { input: 'issue-number', given: '-1' },
    { input: 'issue-number', given: '1e3' },
    { input: 'issue-number', given: '99999999999' },
    { input: 'source', given: 'github/acme/widgets' },
    { input: 'source', given: 'sources/../sessions' },
    { input: 'source', given: 'sources/a?b' },
    { input: 'starting-branch', given: 'two words' },
    { input: 'starting-branch', given: 'a^b' },
    { input: 'require-plan-approval', given: 'yes' },
    { input: 'automation-mode', given: 'MANUAL' },
    { input: 'environment-variables', given: '' },
    { input: 'trigger-label', given: '' },
    { input: 'trigger-label', given: 'JULES' },
    { input: 'trigger-label', given: 'a,b' },
    { input: 'trigger-label', given: 'x'.repeat(51) },
    { input: 'command', given: '/jules fix' },
    { input: 'command', given: '/' },
    { input: 'minimum-permission', given: 'read' },
    { input: 'minimum-permission', given: 'owner' },
    { input: 'allowed-bots', given: '*' },
    { input: 'allowed-bots', given: 'renovate' },
    { input: 'allowed-bots', given: '*[bot]' },
    { input: 'allowed-bots', given: 'renovate[bot] dependabot[bot]' },
    { input: 'wait-minutes', given: '351' },
    { input: 'wait-minutes', given: '' },
    { input: 'wait-minutes', given: '1.5' },
    { input: 'poll-seconds', given: '0' },
    { input: 'poll-seconds', given: '601' },
    { input: 'poll-seconds', given: 'NaN' },
    { input: 'status-labels', given: '1' },
    { input: 'notify', given: 'sometimes' },
    { input: 'tick-boxes', given: 'on' },
    { input: 'fail-on-session-failure', given: 'no' },
    { input: 'dry-run', given: 'tRue' },
  ]
  test.each(rows)('$input: $given', ({ input, given }) => {
    const found = problems({ [input]: given })
    expect(found.map((problem) => problem.input)).toEqual([input])
    expect(found[0]?.message).toMatch(/^`[a-z-]+` (is|has) .+\. Allowed: .+\.$/su)
  })

  test('T-02 a wildcard among the bots is named as such', () => {
    const messages = problems({ 'allowed-bots': '*' }).map(({ message }) => message)
    expect(messages).toEqual([expect.stringContaining('no wildcard')])
  })

  test('every input that is judged has a row; the key and the address have tables of their own', () => {
    const elsewhere = ['session-id', 'jules-api-key', 'jules-api-url']
    const covered = new Set<string>([...rows.map(({ input }) => input), ...elsewhere])
    expect(Object.keys(INPUT_DEFAULTS).filter((name) => !covered.has(name))).toEqual([])
  })

  test('a long or strange value is quoted short, on one line and without back-ticks', () => {
    const [problem] = problems({ notify: `a\`b\n\u202e${'x'.repeat(500)}` })
    expect(problem?.message).not.toMatch(/[\n\u202e]/u)
    expect(problem?.message.length).toBeLessThan(200)
    expect(problem?.message.match(/`/g)?.length).toBe(10)
  })
})

describe('T-114 the shape of the key', () => {
  test.each([
    { name: 'empty', key: '' },
    { name: 'blanks', key: '   ' },
    { name: 'too short', key: 'c4nary!' },
    { name: 'too long', key: `c4nary${'x'.repeat(195)}` },
    { name: 'with a newline', key: 'c4nary-1234\nX-Evil: 1' },
    { name: 'with a carriage return', key: 'c4nary-1234\rx' },
    { name: 'with a blank', key: 'c4nary 12345' },
    { name: 'with a tab', key: 'c4nary\t12345' },
    { name: 'not ASCII', key: 'c4nary-ключ-1234' },
    { name: 'with NUL', key: 'c4nary\u00001234' },
  ])('$name: refused, and never shown', ({ key }) => {
    for (const input of ['jules-api-key', 'github-token'] as const) {
      const given = input === 'github-token' && /^[\x21-\x7e]+$/.test(key) ? `${key} x` : key
      const found = problems({ [input]: given })
      expect(found.map((problem) => problem.input)).toEqual([input])
      expect(JSON.stringify(found)).not.toContain('c4nary')
    }
  })

  test('secrets are in no message, whatever else is wrong', () => {
    const broken = fc.record({
      'jules-api-key': fc.constant('c4nary c4nary'),
      'github-token': fc.constant('c4nary\n1'),
    })
    const rest = fc.dictionary(fc.constantFrom('mode', 'notify', 'wait-minutes'), fc.string({ maxLength: 20 }))
    fc.assert(
      fc.property(broken, rest, (secrets, others) => {
        expect(JSON.stringify(problems({ ...others, ...secrets }))).not.toContain('c4nary')
      }),
      { numRuns: 200 },
    )
  })
})

describe('T-111 the address of Jules', () => {
  test.each([
    'http://jules.googleapis.com/v1alpha',
    'https://jules.googleapis.com.evil.example/v1alpha',
    'https://evil.example/jules.googleapis.com',
    'https://jules.googleapis.com@evil.example/v1alpha',
    'https://user:pass@jules.googleapis.com/v1alpha',
    'https://user@jules.googleapis.com/v1alpha',
    'https://jules.googleapis.com:8443/v1alpha',
    'https://jules.googleapis.com./v1alpha',
    'https://xjules.googleapis.com/v1alpha',
    'https://jules.google.com/v1alpha',
    'https://142.250.0.1/v1alpha',
    'https://[::1]/v1alpha',
    'https://127.0.0.1/v1alpha',
    'http://127.0.0.1.evil.example/v1alpha',
    'http://10.0.0.1/v1alpha',
    'http://user@127.0.0.1/v1alpha',
    'ftp://jules.googleapis.com/v1alpha',
    'javascript:alert(1)',
    'file:///etc/passwd',
    '//jules.googleapis.com/v1alpha',
    'jules.googleapis.com',
    'https://jules.googleapis.com/v1alpha?key=1',
    'https://jules.googleapis.com/v1alpha#x',
    'https://jules.googleapis.com/v1alpha?',
    'https://jules.googleapis.com/v1alpha#',
    'https://jules.googleapis.com/v1alpha/?#',
    'http://127.0.0.1:8080/v1alpha?',
    'http://127.1/v1alpha',
    'http://2130706433/v1alpha',
    'http://0x7f.1/v1alpha',
    'http://0177.0.0.1/v1alpha',
    'http://127.0.0.2/v1alpha',
    'http://[::ffff:127.0.0.1]/v1alpha',
    'http://[0:0:0:0:0:0:0:1]/v1alpha',
    'http://１27.0.0.1/v1alpha',
    'http://localhost./v1alpha',
    'http://localhost:80800/v1alpha',
    'http://localhost:/v1alpha',
    'http:/localhost/v1alpha',
    'http:\\\\localhost/v1alpha',
    'https:jules.googleapis.com/v1alpha',
    'https://jules。googleapis.com/v1alpha',
    'https://jules.googleapis.com:443/v1alpha',
    'https://jules.googleapis.com/v1 alpha',
    'https://jules.googleapis.com/%2e%2e',
    '',
  ])('refused: %s', (url) => {
    expect(problems({ 'jules-api-url': url }).map(({ input }) => input)).toEqual(['jules-api-url'])
  })
})

test('every problem is reported at once, each by its input', () => {
  const names = Object.keys(INPUT_DEFAULTS)
  const found = problems(Object.fromEntries(names.map((name) => [name, '\n\u0000*?'.repeat(20_000)])))
  const judged = names.filter((name) => name !== 'session-id')
  expect(found.map(({ input }) => input).sort()).toEqual(judged.sort())
})
