/** What the repository itself promises: nothing secret in it, and somebody to tell. */
import { readFileSync } from 'node:fs'
import { files, ROOT, read } from '../contract/tree.ts'

// In the same shapes as the services give them out; whoever needs one for a test makes it while the test runs.
const SECRETS = [
  /gh[pousr]_[A-Za-z0-9]{36}/,
  /github_pat_[A-Za-z0-9_]{60,}/,
  /AIza[\w-]{35}/,
  /\bAQ\.[\w-]{40,}/,
  /ya29\.[\w-]{20,}/,
  /(?:AKIA|ASIA)[A-Z0-9]{16}/,
  /xox[abeprs]-[A-Za-z0-9-]{10,}/,
  /npm_[A-Za-z0-9]{36}/,
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----\s*[A-Za-z0-9+/]{40}/,
  /\beyJ[\w-]{20,}\.eyJ[\w-]{20,}\.[\w-]{20,}/,
]

const secretsIn = (text: string): string[] => SECRETS.flatMap((shape) => shape.exec(text)?.[0].slice(0, 12) ?? [])

test.each([
  `ghs_${'a1'.repeat(18)}`,
  `AIza${'b2-x_'.repeat(7)}`,
  `AQ.${'c3'.repeat(25)}`,
  `-----BEGIN ${'RSA'} PRIVATE KEY-----\n${'d4'.repeat(30)}`,
])('T-159 the check finds a secret (%#)', (secret) => {
  expect(secretsIn(`key: ${secret}`)).toHaveLength(1)
})

test('T-159 no committed file holds anything in the shape of a secret', () => {
  const wrong = files().flatMap((file) =>
    secretsIn(readFileSync(`${ROOT}${file}`, 'utf8')).map((secret) => `${file}: ${secret}…`),
  )
  expect(wrong).toEqual([])
})

test('T-160 whoever finds a weakness is told how to report it, and what is known of the threats', () => {
  const security = read('SECURITY.md')
  expect(security).toMatch(/^## Reporting$/m)
  expect(security).toContain('Report a vulnerability')
  expect(security).toMatch(/^## What it guards against$/m)
  expect(security).toMatch(/^## What it cannot prevent$/m)
  expect(security).toContain('docs/security.md')
  expect(read('README.md')).toContain('(docs/security.md)')
})

test.each(['/action.yml', '/dist/', '/.github/', '/package.json', '/package-lock.json'])(
  'T-160 %s has owners who look at every change',
  (path) => {
    const owned = read('.github/CODEOWNERS').split('\n')
    expect(owned.filter((line) => line.startsWith(`${path} `) && / @[\w-]+\//.test(line))).toHaveLength(1)
  },
)
